import { type FailureClass, passing } from "../model/job.ts";
import type { Attempt, JournalEntries } from "../model/journal.ts";
import type { Lock, LockEntry } from "../model/lock.ts";
import type { Action, Change, HoldReason } from "../model/plan.ts";
import { standing } from "../model/standing.ts";
import type { Digest, Metadata, RepoPath, Unit, UnitId } from "../model/unit.ts";
import { withLocks } from "./in-locks.ts";
import { foreignJobs } from "./owners.ts";

export interface Known {
  /** By the spec that a lockfile stands beside. */
  readonly locks: ReadonlyMap<RepoPath, Lock>;
  readonly journal: JournalEntries;
  /** Whether the run that made a claim can still be at work. */
  readonly alive: (attempt: Attempt) => boolean;
}

export interface Wish {
  readonly emulated: boolean;
  /** Failures that a person asked to have tried, and paid, again. */
  readonly retry: ReadonlySet<FailureClass>;
  /** Whether units that left the specs are forgotten; not so when only a part of the specs is planned. */
  readonly forget: boolean;
}

interface Locked {
  readonly spec: RepoPath;
  readonly entry: LockEntry;
}

/** What must happen for the locks to match the units. Pure: the same inputs give the same plan, and each action says why. */
export function diff(units: readonly Unit[], told: Known, wish: Wish): readonly Action[] {
  const known = { ...told, journal: withLocks(told, wish.emulated) };
  const all = lockedUnits(known.locks);
  const locked = new Map([...all].filter(([, { entry }]) => wish.emulated || entry.origin !== "emulated"));
  const wanted = new Set(units.map((unit) => unit.id));
  const orphans = [...locked].filter(([id]) => !wanted.has(id));
  const moved = new Set<UnitId>();
  const begun = new Map<Digest, UnitId>();

  const foreign = foreignJobs(
    [...all.values()].map(({ entry }) => entry),
    told.journal,
  );
  // What the journal knows of a request is not asked of a lock, but for a job after one that failed.
  const isAsked = (digest: Digest): boolean => {
    const attempt = standing(told.journal.get(digest));
    return attempt === undefined || attempt.state === "failed";
  };
  const isForged = (entry: LockEntry): boolean =>
    entry.state === "submitted" && isAsked(entry.digest) && foreign(entry);

  const decide = (unit: Unit): Action => {
    const own = locked.get(unit.id);
    // What has changed too is not hidden behind its move: it is replaced, and its old lock forgets it then.
    if (own !== undefined && own.spec !== unit.spec && own.entry.digest === unit.digest)
      return move(unit, unit.id, own);
    if (own !== undefined && isForged(own.entry)) return hold(unit, forged);
    if (own !== undefined) return withEntry(unit, own.entry, known, wish);
    const [from, orphan] = orphans.find(([id, { entry }]) => fits(entry, unit) && !moved.has(id)) ?? [];
    const because = all.get(unit.id)?.entry.origin === "emulated" ? "emulated" : "new";
    if (from === undefined || orphan === undefined) return withoutEntry(unit, because, known, wish);
    moved.add(from);
    return move(unit, from, orphan);
  };

  const actions = units.map((unit) => {
    const action = decide(unit);
    if (!begins(action)) return action;
    const first = begun.get(unit.digest);
    begun.set(unit.digest, first ?? unit.id);
    return first === undefined ? action : ({ kind: "reuse", unit, from: { unit: first } } satisfies Action);
  });
  const unsettled = new Set(actions.flatMap((action) => (isUnsettled(action) ? [action.unit.digest] : [])));
  // A lock that alone may tell of what is paid for goes when another has it; an emulated run leaves a real one alone.
  const isNeeded = ({ entry }: Locked): boolean =>
    isOpen(entry) && (unsettled.has(entry.digest) || (wish.emulated && entry.origin !== "emulated"));
  const gone = wish.forget ? [...all].filter(([id, one]) => !wanted.has(id) && !moved.has(id) && !isNeeded(one)) : [];
  return [...actions, ...gone.map(([id, { spec, entry }]): Action => ({ kind: "forget", id, spec, prior: entry }))];
}

const isOpen = ({ state }: LockEntry): boolean => state === "submitted" || state === "unknown";

/** Whether a unit has no lock yet of what it asks for, when all is done that can be. */
const isUnsettled = (action: Action): action is Extract<Action, { kind: "hold" | "resume" }> =>
  action.kind === "hold" || action.kind === "resume";

const begins = ({ kind }: Action): boolean => kind === "create" || kind === "replace" || kind === "resume";

const fits = (entry: LockEntry, unit: Unit): boolean => entry.state === "ready" && entry.digest === unit.digest;

const move = (unit: Unit, from: UnitId, { spec, entry }: Locked): Action => ({
  kind: "move",
  unit,
  from,
  fromSpec: spec,
  prior: entry,
});

function lockedUnits(locks: ReadonlyMap<RepoPath, Lock>): ReadonlyMap<UnitId, Locked> {
  const found = new Map<UnitId, Locked>();
  for (const [spec, lock] of locks) for (const [id, entry] of lock.units) found.set(id, { spec, entry });
  return found;
}

function withoutEntry(unit: Unit, because: "new" | "emulated", known: Known, wish: Wish): Action {
  return fromJournal(unit, known, wish) ?? { kind: "create", unit, because };
}

