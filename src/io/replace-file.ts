import { randomUUID } from "node:crypto";
import { closeSync, fsync, open } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { errorCode } from "./error-code.ts";
import { checkWhole, modeOf, writeBytes } from "./write-atomically.ts";

/** What a file is to hold; undefined takes it away. */
export type Wanted = string | undefined;

/**
 * Puts what `wanted` answers at `path`, whole or not at all, and lets others work while the disk does. `wanted` is asked
 * once more right before the draft becomes the file, and where it answers something else by then, that is written
 * instead. After a power cut the old file may be there again; what must not be lost is in the journal.
 */
export async function replaceFile(path: string, wanted: () => Wanted, drafts = dirname(path)): Promise<void> {
  for (let text = wanted(); ; ) {
    if (text === undefined) {
      await rm(path, { force: true });
      return;
    }
    const draft = join(drafts, `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
    let placed = false;
    try {
      await writeDraft(draft, text, modeOf(path));
      const latest = wanted();
      if (latest === text) {
        await rename(draft, path);
        placed = true;
        return;
      }
      text = latest;
    } catch (error) {
      // A folder for drafts on another disk: only beside the file can a draft become the file.
      if (errorCode(error) !== "EXDEV" || drafts === dirname(path)) throw error;
      return await replaceFile(path, wanted);
    } finally {
      if (!placed) await rm(draft, { force: true });
    }
  }
}

const [opened, synced] = [promisify(open), promisify(fsync)];

/** A name and a sync wait for the disk, and are waited for. The bytes only go to the system, which takes less than a wait. */
async function writeDraft(draft: string, text: string, mode: number): Promise<void> {
  const file = await opened(draft, "wx", mode);
  try {
    const bytes = Buffer.from(text);
    writeBytes(file, bytes);
    await synced(file);
    checkWhole(file, bytes);
  } finally {
    closeSync(file);
  }
}
