import { isObject } from "../model/json.ts";
import { GithubError } from "./github-error.ts";
import { beside, type GithubAddress, openSession, type Pace, textIn } from "./github-session.ts";

/** A pull request that is wanted, from one branch of a repository to another. */
export interface WantedPull {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export type OpenedPull =
  | { readonly kind: "open"; readonly url: string }
  | { readonly kind: "refused"; readonly why: string };

/** Sees to it that one is open; whatever is open already is left as it is. Trouble with GitHub is news, never an error. */
export async function openPull(address: GithubAddress, wanted: WantedPull, pace: Pace): Promise<OpenedPull> {
  try {
    const session = openSession(address, pace, beside);
    const url = (await find(session, wanted)) ?? (await create(session, wanted));
    return { kind: "open", url };
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { kind: "refused", why: error.message };
  }
}

type Session = ReturnType<typeof openSession>;

/** GitHub answers with all there are when it cannot make sense of a filter, so each is looked at again. */
async function find({ client, at, list }: Session, { head, base }: WantedPull): Promise<string | undefined> {
  const filter = { ...at, state: "open", head: `${at.owner}:${head}`, base } as const;
  const open = await list((page) => client.rest.pulls.list({ ...filter, ...page }), pullOf);
  const own = `${at.owner}/${at.repo}`.toLowerCase();
  return open.find((pull) => pull.head === head && pull.base === base && pull.from?.toLowerCase() === own)?.url;
}

/** What was refused because another run was faster, and what was lost on its way, may be there: it is looked for first. */
async function create(session: Session, wanted: WantedPull): Promise<string> {
  const { client, at, ask } = session;
  const post = async () => {
    const sent = () => client.rest.pulls.create({ ...at, ...wanted, request: { retries: 0 } });
    return (await ask(sent, pullOf)).url;
  };
  try {
    return await post();
  } catch (error) {
    if (!(error instanceof GithubError) || (error.kind !== "lost" && error.status !== 422)) throw error;
    const found = await find(session, wanted);
    if (found !== undefined) return found;
    if (error.kind !== "lost") throw error;
    return post();
  }
}

interface Pull {
  readonly url: string;
  readonly head: string | undefined;
  /** "owner/name"; undefined where that repository is gone. */
  readonly from: string | undefined;
  readonly base: string | undefined;
}

function pullOf(data: unknown): Pull | undefined {
  const url = textIn(data, "html_url");
  if (!isObject(data) || url === undefined) return undefined;
  const { head, base } = data;
  const from = textIn(isObject(head) ? head.repo : undefined, "full_name");
  return { url, from, head: textIn(head, "ref"), base: textIn(base, "ref") };
}
