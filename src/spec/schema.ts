import type { Problem } from "../model/problem.ts";
import type { Validate } from "../model/schema.ts";
import { complaintsOf } from "./complaint.ts";
import type { Document } from "./document.ts";
import type { Places, Pointer } from "./places.ts";
import { secretsIn } from "./secrets.ts";
import { worded } from "./worded.ts";

/** More would hide the first ones, and a file of nonsense could make tens of thousands. */
const mostProblems = 100;

/**
 * Everything that is wrong with a value, each at its own place and said once. Warnings are among them: what decides is
 * whether any has severity "error".
 */
export function checkValue(
  validate: Validate,
  value: unknown,
  places: Places,
  under: Pointer = [],
): readonly Problem[] {
  if (validate(value)) return [];
  const complaints = complaintsOf(validate.errors ?? []);
  if (complaints.length === 0) throw new Error("a schema refused a value, and none of its complaints was kept");
  const problems = complaints.map(worded).map(({ pointer, part, ...said }): Problem => {
    const at = places.at([...under, ...pointer], part);
    const sourceLine = places.lineOf(at);
    return { ...said, at, ...(sourceLine === undefined ? {} : { sourceLine }) };
  });
  return cut(once(problems));
}

/** The same for a whole file, with the secrets in it. */
export function checkDocument(validate: Validate, document: Document): readonly Problem[] {
  const secrets = secretsIn(document);
  const there = new Set(secrets.map(({ at }) => `${at.line}:${at.column}`));
  const others = checkValue(validate, document.value, document).filter(
    ({ at }) => !there.has(`${at.line}:${at.column}`),
  );
  return [...secrets, ...others].sort(byPlace);
}

/** What is left out counts as an error: it may be one. */
function cut(problems: readonly Problem[]): readonly Problem[] {
  const last = problems[mostProblems - 1];
  if (last === undefined || problems.length === mostProblems) return problems;
  const message = `more is wrong than the ${mostProblems} problems shown`;
  return [...problems.slice(0, mostProblems), { code: "too-many-problems", severity: "error", message, at: last.at }];
}

function once(problems: readonly Problem[]): readonly Problem[] {
  const key = ({ at, severity, message }: Problem): string =>
    `${at.file}:${at.line}:${at.column} ${severity} ${message}`;
  const seen = new Map(problems.map((one) => [key(one), one]));
  return [...seen.values()].sort(byPlace);
}

/** In the order a person reads: errors and warnings together, from the top of the file. */
export const byPlace = (a: Problem, b: Problem): number =>
  (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) || a.at.line - b.at.line || a.at.column - b.at.column;
