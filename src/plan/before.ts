import type { Attempt, JournalEntries } from "../model/journal.ts";
import type { Digest } from "../model/unit.ts";

/** The journal as if a run of a CI system had begun nothing yet, in none of its jobs and none of its attempts. */
export const beforeRun = (journal: JournalEntries, run: string): JournalEntries =>
  without(journal, ({ runner }) => runner.ci?.id === run);

/**
 * The journal as it is, as it was before the latest of the runs that began any of these requests, before the latest two,
 * and so on.
 */
export function* earlier(journal: JournalEntries, requests: ReadonlySet<Digest>): Generator<JournalEntries> {
  yield journal;
  const begun = [...journal.values()].filter(({ digest }) => requests.has(digest)).flatMap(({ attempts }) => attempts);
  const latestFirst = begun.sort((one, other) => (one.claimedAt < other.claimedAt ? 1 : -1));
  const gone = new Set<string>();
  for (const run of new Set(latestFirst.map(runOf))) {
    gone.add(run);
    yield without(journal, (attempt) => gone.has(runOf(attempt)));
  }
}

/** Requests that were begun in between and failed: what approved them has been used up, and another try is another bill. */
export function failedSince(before: JournalEntries, now: JournalEntries): ReadonlySet<Digest> {
  const known = new Set([...before.values()].flatMap(({ attempts }) => attempts.map(({ id }) => id)));
  const isNew = (attempt: Attempt): boolean => attempt.state === "failed" && attempt.begun && !known.has(attempt.id);
  return new Set([...now.values()].flatMap(({ digest, attempts }) => (attempts.some(isNew) ? [digest] : [])));
}

/** The jobs and attempts of a CI system's run are one. */
const runOf = ({ runner: { ci, run } }: Attempt): string => ci?.id ?? run;

function without(journal: JournalEntries, isGone: (attempt: Attempt) => boolean): JournalEntries {
  return new Map(
    [...journal].flatMap(([digest, entry]) => {
      const attempts = entry.attempts.filter((attempt) => !isGone(attempt));
      return attempts.length === 0 ? [] : [[digest, { ...entry, attempts }] as const];
    }),
  );
}
