import { errorCode } from "../io/error-code.ts";
import { JournalError } from "../model/journal.ts";

/** Full, read-only, broken, closed to us, out of open files, not for files as large, or taken by something else. */
const codes: ReadonlySet<string | undefined> = new Set([
  "ENOSPC",
  "EDQUOT",
  "EROFS",
  "EIO",
  "EACCES",
  "EPERM",
  "EFBIG",
  "EMFILE",
  "ENFILE",
  "EEXIST",
  "EISDIR",
  "ENOTDIR",
]);

/** What was said when the disk, or Git for it, refused us, which is no bug; undefined for every other error. */
export function diskTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof JournalError) return error.message;
  // Node says so where a folder is to be made on a read-only disk.
  const isFolder = "syscall" in error && error.syscall === "mkdir" && errorCode(error) === "ENOENT";
  return isFolder || codes.has(errorCode(error)) ? error.message : undefined;
}