function withEntry(unit: Unit, entry: LockEntry, known: Known, wish: Wish): Action {
  if (wish.emulated && entry.origin !== "emulated") return besideReal(unit, entry, known, wish);
  if (entry.digest !== unit.digest) {
    if (unit.protect) return hold(unit, { kind: "protected" });
    return fromJournal(unit, known, wish) ?? { kind: "replace", unit, because: changes(unit, entry), prior: entry };
  }
  switch (entry.state) {
    case "ready": {
      const changed = metadataChanges(unit.metadata, entry.metadata);
      return changed.length === 0
        ? { kind: "keep", unit, prior: entry }
        : { kind: "update", unit, changes: changed, prior: entry };
    }
    case "submitted": {
      const told = fromJournal(unit, known, wish);
      // Another run heard that the job failed. Asked once more, the provider has the lock say so too.
      const failed = told?.kind === "hold" && told.because.kind === "failed";
      return told === undefined || failed ? running(unit, entry) : told;
    }
    case "failed":
      // Its result was lost after the journal had it, and is looked for again only where a person asks for that.
      return isLost(entry, known) && !wish.retry.has("lost-output")
        ? hold(unit, { kind: "failed", class: entry.class, message: entry.message })
        : (fromJournal(unit, known, wish) ?? afterFailure(unit, entry, entry.job !== undefined, wish));
    case "unknown":
      return (
        fromJournal(unit, known, wish) ??
        hold(unit, { kind: "unknown", attempt: entry.attempt, since: entry.submittedAt })
      );
  }
}

function isLost({ class: failure, digest, job }: Extract<LockEntry, { state: "failed" }>, { journal }: Known): boolean {
  const attempt = standing(journal.get(digest));
  return failure === "lost-output" && attempt?.state === "ready" && attempt.job.id === job?.id;
}

/** An emulated run knows nothing of real jobs: it leaves those that are open alone, and titles as they are. */
function besideReal(unit: Unit, entry: LockEntry, known: Known, wish: Wish): Action {
  if (entry.state === "submitted" || entry.state === "unknown") {
    return hold(unit, { kind: "policy", rule: "a real job of this unit is open, and an emulated run leaves it alone" });
  }
  if (entry.state === "ready" && entry.digest === unit.digest) return { kind: "keep", unit, prior: entry };
  if (unit.protect) return hold(unit, { kind: "protected" });
  return fromJournal(unit, known, wish) ?? { kind: "replace", unit, because: changes(unit, entry), prior: entry };
}

/** What the journal knows of this request that the lock does not: a result, a running job, a doubt, a failure. */
function fromJournal(unit: Unit, known: Known, wish: Wish): Action | undefined {
  const attempt = standing(known.journal.get(unit.digest));
  if (attempt === undefined) return undefined;
  switch (attempt.state) {
    case "ready":
      return { kind: "reuse", unit, from: attempt };
    case "submitted":
      return running(unit, attempt);
    case "claimed":
    case "unknown":
      if (known.alive(attempt)) {
        return hold(unit, {
          kind: "theirs",
          run: attempt.runner.ci?.url ?? attempt.runner.host,
          since: attempt.claimedAt,
        });
      }
      if (attempt.state === "claimed" || attempt.asked !== true) {
        return { kind: "resume", unit, of: { kind: "in-doubt", attempt } };
      }
      return attempt.again === true
        ? { kind: "resume", unit, of: { kind: "unsettled", attempt } }
        : hold(unit, { kind: "unknown", attempt: attempt.id, since: attempt.submittedAt });
    case "failed":
      return afterFailure(unit, attempt, attempt.begun, wish);
  }
}

const running = (
  unit: Unit,
  { job, submittedAt }: Pick<Extract<LockEntry, { state: "submitted" }>, "job" | "submittedAt">,
): Action => ({
  kind: "resume",
  unit,
  of: { kind: "running", job, submittedAt },
});

type Failure = Pick<Extract<LockEntry, { state: "failed" }>, "class" | "message">;

/** What passes by itself is tried again, but only where nothing was begun: a job that was may have been paid for. */
function afterFailure(unit: Unit, { class: failure, message }: Failure, begun: boolean, wish: Wish): Action {
  return (passing.has(failure) && !begun) || wish.retry.has(failure)
    ? { kind: "create", unit, because: "retry" }
    : hold(unit, { kind: "failed", class: failure, message });
}

const forged: HoldReason = {
  kind: "policy",
  rule: "the lockfile names a job that is another request's; restore it with `git checkout -- <file>`",
};

const hold = (unit: Unit, because: HoldReason): Action => ({ kind: "hold", unit, because });

/** The fields whose hashes differ, in the author's order as far as there is one. */
function changes(unit: Unit, entry: LockEntry): readonly Change[] {
  const names = new Set([...Object.keys(unit.fields), ...Object.keys(entry.fields)]);
  const changed = [...names].filter((field) => unit.fields[field] !== entry.fields[field]).map((field) => ({ field }));
  if (unit.provider !== entry.provider)
    return [{ field: "provider", before: entry.provider, after: unit.provider }, ...changed];
  if (changed.length > 0 || unit.take === entry.take) return changed;
  return [{ field: "take", before: String(entry.take), after: String(unit.take) }];
}

function metadataChanges(wanted: Metadata, has: Metadata): readonly Change[] {
  const fields = ["title", "visibility"] as const;
  return fields.flatMap((field) => {
    const [after, before] = [wanted[field], has[field]];
    if (after === undefined || after === before) return [];
    return [{ field, after, ...(before === undefined ? {} : { before }) }];
  });
}
