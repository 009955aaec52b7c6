import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync, realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Answer } from "../model/input.ts";
import { errorCode } from "./error-code.ts";
import type { Repository } from "./repository.ts";
import type { Closed } from "./written-path.ts";

/** Content that was read through one open file, which stood inside the repository while it was open. */
export interface SafeFile {
  /** Absolute, without links. */
  readonly path: string;
  readonly bytes: Buffer;
}

const refuse = (code: string, message: string, hint?: string): Answer<never> => ({
  ok: false,
  refusal: hint === undefined ? { code, message } : { code, message, hint },
});

/**
 * Reads a regular file of the repository, at most `maxBytes` of it. The name is untrusted, and so is the disk: links
 * are followed before the file is opened and never while it is, and what was opened is checked again, so that a link
 * put in place meanwhile shows nothing from outside.
 */
export function readSafely(repository: Repository, path: string, maxBytes: number, closed: Closed): Answer<SafeFile> {
  let fd: number | undefined;
  try {
    const root = realpathSync.native(repository.root);
    const named = resolve(realpathSync.native(repository.project), path);
    const refusal = refusalOf(root, named, closed);
    if (refusal !== undefined) return refusal;
    const real = realpathSync.native(named);
    const linked = refusalOf(root, real, closed);
    if (linked !== undefined) return linked;
    if (!lstatSync(real).isFile()) return refuse("not-a-file", "not a regular file");
    // Without O_NONBLOCK a pipe put here meanwhile would hang us.
    fd = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const opened = fstatSync(fd);
    if (!opened.isFile()) return refuse("not-a-file", "not a regular file");
    if (opened.nlink > 1) {
      return refuse("hard-link", "the file has a second name elsewhere on the disk (a hard link)", "copy the file");
    }
    const moved = refusalOf(root, placeOf(fd, real, opened), closed);
    if (moved !== undefined) return moved;
    if (opened.size > maxBytes) return tooLarge(opened.size, maxBytes);
    const bytes = readAll(fd, opened.size);
    if (bytes.length !== opened.size) return refuse("unsteady-file", "the file changed while it was read");
    return { ok: true, value: { path: real, bytes } };
  } catch (error) {
    return refusalOfDisk(error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function refusalOf(root: string, real: string | undefined, closed: Closed): Answer<never> | undefined {
  const inside = real === undefined ? undefined : insideOf(root, real);
  if (inside === undefined) {
    return refuse("outside-repository", "the path leads out of the repository", "copy the file into the repository");
  }
  const refusal = closed(inside);
  return refusal === undefined ? undefined : { ok: false, refusal };
}

/** The path from `root` down to `real`, or undefined when it is not below. */
export function insideOf(root: string, real: string): string | undefined {
  const prefix = root.endsWith(sep) ? root : `${root}${sep}`;
  return real.startsWith(prefix) ? relative(root, real) : undefined;
}

/**
 * Where the opened file is now. Linux tells it of the open file itself; elsewhere it is the name that was opened, as
 * long as that name still leads to the same file without links.
 */
function placeOf(fd: number, opened: string, { dev, ino }: { readonly dev: number; readonly ino: number }) {
  if (process.platform === "linux") return readlinkSync(`/proc/self/fd/${fd}`);
  const now = lstatSync(opened);
  return now.dev === dev && now.ino === ino && realpathSync.native(opened) === opened ? opened : undefined;
}

/** As many bytes as the file had when it was opened, and one more if it has grown since. */
function readAll(fd: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(size + 1);
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

const tooLarge = (size: number, maxBytes: number): Answer<never> =>
  refuse("file-too-large", `the file has ${size} bytes, and at most ${maxBytes} are allowed here`);

function refusalOfDisk(error: unknown): Answer<never> {
  switch (errorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return refuse("file-not-found", "no such file");
    case "ELOOP":
      return refuse("unsteady-file", "the path has links that lead nowhere");
    case "ENAMETOOLONG":
      return refuse("file-not-found", "no file has a name this long");
    case "EACCES":
    case "EPERM":
      return refuse("unreadable-file", "this user may not read the file");
    case "ENXIO":
      return refuse("not-a-file", "not a regular file");
    default:
      throw error;
  }
}
