import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** No file is made for this long: what is older was left by a run that was killed. Milliseconds. */
const abandonedAfter = 24 * 60 * 60_000;

/**
 * A folder for files that are not whole yet, in the repository's own Git folder: whatever a killed run leaves there is
 * in nobody's way, and is swept up by a later run.
 */
export function openScratch(gitFolder: string, now: number): string {
  const folder = join(gitFolder, "reelform", "scratch");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - made > abandonedAfter) rmSync(path, { recursive: true, force: true });
  }
  return folder;
}
