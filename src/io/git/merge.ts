import { changesBetween, parentsOf } from "./changes.ts";
import { filesAt } from "./objects.ts";
import { likeCommit } from "./replay.ts";
import type { GitRepository } from "./repository.ts";
import { runGit } from "./run.ts";
import type { Content } from "./write-commit.ts";

/** What a file is to be that both sides have changed; undefined where only a person can say. */
export type Unite = (path: string, there: string | undefined, here: string | undefined) => string | undefined;

/**
 * Our commit once more, on what it stands on and on `head`, so that a branch can go on from its head and has what others
 * did elsewhere too. Undefined where the two sides cannot be brought together without a person.
 */
export async function mergeOnto(
  repository: GitRepository,
  commit: string,
  head: string,
  unite: Unite,
  now: number,
): Promise<string | undefined> {
  const [parent, ...others] = await parentsOf(repository, commit);
  const base = await runGit(repository.top, ["merge-base", commit, head]);
  if (parent === undefined || others.length > 0 || base.code !== 0) return undefined;
  const shared = base.stdout.toString("utf8").trim();
  const [theirs, ours, own] = await Promise.all([
    changesBetween(repository, shared, head),
    changesBetween(repository, shared, commit),
    changesBetween(repository, parent, commit),
  ]);
  const changed = new Map(ours.map(({ path, version }) => [path, version?.blob]));
  const both = theirs.filter(({ path, version }) => changed.has(path) && changed.get(path) !== version?.blob);
  const paths = both.map(({ path }) => path);
  const [there, here] = await Promise.all([filesAt(repository, head, paths), filesAt(repository, commit, paths)]);

  const files = new Map<string, Content>(own.map(({ path, version }) => [path, version]));
  for (const { path, version } of theirs) {
    // A commit is written with plain files alone.
    if (version !== undefined && version.mode !== "100644") return undefined;
    if (!changed.has(path)) files.set(path, version);
  }
  for (const path of paths) {
    const united = unite(path, there.get(path), here.get(path));
    if (united === undefined) return undefined;
    files.set(path, united);
  }
  return likeCommit(repository, commit, { parents: [parent, head], files }, now);
}
