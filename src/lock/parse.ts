import { isObject } from "../model/json.ts";
import type { Lock, LockEntry } from "../model/lock.ts";
import type { Checked, Location, Problem } from "../model/problem.ts";
import type { RepoPath, UnitId } from "../model/unit.ts";
import { type Scan, scan } from "./scan.ts";

/** What a compiled schema answers: its errors since the last call, or none. */
export interface LockValidator {
  (value: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string; readonly params?: object }[] | null;
}

/** Reads a lockfile strictly: what is wrong with it is said with its place, and nothing is guessed. */
export function parseLock(file: RepoPath, text: string, validate: LockValidator): Checked<Lock> {
  const conflict = /^(<{7}|={7}|>{7})( |$)/m.exec(text);
  if (conflict !== null)
    return wrong(problem(file, text, conflict.index, "lock-conflict", "unresolved merge conflict"));

  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong(problem(file, text, offsetIn(error.message, text), "lock-syntax", "not a JSON document"));
  }
  const found = scan(text);
  if (found.duplicates.length > 0) {
    const twice = ({ pointer, offset }: Scan["duplicates"][number]) =>
      problem(file, text, offset, "lock-duplicate", `key stands twice: ${pointer}`);
    return wrong(...found.duplicates.map(twice));
  }
  if (isObject(value) && typeof value.lockVersion === "number" && value.lockVersion > 1) {
    const at = found.offsets.get("/lockVersion") ?? 0;
    return wrong(
      problem(file, text, at, "lock-version", `written by a newer version (lockVersion ${value.lockVersion})`),
    );
  }
  if (!validate(value)) {
    const problems = (validate.errors ?? []).map((error) =>
      problem(file, text, found.offsets.get(error.instancePath) ?? 0, "lock-shape", shape(error)),
    );
    return wrong(...problems);
  }
  return { ok: true, value: lockOf(value as LockFile), warnings: [] };
}

interface LockFile {
  readonly source?: Lock["source"];
  readonly units: Readonly<Record<string, LockEntry>>;
}

const lockOf = (file: LockFile): Lock => ({
  source: file.source,
  units: new Map(Object.entries(file.units) as [UnitId, LockEntry][]),
});

const wrong = (...problems: readonly Problem[]): Checked<Lock> => ({ ok: false, problems });

const hints: Readonly<Record<string, string>> = {
  "lock-conflict":
    "take either side whole, then run `reelform plan`: finished results are found again in the journal at no cost",
  "lock-version": "update reelform",
};
const restore = "restore it with `git checkout -- <file>`; finished results are also in the journal";

function problem(file: RepoPath, text: string, offset: number, code: string, message: string): Problem {
  const before = text.slice(0, offset).split("\n");
  const line = before.length;
  const at: Location = { file, line, column: (before.at(-1) ?? "").length + 1, length: 1 };
  return {
    code,
    severity: "error",
    message,
    at,
    sourceLine: text.split("\n")[line - 1] ?? "",
    hint: hints[code] ?? restore,
  };
}

/** V8 names the place in its message, in one of two ways; without it the file's start will do. */
function offsetIn(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  return /end of JSON/i.test(message) ? text.length : 0;
}

const shape = (error: { readonly instancePath: string; readonly message?: string; readonly params?: object }): string =>
  `${error.instancePath === "" ? "the file" : error.instancePath} ${error.message ?? "is wrong"}`;
