import type { GitRepository } from "./repository.ts";
import { git } from "./run.ts";

/** Those of these files, named from the repository's top, that are not in HEAD as they are on the disk. */
export async function uncommitted({ top }: GitRepository, paths: ReadonlySet<string>): Promise<readonly string[]> {
  const tracked = new Set(await names(top, ["ls-files", "-z"]));
  const changed = new Set(await names(top, ["diff", "--name-only", "--no-renames", "-z", "HEAD", "--"]));
  return [...paths].filter((path) => !tracked.has(path) || changed.has(path)).sort();
}

/** The files that a commit adds or changes. */
export const filesIn = ({ top }: GitRepository, commit: string): Promise<readonly string[]> =>
  names(top, ["diff-tree", "--root", "--no-commit-id", "--name-only", "--no-renames", "-r", "-z", commit, "--"]);

const names = async (top: string, args: readonly string[]): Promise<readonly string[]> =>
  (await git(top, args)).split("\0").filter((name) => name !== "");
