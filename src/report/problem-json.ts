import type { Problem } from "../model/problem.ts";

/** All problems as one document for machines. A minor version only adds fields. */
export function problemJson(problems: readonly Problem[]): string {
  const count = (severity: Problem["severity"]): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const document = { formatVersion: "1.0", errors: count("error"), warnings: count("warning"), problems };
  return `${JSON.stringify(document, null, 2)}\n`;
}
