import { errorCode } from "../io/error-code.ts";
import type { Checked } from "../model/problem.ts";
import { sanitizeFor } from "../report/escape.ts";
import { UsageError } from "./exit.ts";

/** A file that somebody named on the command line. */
interface NamedFile {
  readonly name: string;
  /** What to do where it is of no use. */
  readonly hint: string;
  /** Throws as `readFileSync` does. */
  readFile(name: string): string;
}

/** What a named file says. One that is missing, or is no such document, is a mistake of the call. */
export function documentIn<T>(file: NamedFile, read: (text: string) => Checked<T>): T {
  const checked = read(textOf(file));
  if (checked.ok) return checked.value;
  const why = checked.problems.map(({ message }) => message).join("; ");
  throw new UsageError(sanitizeFor("actions", `${file.name}: ${why}`), file.hint);
}

function textOf({ name, hint, readFile }: NamedFile): string {
  try {
    return readFile(name);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${name} cannot be read (${code})`, hint);
  }
}

/** The event that a runner names need not be there. */
export function textIfThere(file: string, readFile: (name: string) => string): string | undefined {
  try {
    return readFile(file);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
