import { randomUUID } from "node:crypto";
import { link, lstat, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../error-code.ts";
import type { GitRepository } from "./repository.ts";

/** Git holds the lock of a ref while it writes 41 bytes. Whoever left one for this long is dead. Milliseconds. */
const staleAfter = 10_000;

/**
 * Takes away the lock file that a killed Git left on a ref of ours; without this no run could ever write it again.
 *
 * Git does not write into a lock who holds it, so age decides. Removing by name could hit a lock that a living process
 * made between our look and our hand: so the file is moved aside first, and only the very file that was looked at is
 * deleted; any other is put back. Its owner, if it tried to commit meanwhile, fails and tries again: it does not go wrong.
 */
export async function clearStaleLock(repository: GitRepository, ref: string): Promise<void> {
  const lock = join(repository.commonDir, `${ref}.lock`);
  const seen = await identity(lock);
  if (seen === undefined || Date.now() - seen.mtimeMs < staleAfter) return;

  const aside = join(repository.commonDir, `reelform-stale-${randomUUID()}`);
  try {
    await rename(lock, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const taken = await identity(aside);
  if (taken !== undefined && (taken.ino !== seen.ino || taken.mtimeMs !== seen.mtimeMs)) {
    try {
      await link(aside, lock);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
  await rm(aside, { force: true });
}

/** Whether a ref of ours is a file, readable or not. What Git calls absent may be a torn file. */
export const refFileExists = async (repository: GitRepository, ref: string): Promise<boolean> =>
  (await identity(join(repository.commonDir, ref))) !== undefined;

async function identity(path: string): Promise<{ readonly ino: number; readonly mtimeMs: number } | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
