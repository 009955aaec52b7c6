import { idsOf } from "../model/job.ts";
import type { Attempt, JournalEntry, Unasked } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import { runningIn, unknownIn } from "../model/locked-attempt.ts";
import { standing } from "../model/standing.ts";
import { providerNames, type Unit, type UnitId } from "../model/unit.ts";
import type { Known } from "./diff.ts";
import { foreignJobs } from "./owners.ts";

/**
 * What is paid for, or may be, and no spec of this checkout asks for: of another branch, of a pull request that was
 * closed, of a spec that was changed meanwhile. A run that is at work finishes its own.
 */
export function unaskedAttempts(
  units: readonly Pick<Unit, "digest">[],
  known: Known,
  emulated: boolean,
): readonly Unasked[] {
  const { journal, alive } = known;
  const asked = new Set(units.map(({ digest }) => digest));
  const journalled = [...journal.values()].flatMap((entry) =>
    (asked.has(entry.digest) ? besides(entry) : entry.attempts)
      .filter(isOpen)
      .filter((attempt) => !alive(attempt))
      .map((attempt) => ({ digest: entry.digest, attempt })),
  );
  return [...journalled, ...onlyInLocks(units, known, emulated)].filter(({ attempt }) =>
    providerNames.includes(attempt.provider),
  );
}

/** What two machines that did not see each other have begun twice: only one of them stands for the unit. */
function besides(entry: JournalEntry): readonly Attempt[] {
  const counts = standing(entry);
  return entry.attempts.filter((attempt) => attempt !== counts);
}

const isOpen = (attempt: Attempt): attempt is Unasked["attempt"] =>
  attempt.state === "submitted" || attempt.state === "claimed" || attempt.state === "unknown";

/**
 * What no spec asks for any more and only a lock tells of, as in a clone without the journal of the run that began it.
 * The next lock says something else.
 */
export function onlyInLocks(
  units: readonly Pick<Unit, "digest">[],
  { locks, journal }: Pick<Known, "locks" | "journal">,
  emulated: boolean,
): readonly Unasked[] {
  const asked = new Set(units.map(({ digest }) => digest));
  const entries = [...locks.values()].flatMap((lock) => [...lock.units]);
  const foreign = foreignJobs(
    entries.map(([, entry]) => entry),
    journal,
  );
  const attempts = [...journal.values()].flatMap((entry) => entry.attempts);
  const told = new Set(attempts.flatMap((attempt) => [attempt.id, ...jobIds(attempt)]));

  return entries.flatMap(([id, entry]) => {
    if ((entry.origin === "emulated") !== emulated || asked.has(entry.digest)) return [];
    const attempt = openIn(id, entry);
    if (attempt === undefined || [attempt.id, ...jobIds(attempt)].some((name) => told.has(name))) return [];
    // A lock that names another request's job was written by hand.
    if (entry.state === "submitted" && foreign(entry.provider, entry.job, entry.digest)) return [];
    return [{ digest: entry.digest, attempt }];
  });
}

const jobIds = (attempt: Attempt): readonly string[] =>
  "job" in attempt && attempt.job !== undefined ? idsOf(attempt.provider, attempt.job) : [];

function openIn(id: UnitId, entry: LockEntry): Unasked["attempt"] | undefined {
  if (entry.state === "submitted") return runningIn(id, entry);
  return entry.state === "unknown" ? unknownIn(id, entry) : undefined;
}
