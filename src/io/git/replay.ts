import { identitySettings } from "./commit.ts";
import { filesAt } from "./objects.ts";
import { type GitRepository, isAncestor, isSet } from "./repository.ts";
import { git, runGit } from "./run.ts";
import { writeCommit } from "./write-commit.ts";

/** What a file is to be, given what it is on the new head; undefined where there is none, or is to be none. */
export type Rewrite = (path: string, there: string | undefined) => string | undefined;

/**
 * Makes our commit once more, on a head that others have moved to: the same message and author, the same files, each
 * written anew by its own rules. Answers the head itself when it has everything already.
 */
export async function replay(
  repository: GitRepository,
  commit: string,
  head: string,
  rewrite: Rewrite,
  now: number,
): Promise<string> {
  const listing = ["diff-tree", "--root", "--no-commit-id", "--no-renames", "-r", "-z", "--name-only", commit];
  const paths = (await git(repository.top, listing)).split("\0").filter((path) => path !== "");
  const there = await filesAt(repository, head, paths);
  const files = new Map(
    paths
      .map((path) => [path, rewrite(path, there.get(path))] as const)
      .filter(([path, text]) => text !== there.get(path)),
  );
  if (files.size === 0) return head;

  const told = await git(repository.top, ["log", "-1", "--format=%an%x00%ae%x00%B", commit]);
  const [name = "", email = "", message = ""] = told.split("\0");
  const identity = { name, email };
  const plain = await writeCommit(repository, {
    parents: [head],
    files,
    message: message.trimEnd(),
    identity,
    at: now,
  });
  if (!(await isSet(repository, "commit.gpgSign"))) return plain;
  const sign = ["commit-tree", "-S", "-p", head, "-F", "-", `${plain}^{tree}`];
  return (await git(repository.top, sign, { stdin: message, config: identitySettings(identity) })).trim();
}

/** Whether `base`, which our commit stands on, is all the remote's: then nothing of the user's is left out by a replay. */
export async function isPublished(
  repository: GitRepository,
  base: string | undefined,
  head: string,
  remote: string,
): Promise<boolean> {
  if (base === undefined) return false;
  if (await isAncestor(repository, base, head)) return true;
  const detached = (await runGit(repository.top, ["symbolic-ref", "-q", "HEAD"])).code !== 0;
  if (detached) return true;
  const known = await git(repository.top, ["for-each-ref", "--count=1", "--contains", base, `refs/remotes/${remote}/`]);
  return known !== "";
}
