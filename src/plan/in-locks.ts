import { idsIn } from "../model/job.ts";
import type { Attempt, JournalEntries, Unasked } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import { failedIn, readyIn, runningIn, unknownIn } from "../model/locked-attempt.ts";
import { type Action, idOf } from "../model/plan.ts";
import type { Digest, UnitId } from "../model/unit.ts";
import type { Known } from "./diff.ts";
import { foreignJobs } from "./owners.ts";

type Books = Pick<Known, "locks" | "journal">;

interface Told {
  readonly id: UnitId;
  readonly digest: Digest;
  readonly attempt: Attempt;
}

/** What only locks tell of, as in a clone without the journal of the run that began it. */
function onlyInLocks({ locks, journal }: Books, emulated: boolean): readonly Told[] {
  const entries = [...locks.values()].flatMap((lock) => [...lock.units]);
  const foreign = foreignJobs(
    entries.map(([, entry]) => entry),
    journal,
  );
  const attempts = [...journal.values()].flatMap((entry) => entry.attempts);
  const known = new Set(attempts.flatMap((attempt) => [attempt.id, ...idsIn(attempt)]));

  return entries.flatMap(([id, entry]) => {
    if ((entry.origin === "emulated") !== emulated) return [];
    const attempt = attemptIn(id, entry);
    if (attempt === undefined || [attempt.id, ...idsIn(attempt)].some((name) => known.has(name))) return [];
    const { digest, provider } = entry;
    // A lock that names another request's job was written by hand.
    const isForged = "job" in attempt && attempt.job !== undefined && foreign({ digest, provider, job: attempt.job });
    return isForged ? [] : [{ id, digest, attempt }];
  });
}

function attemptIn(id: UnitId, entry: LockEntry): Attempt | undefined {
  switch (entry.state) {
    case "submitted":
      return runningIn(id, entry);
    case "unknown":
      return unknownIn(id, entry);
    case "ready":
      return readyIn(id, entry);
    case "failed":
      return failedIn(id, entry);
  }
}

/** The journal, and what only locks tell of: what either knows to be paid for is not paid for again. */
export function withLocks(books: Books, emulated: boolean): JournalEntries {
  const known = new Map(books.journal);
  for (const { digest, attempt } of onlyInLocks(books, emulated)) {
    // Of two that say as much, the journal's own is last, and counts.
    known.set(digest, { digest, attempts: [attempt, ...(known.get(digest)?.attempts ?? [])] });
  }
  return known;
}

export const openInLocks = (books: Books, emulated: boolean): readonly Unasked[] =>
  onlyInLocks(books, emulated).flatMap(({ digest, attempt }) => (isOpen(attempt) ? [{ digest, attempt }] : []));

/**
 * What the journal is to hear from the locks before actions are carried out: all that is open, and of the rest whatever
 * stands in a lock that will say something else.
 */
export function toBeTold(
  actions: readonly Action[],
  books: Books,
  emulated: boolean,
): readonly Pick<Told, "digest" | "attempt">[] {
  const after = new Map(actions.filter(changesLock).map((action) => [idOf(action), wantedBy(action)]));
  return onlyInLocks(books, emulated)
    .filter(({ id, digest, attempt }) => isOpen(attempt) || (after.has(id) && after.get(id) !== digest))
    .map(({ digest, attempt }) => ({ digest, attempt }));
}

const changesLock = ({ kind }: Action): boolean => ["create", "replace", "reuse", "resume", "forget"].includes(kind);

const wantedBy = (action: Action): Digest | undefined => (action.kind === "forget" ? undefined : action.unit.digest);

export const isOpen = (attempt: Attempt): attempt is Unasked["attempt"] =>
  attempt.state === "submitted" || attempt.state === "claimed" || attempt.state === "unknown";

/** Every job that a lock names, whatever became of it. */
export const lockedJobs = (locks: Known["locks"], emulated: boolean) =>
  [...locks.values()]
    .flatMap(({ units }) => [...units])
    .flatMap(([unit, { origin, digest, provider, ...entry }]) =>
      (origin === "emulated") === emulated && "job" in entry && entry.job !== undefined
        ? [{ unit, digest, provider, job: entry.job }]
        : [],
    );
