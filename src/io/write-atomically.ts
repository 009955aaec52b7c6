import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code.ts";

/**
 * Puts `text` at `path`, whole or not at all, and resolves when it would survive a power cut. Whatever goes wrong, the
 * old file stays as it was and no other file is left behind.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  const file = await open(draft, "wx", await modeOf(path));
  try {
    try {
      await writeWhole(file, Buffer.from(text));
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return 0o666;
  }
}

/** A full disk can write less than it was given and say nothing. */
async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written);
    if (bytesWritten === 0) throw new Error("the disk takes no more bytes");
    written += bytesWritten;
  }
  await file.sync();
  const { size } = await file.stat();
  if (size !== bytes.length) throw new Error(`the disk kept ${size} of ${bytes.length} bytes`);
}

/** Makes the new name durable. Windows cannot open a folder and does not need to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
