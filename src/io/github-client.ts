import { isObject } from "../model/json.ts";
import { type GithubAddress, openSession, type Pace, textIn } from "./github-session.ts";

export interface IssueComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** The part of GitHub that comments need. Whatever goes wrong out there is a GithubError. */
export interface Github {
  /** Who the token speaks as. */
  login(): Promise<string>;
  /** All comments of a pull request, oldest first. */
  comments(pull: number): Promise<readonly IssueComment[]>;
  /** Never sent twice: when it is `lost`, look before posting again. */
  post(pull: number, body: string): Promise<IssueComment>;
  edit(id: number, body: string): Promise<IssueComment>;
  remove(id: number): Promise<void>;
}

/** A comment is not worth holding a run up for. */
const limits = { waits: 60, overWithin: 120_000 };

export function github(address: GithubAddress, pace: Pace): Github {
  const { client, at, ask, look, list } = openSession(address, pace, limits);
  const { issues, users } = client.rest;
  const once = { request: { retries: 0 } };
  return {
    login: () =>
      look(
        () => users.getAuthenticated(),
        (data) => textIn(data, "login"),
      ),
    async comments(pull) {
      const all = await list((page) => issues.listComments({ ...at, issue_number: pull, ...page }), commentOf);
      return all.toSorted((a, b) => a.id - b.id);
    },
    post: (pull, body) => ask(() => issues.createComment({ ...at, issue_number: pull, body, ...once }), commentOf),
    edit: (id, body) => ask(() => issues.updateComment({ ...at, comment_id: id, body }), commentOf),
    async remove(id) {
      await ask(
        () => issues.deleteComment({ ...at, comment_id: id }),
        () => true,
      );
    },
  };
}

function commentOf(data: unknown): IssueComment | undefined {
  if (!isObject(data)) return undefined;
  const { id, body } = data;
  const url = textIn(data, "html_url");
  if (typeof id !== "number" || url === undefined) return undefined;
  // The account of a comment's author may be gone.
  return { id, url, author: textIn(data.user, "login") ?? "", body: typeof body === "string" ? body : "" };
}
