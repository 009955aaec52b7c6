import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code.ts";

/**
 * Puts `text` at `path`, whole or not at all, and returns when it would survive a power cut. Whatever goes wrong, the
 * old file stays as it was and no other file is left behind, but a draft in `drafts` by a process that was killed. It does
 * not let go of the thread, so writes to one path end in the order they began.
 */
export function writeAtomically(path: string, text: string, drafts = dirname(path)): void {
  const folder = dirname(path);
  const draft = join(drafts, `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  const fd = openSync(draft, "wx", modeOf(path));
  try {
    withOpen(fd, () => writeWhole(fd, Buffer.from(text)));
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    // A folder for drafts on another disk: only beside the file can a draft become the file.
    if (errorCode(error) !== "EXDEV" || drafts === folder) throw error;
    writeAtomically(path, text);
  }
  syncFolder(folder);
}

/** The permissions that a file has and is to keep. */
export function modeOf(path: string): number {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  return mode === undefined ? 0o666 : mode & 0o777;
}

function writeWhole(fd: number, bytes: Buffer): void {
  writeBytes(fd, bytes);
  fsyncSync(fd);
  checkWhole(fd, bytes);
}

/** Gives a new file all its bytes. Whether it keeps them only shows later. */
export function writeBytes(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) {
    const count = writeSync(fd, bytes, written);
    if (count === 0) throw new Error("the disk takes no more bytes");
    written += count;
  }
}

/** Throws where a full disk wrote less than it was given and said nothing. */
export function checkWhole(fd: number, bytes: Buffer): void {
  const { size } = fstatSync(fd);
  if (size !== bytes.length) throw new Error(`the disk kept ${size} of ${bytes.length} bytes`);
}

/** Makes the new name durable. Some disks cannot do that for a folder, and then the name is as safe as they make it. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  withOpen(fd, () => {
    try {
      fsyncSync(fd);
    } catch (error) {
      if (errorCode(error) !== "EINVAL" && errorCode(error) !== "ENOTSUP") throw error;
    }
  });
}

function withOpen(fd: number, act: () => void): void {
  try {
    act();
  } finally {
    closeSync(fd);
  }
}
