import type { BranchPush } from "../io/git/push-branch.ts";
import { asOurs } from "../io/git/replay.ts";
import { formatLock } from "../lock/format.ts";
import { mergeLocks } from "../lock/merge.ts";
import { type LockValidator, parseLock } from "../lock/parse.ts";
import { emptyLock, type Lock } from "../model/lock.ts";
import type { RepoPath } from "../model/unit.ts";
import { validate as validateLock } from "../schema/lock.validate.js";
import type { LockBook } from "./lock-book.ts";

/** How our files are brought together with what others committed meanwhile; `files` says whose lock is at which path. */
export const overOthers = (
  files: ReadonlyMap<string, RepoPath>,
  book: LockBook,
): Pick<BranchPush, "rewrite" | "unite"> => ({
  // One file for each spec and one entry for each unit: where others moved the branch, only our units are laid over.
  rewrite: (path, there) => {
    const spec = files.get(path);
    // A finished file is named by its content: nobody else's can be another one.
    if (spec === undefined) return asOurs;
    const ours = book.lock(spec);
    const units = book.touched.get(spec) ?? new Set(ours.units.keys());
    const merged = mergeLocks(lockIn(path, there), ours, units);
    return merged.units.size === 0 ? undefined : formatLock(merged);
  },
  unite: (path, there, here) => {
    if (!files.has(path)) return undefined;
    const ours = lockIn(path, here);
    return formatLock(mergeLocks(lockIn(path, there), ours, new Set(ours.units.keys())));
  },
});

/** A lockfile on the other side that cannot be read has nothing to be kept: ours is whole. */
function lockIn(path: string, text: string | undefined): Lock {
  if (text === undefined) return emptyLock;
  const read = parseLock(path as RepoPath, text, validateLock as LockValidator);
  return read.ok ? read.value : emptyLock;
}
