import type { Problem } from "../../src/model/problem.ts";

/** A problem on one line, as the tests compare it: "2:9 error must be … (hint)". */
export const brief = ({ at, severity, message, hint }: Problem): string =>
  `${at.line}:${at.column}+${at.length} ${severity} ${message}${hint === undefined ? "" : ` (${hint})`}`;
