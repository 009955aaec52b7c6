import { idsIn, idsOf } from "../model/job.ts";
import type { Attempt, Unasked } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import { runningIn, unknownIn, withoutDoubles } from "../model/locked-attempt.ts";
import type { Action } from "../model/plan.ts";
import { providerNames, type UnitId } from "../model/unit.ts";
import type { Known } from "./diff.ts";
import { foreignJobs } from "./owners.ts";

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
  return [...journalled, ...onlyInLocks(known, emulated)].filter(({ attempt }) => {
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

const isOpen = (attempt: Attempt): attempt is Unasked["attempt"] =>
  attempt.state === "submitted" || attempt.state === "claimed" || attempt.state === "unknown";

/** What only a lock tells of, as in a clone without the journal of the run that began it. The next lock may say something else. */
export function onlyInLocks(
  { locks, journal }: Pick<Known, "locks" | "journal">,
  emulated: boolean,
): readonly Unasked[] {
  const entries = [...locks.values()].flatMap((lock) => [...lock.units]);
  const foreign = foreignJobs(
    entries.map(([, entry]) => entry),
    journal,
  );
  const attempts = [...journal.values()].flatMap((entry) => entry.attempts);
  const told = new Set(attempts.flatMap((attempt) => [attempt.id, ...idsIn(attempt)]));

  return entries.flatMap(([id, entry]) => {
    if ((entry.origin === "emulated") !== emulated) return [];
    const attempt = openIn(id, entry);
    if (attempt === undefined || [attempt.id, ...idsIn(attempt)].some((name) => told.has(name))) return [];
    // A lock that names another request's job was written by hand.
    if (entry.state === "submitted" && foreign(entry)) return [];
    return [{ digest: entry.digest, attempt }];
  });
}

function openIn(id: UnitId, entry: LockEntry): Unasked["attempt"] | undefined {
  if (entry.state === "submitted") return runningIn(id, entry);
  return entry.state === "unknown" ? unknownIn(id, entry) : undefined;
}

/** Every job that a lock names, whatever became of it. */
export const lockedJobs = (locks: Known["locks"], emulated: boolean) =>
  [...locks.values()]
    .flatMap(({ units }) => [...units])
    .flatMap(([unit, { origin, digest, provider, ...entry }]) =>
      (origin === "emulated") === emulated && "job" in entry && entry.job !== undefined
        ? [{ unit, digest, provider, job: entry.job }]
        : [],
    );
