import { type GitRepository, headOf, isAncestor } from "./repository.ts";
import { runGit, words } from "./run.ts";

/** What became of the user's own branch after our commit had been made anew on the remote's head. */
export type Followed =
  | { readonly kind: "same" }
  | { readonly kind: "moved" }
  /** Left where it was: `git pull` brings it there, and nothing that is not committed was touched. */
  | { readonly kind: "left"; readonly why: string };

/**
 * Moves HEAD, index and working tree from our first commit to the one that was pushed. Git itself refuses where a change
 * that is not committed, or an untracked file, would be overwritten; then everything stays as it is.
 */
export async function follow(
  repository: GitRepository,
  ours: string,
  base: string | undefined,
  pushed: string,
): Promise<Followed> {
  if (ours === pushed) return { kind: "same" };
  if ((await headOf(repository)) !== ours) return { kind: "left", why: "the branch has moved meanwhile" };
  if (base !== undefined && !(await isAncestor(repository, base, pushed))) {
    return { kind: "left", why: "the remote's branch was rewritten" };
  }
  await runGit(repository.top, ["update-index", "-q", "--refresh"]);
  const turned = await runGit(repository.top, ["read-tree", "-m", "-u", ours, pushed]);
  if (turned.code !== 0) return { kind: "left", why: words(turned) };
  const moved = await runGit(repository.top, [
    "update-ref",
    "-m",
    "reelform: onto the remote's head",
    "HEAD",
    pushed,
    ours,
  ]);
  if (moved.code === 0) return { kind: "moved" };
  await runGit(repository.top, ["read-tree", "-m", "-u", pushed, ours]);
  return { kind: "left", why: words(moved) };
}
