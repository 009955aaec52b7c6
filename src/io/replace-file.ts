import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code.ts";
import { modeOf } from "./write-atomically.ts";

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

async function writeDraft(draft: string, text: string, mode: number): Promise<void> {
  const file = await open(draft, "wx", mode);
  try {
    await writeWhole(file, text);
  } finally {
    await file.close();
  }
}

/** A full disk can write less than it was given and say nothing. */
async function writeWhole(file: FileHandle, text: string): Promise<void> {
  await file.writeFile(text);
  await file.sync();
  const { size } = await file.stat();
  const bytes = Buffer.byteLength(text);
  if (size !== bytes) throw new Error(`the disk kept ${size} of ${bytes} bytes`);
}
