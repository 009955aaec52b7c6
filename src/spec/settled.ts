import type { Checked, Problem } from "../model/problem.ts";

/** The value, unless one of the problems is an error. */
export function settled<T>(problems: readonly Problem[], value: () => T): Checked<T> {
  return problems.some((problem) => problem.severity === "error")
    ? { ok: false, problems }
    : { ok: true, value: value(), warnings: problems };
}
