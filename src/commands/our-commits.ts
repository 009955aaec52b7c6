import { changesBetween } from "../io/git/changes.ts";
import { fetchBranch } from "../io/git/fetch.ts";
import { type GitRepository, isAncestor } from "../io/git/repository.ts";

/** What a commit of ours holds: lockfiles, and finished files, whose names have the beginning of their hash. */
const isOurs = (path: string, isNew: boolean): boolean =>
  path.endsWith(".lock.json") || (isNew && /\.[0-9a-f]{12}\.(?!ya?ml$)\w+$/.test(path));

const isCommit = (id: string): boolean => /^[0-9a-f]{40,64}$/.test(id);

/**
 * Whether a commit is another one with nothing over it but what our own commits hold: the runs for other projects of the
 * same pull request may commit first.
 */
export async function addsOnlyOurs(git: GitRepository, from: string, to: string): Promise<boolean> {
  if (from === to) return true;
  if (!(isCommit(from) && isCommit(to) && (await isAncestor(git, from, to)))) return false;
  return (await changesBetween(git, from, to)).every(({ path, isNew }) => isOurs(path, isNew));
}

/** Where a branch of the remote is now, brought here; undefined where it is gone, or nobody says. */
export async function branchNow(git: GitRepository, branch: string): Promise<string | undefined> {
  if (git.remote === undefined || branch === "") return undefined;
  const fetched = await fetchBranch(git, git.remote, branch);
  return fetched.kind === "fetched" ? fetched.commit : undefined;
}
