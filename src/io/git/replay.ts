import { identitySettings } from "./commit.ts";
import { filesAt, listTree } from "./objects.ts";
import { type GitRepository, isAncestor, isSet } from "./repository.ts";
import { git, runGit } from "./run.ts";
import { type Content, type NewCommit, writeCommit } from "./write-commit.ts";

/** The file as our own commit has it, byte for byte: for what is no text. */
export const asOurs = Symbol("as ours");

/** What a file is to be, given what it is on the new head; undefined where there is none, or is to be none. */
export type Rewrite = (path: string, there: string | undefined) => string | undefined | typeof asOurs;

/**
 * Makes our commit once more, on a head that others have moved to: the same message and author, all files that it has
 * otherwise than `parent`, each written anew by its own rules. Answers the head itself when it has everything already.
 */
export async function replay(
  repository: GitRepository,
  { commit, parent }: { readonly commit: string; readonly parent: string | undefined },
  head: string,
  rewrite: Rewrite,
  now: number,
): Promise<string> {
  const between = parent === undefined ? ["--root", "--no-commit-id", commit] : [parent, commit];
  const listing = ["diff-tree", "--no-renames", "-r", "-z", "--name-only", ...between];
  const paths = (await git(repository.top, listing)).split("\0").filter((path) => path !== "");
  const there = await filesAt(repository, head, paths);
  const rewritten = paths
    .map((path) => [path, rewrite(path, there.get(path))] as const)
    .filter(([path, text]) => text !== there.get(path));
  const blobs = rewritten.some(([, text]) => text === asOurs)
    ? await changedBlobs(repository, head, commit)
    : new Map();
  const files = new Map(
    rewritten.flatMap(([path, text]): readonly (readonly [string, Content])[] => {
      if (text !== asOurs) return [[path, text]];
      const blob = blobs.get(path);
      return blob === undefined ? [] : [[path, { blob }]];
    }),
  );
  if (files.size === 0) return head;

  return likeCommit(repository, commit, { parents: [head], files }, now);
}

/** Another commit by the same author, with the same message, signed where the user's commits are. */
export async function likeCommit(
  repository: GitRepository,
  commit: string,
  { parents, files }: Pick<NewCommit, "parents" | "files">,
  now: number,
): Promise<string> {
  const told = await git(repository.top, ["log", "-1", "--format=%an%x00%ae%x00%B", commit]);
  const [name = "", email = "", message = ""] = told.split("\0");
  const identity = { name, email };
  const plain = await writeCommit(repository, { parents, files, message: message.trimEnd(), identity, at: now });
  if (!(await isSet(repository, "commit.gpgSign"))) return plain;
  const on = parents.flatMap((parent) => ["-p", parent]);
  const sign = ["commit-tree", "-S", ...on, "-F", "-", `${plain}^{tree}`];
  return (await git(repository.top, sign, { stdin: message, config: identitySettings(identity) })).trim();
}

/** What our commit has that the head has not, or has otherwise: path to blob id. */
async function changedBlobs(
  repository: GitRepository,
  head: string,
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  const [there, here] = await Promise.all([listTree(repository, head), listTree(repository, commit)]);
  return new Map([...here].filter(([path, blob]) => there.get(path) !== blob));
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
