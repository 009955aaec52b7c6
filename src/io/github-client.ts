import { isObject } from "../model/json.ts";
import { beside, type GithubAddress, openSession, type Pace, textIn } from "./github-session.ts";

export interface IssueComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** What a check of a commit says. */
export interface CheckRun {
  readonly commit: string;
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** Markdown, of 65,535 characters at most. */
  readonly text: string;
}

/** Where a pull request stands now. */
export interface PullRequest {
  readonly open: boolean;
  readonly head: string;
}

/** The part of GitHub that comments, approvals and checks need. Whatever goes wrong out there is a GithubError. */
export interface Github {
  /** Who the token speaks as. */
  login(): Promise<string>;
  /** All comments of a pull request, oldest first. */
  comments(pull: number): Promise<readonly IssueComment[]>;
  /** Never sent twice: when it is `lost`, look before posting again. */
  post(pull: number, body: string): Promise<IssueComment>;
  edit(id: number, body: string): Promise<IssueComment>;
  remove(id: number): Promise<void>;
  /** "admin", "write", "read" or "none". */
  permission(login: string): Promise<string>;
  pull(number: number): Promise<PullRequest>;
  check(run: CheckRun): Promise<void>;
}

export function github(address: GithubAddress, pace: Pace): Github {
  const { client, at, ask, look, list } = openSession(address, pace, beside);
  const { checks, issues, pulls, repos, users } = client.rest;
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
    permission: (username) =>
      look(
        () => repos.getCollaboratorPermissionLevel({ ...at, username }),
        (data) => textIn(data, "permission"),
      ),
    pull: (number) => look(() => pulls.get({ ...at, pull_number: number }), pullOf),
    async check({ commit, conclusion, title, summary, text }) {
      const output = { title, summary, text };
      await ask(
        () => checks.create({ ...at, name: "reelform", head_sha: commit, conclusion, output, ...once }),
        () => true,
      );
    },
  };
}

function pullOf(data: unknown): PullRequest | undefined {
  const head = textIn(isObject(data) ? data.head : undefined, "sha");
  return head === undefined ? undefined : { head, open: textIn(data, "state") === "open" };
}

function commentOf(data: unknown): IssueComment | undefined {
  if (!isObject(data)) return undefined;
  const { id, body } = data;
  const url = textIn(data, "html_url");
  if (typeof id !== "number" || url === undefined) return undefined;
  // The account of a comment's author may be gone.
  return { id, url, author: textIn(data.user, "login") ?? "", body: typeof body === "string" ? body : "" };
}
