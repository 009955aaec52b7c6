import { changesBetween } from "../io/git/changes.ts";
import { fetchBranch } from "../io/git/fetch.ts";
import { type GitRepository, isAncestor } from "../io/git/repository.ts";
import { git } from "../io/git/run.ts";
import { isOurs as isOurMessage } from "./ground.ts";

/** What a commit of ours holds: lockfiles, and finished files, whose names have the beginning of their hash. */
const isOurs = (path: string, isNew: boolean): boolean =>
  path.endsWith(".lock.json") || (isNew && /\.[0-9a-f]{12}\.(?!ya?ml$)\w+$/.test(path));

const isCommit = (id: string): boolean => /^[0-9a-f]{40,64}$/.test(id);

/**
 * Whether a commit is another one with nothing over it but what our own commits hold: the runs for other projects of the
 * same pull request may commit first.
 */
export async function addsOnlyOurs(here: GitRepository, from: string, to: string): Promise<boolean> {
  if (from === to) return true;
  if (!(isCommit(from) && isCommit(to) && (await isAncestor(here, from, to)))) return false;
  return (await changesBetween(here, from, to)).every(({ path, isNew }) => isOurs(path, isNew));
}

/** Whether a branch has moved from one commit to another by commits of ours alone. A merge for trying things out is none. */
export async function movedByUs(here: GitRepository, from: string, to: string): Promise<boolean> {
  if (!(await addsOnlyOurs(here, from, to))) return false;
  const messages = await git(here.top, ["log", "--format=%B%x00", `${from}..${to}`, "--"]);
  return messages.split("\0").every((message) => message.trim() === "" || isOurMessage(message));
}

/** The commit with this short name that another one is, or stands on; undefined where there is none among the latest. */
export async function commitUnder({ top }: GitRepository, head: string, short: string): Promise<string | undefined> {
  if (!isCommit(head)) return undefined;
  const commits = await git(top, ["rev-list", "--max-count=1000", head, "--"]);
  return commits.split("\n").find((commit) => commit.startsWith(short));
}

/** Where a branch of the remote is now, brought here; undefined where it is gone, or nobody says. */
export async function branchNow(here: GitRepository, branch: string): Promise<string | undefined> {
  if (here.remote === undefined || branch === "") return undefined;
  const fetched = await fetchBranch(here, here.remote, branch);
  return fetched.kind === "fetched" ? fetched.commit : undefined;
}
