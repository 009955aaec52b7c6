import { type Github, github, type IssueComment } from "./github-client.ts";
import { GithubError } from "./github-error.ts";
import { type GithubAddress, type Pace, polite } from "./github-session.ts";

/** One comment of ours on a pull request, found again by how it begins and by who wrote it. */
export interface Sticky extends GithubAddress {
  readonly pullRequest: number;
  /** How the comment begins, whatever it says: a hidden marker. */
  readonly marker: string;
  /** The comment under so many bytes. */
  readonly body: (budget: number) => string;
  /** Whether to write a comment where there is none yet. */
  readonly mayCreate: boolean;
}

/** What became of a comment. Trouble with it is news, never an error of the run. */
export type Upserted =
  | { readonly kind: "created" | "updated" | "unchanged"; readonly url: string }
  /** There was none, and there is nothing to say. */
  | { readonly kind: "nothing" }
  | { readonly kind: "refused"; readonly why: string };

/** A workflow's own token may not ask who it is; this is who. */
const workflowLogin = "github-actions[bot]";

/** Shorter and shorter, should GitHub find the comment too long. */
const budgets = [60_000, 20_000, 4_000] as const;

/** Writes the comment, or edits the one that is there. At most one stands in the end, however many runs write at once. */
export async function upsertComment(sticky: Sticky, pace: Pace = polite): Promise<Upserted> {
  try {
    const api = github(sticky, pace);
    const author = await loginOf(api);
    const mine = async (): Promise<readonly IssueComment[]> =>
      (await api.comments(sticky.pullRequest)).filter((comment) => isOurs(comment, author, sticky.marker));

    const [oldest, ...younger] = await mine();
    if (oldest === undefined && !sticky.mayCreate) return { kind: "nothing" };
    if (oldest === undefined) return await create(api, mine, sticky);
    const written = await rewrite(api, oldest, sticky);
    for (const { id } of younger) await removed(api, id);
    return written;
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { kind: "refused", why: error.message };
  }
}

/** The comment as it stands there; undefined where there is none. Throws a GithubError. */
export async function standingComment(
  { marker, pullRequest, ...address }: Omit<Sticky, "body" | "mayCreate">,
  pace: Pace = polite,
): Promise<IssueComment | undefined> {
  const api = github(address, pace);
  const author = await loginOf(api);
  return (await api.comments(pullRequest)).find((comment) => isOurs(comment, author, marker));
}

/** Takes the comment back, should it be there. */
export async function withdrawComment(
  sticky: Omit<Sticky, "body" | "mayCreate">,
  pace: Pace = polite,
): Promise<{ readonly kind: "withdrawn" } | Extract<Upserted, { kind: "nothing" | "refused" }>> {
  try {
    const api = github(sticky, pace);
    const author = await loginOf(api);
    const all = await api.comments(sticky.pullRequest);
    const mine = all.filter((comment) => isOurs(comment, author, sticky.marker));
    for (const { id } of mine) await removed(api, id);
    return { kind: mine.length === 0 ? "nothing" : "withdrawn" };
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { kind: "refused", why: error.message };
  }
}

async function loginOf(api: Github): Promise<string> {
  try {
    return await api.login();
  } catch (error) {
    if (!(error instanceof GithubError) || (error.status !== 403 && error.status !== 404)) throw error;
    return workflowLogin;
  }
}

const isOurs = ({ author: by, body }: IssueComment, author: string, marker: string): boolean =>
  by.toLowerCase() === author.toLowerCase() && body.startsWith(marker);

interface Written {
  readonly kind: "created" | "updated" | "unchanged";
  readonly url: string;
}

async function create(api: Github, mine: () => Promise<readonly IssueComment[]>, sticky: Sticky): Promise<Written> {
  const { url } = await postOnce(api, mine, sticky);
  return { kind: "created", url: (await leaveOne(api, mine, sticky)) ?? url };
}

/** A post whose answer is lost may stand there: it is looked for before another is sent. */
async function postOnce(
  api: Github,
  mine: () => Promise<readonly IssueComment[]>,
  sticky: Sticky,
): Promise<IssueComment> {
  const post = () => shortening(sticky, (body) => api.post(sticky.pullRequest, body));
  try {
    return await post();
  } catch (error) {
    if (!(error instanceof GithubError) || error.kind !== "lost") throw error;
    const [found] = await mine();
    return found ?? (await post());
  }
}

async function rewrite(api: Github, old: IssueComment, sticky: Sticky): Promise<Written> {
  const same = budgets.some((budget) => equal(old.body, sticky.body(budget)));
  if (same) return { kind: "unchanged", url: old.url };
  const { url } = await shortening(sticky, (body) => api.edit(old.id, body));
  return { kind: "updated", url };
}

/** GitHub may hand line ends back in another style. */
const equal = (a: string, b: string): boolean => a.replaceAll("\r\n", "\n").trimEnd() === b.trimEnd();

async function shortening<T>({ body }: Sticky, write: (body: string) => Promise<T>): Promise<T> {
  for (const budget of budgets) {
    try {
      return await write(body(budget));
    } catch (error) {
      if (!(error instanceof GithubError) || error.kind !== "too-long") throw error;
    }
  }
  throw new GithubError("refused", 422, "GitHub finds even the shortest comment too long");
}

/** Two runs may both have found none and written one: the oldest stays, with the newest words. */
async function leaveOne(
  api: Github,
  mine: () => Promise<readonly IssueComment[]>,
  sticky: Sticky,
): Promise<string | undefined> {
  try {
    const [oldest, ...younger] = await mine();
    if (oldest === undefined || younger.length === 0) return oldest?.url;
    await rewrite(api, oldest, sticky);
    for (const { id } of younger) await removed(api, id);
    return oldest.url;
  } catch (error) {
    // What counts is written. The next run tidies up.
    if (!(error instanceof GithubError)) throw error;
    return undefined;
  }
}

/** Another run may have tidied up first. */
async function removed(api: Github, id: number): Promise<void> {
  try {
    await api.remove(id);
  } catch (error) {
    if (!(error instanceof GithubError) || error.status !== 404) throw error;
  }
}
