import { idsIn, idsOf } from "../model/job.ts";
import type { Unasked } from "../model/journal.ts";
import { withoutDoubles } from "../model/locked-attempt.ts";
import type { Action } from "../model/plan.ts";
import { providerNames } from "../model/unit.ts";
import type { Known } from "./diff.ts";
import { isOpen, openInLocks } from "./in-locks.ts";

/**
 * What is paid for, or may be, and that a plan does not bring on: of another branch, of a pull request that was closed, of
 * a spec that was changed or protected meanwhile, of a machine that did not see another's claim. A run that is at work
 * finishes its own.
 */
export function unaskedAttempts(actions: readonly Action[], known: Known, emulated: boolean): readonly Unasked[] {
  const brought = new Set(actions.flatMap(namesIn));
  const journalled = [...known.journal.values()].flatMap(({ digest, attempts }) =>
    withoutDoubles(attempts)
      .filter(isOpen)
      .filter((attempt) => !known.alive(attempt))
      .map((attempt) => ({ digest, attempt })),
  );
  return [...journalled, ...openInLocks(known, emulated)].filter(({ attempt }) => {
    const names = [attempt.id, ...idsIn(attempt)];
    if (!providerNames.includes(attempt.provider) || names.some((name) => brought.has(name))) return false;
    // Two locks may name one job.
    for (const name of names) brought.add(name);
    return true;
  });
}

/** The attempts and jobs that an action sees to, or asks a person about. */
function namesIn(action: Action): readonly string[] {
  if (action.kind === "hold" && action.because.kind === "unknown") return [action.because.attempt];
  if (action.kind !== "resume") return [];
  const { of, unit } = action;
  return of.kind === "running" ? idsOf(unit.provider, of.job) : [of.attempt.id];
}
