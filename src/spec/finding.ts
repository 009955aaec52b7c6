import type { Problem } from "../model/problem.ts";
import type { Lines } from "./lines.ts";

/** A stretch of a text, by offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something wrong with a text, before its offsets are turned into lines and columns. */
export interface Finding extends Span {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What the user is told. */
export function problemOf(file: string, lines: Lines, finding: Finding): Problem {
  const at = lines.locate(file, finding.start, finding.end);
  const sourceLine = lines.shown(at.line);
  return {
    code: finding.code,
    severity: "error",
    message: finding.message,
    at,
    ...(sourceLine === undefined ? {} : { sourceLine }),
    ...(finding.hint === undefined ? {} : { hint: finding.hint }),
  };
}
