import type { GitRepository } from "./repository.ts";
import { git } from "./run.ts";

/** A file as a commit has it. */
export interface Version {
  readonly mode: string;
  readonly blob: string;
}

/** A file that one commit has otherwise than another. */
export interface Change {
  readonly path: string;
  /** Whether the other commit has no such file. */
  readonly isNew: boolean;
  /** Undefined where it was taken away. */
  readonly version: Version | undefined;
}

/** What the commit `to` has otherwise than `from`, file by file. A file under another name is one less and one more. */
export async function changesBetween({ top }: GitRepository, from: string, to: string): Promise<readonly Change[]> {
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", from, to, "--"];
  const fields = (await git(top, args)).split("\0");
  return fields.flatMap((about, at): readonly Change[] => {
    const [, mode = "", , blob = "", status] = about.split(" ");
    const path = fields[at + 1];
    if (at % 2 === 1 || path === undefined) return [];
    return [{ path, isNew: status === "A", version: status === "D" ? undefined : { mode, blob } }];
  });
}

/** The commits that a commit stands on. */
export async function parentsOf({ top }: GitRepository, commit: string): Promise<readonly string[]> {
  const parents = (await git(top, ["log", "-1", "--format=%P", commit, "--"])).trim();
  return parents === "" ? [] : parents.split(" ");
}

/** A commit's message, without empty lines at its end. */
export const messageOf = async ({ top }: GitRepository, commit: string): Promise<string> =>
  (await git(top, ["log", "-1", "--format=%B", commit, "--"])).trimEnd();
