import { idsIn } from "../model/job.ts";
import type { Attempt, FailedAttempt } from "../model/journal.ts";
import type { Failed, LockEntry } from "../model/lock.ts";
import { withoutDoubles } from "../model/locked-attempt.ts";
import type { Loss } from "../model/loss.ts";
import { providerNames, type UnitId } from "../model/unit.ts";
import type { Known } from "./diff.ts";
import type { Books } from "./month.ts";

/**
 * Every request that was taken on, or may have been, and ended without a result, made again since or not; by provider,
 * oldest first. A lock is heard where the journal does not know of the attempt, as in a clone that has none.
 */
export function losses({ locks, journal, alive }: Books & Pick<Known, "alive">, emulated: boolean): readonly Loss[] {
  const attempts = [...journal.values()].flatMap((entry) => withoutDoubles(entry.attempts));
  const known = new Set(attempts.flatMap((attempt) => [attempt.id, ...idsIn(attempt)]));
  // What a run is about to tell is no loss.
  const journalled = attempts.filter((one) => one.state !== "claimed" || !alive(one)).flatMap(ofAttempt);

  const locked = [...locks.values()]
    .flatMap(({ units }) => [...units])
    .flatMap(([id, entry]) => {
      if ((entry.origin === "emulated") !== emulated || isKnown(entry)) return [];
      return ofEntry(id, entry);
    });

  /** One job may stand in the locks of several units. */
  function isKnown(entry: LockEntry): boolean {
    const names = entry.state === "unknown" ? [entry.attempt] : idsIn(entry);
    // What was given up by hand names neither a job nor an attempt.
    if (names.length === 0) return journal.has(entry.digest);
    const before = names.some((name) => known.has(name));
    for (const name of names) known.add(name);
    return before;
  }

  return [...journalled, ...locked].filter(mayBeCharged).sort(inOrder);
}

function ofAttempt(attempt: Attempt): readonly Loss[] {
  const { unit, provider, claimedAt, estimate } = attempt;
  const about = { unit, provider, claimedAt, ...(estimate === undefined ? {} : { estimate }) };
  switch (attempt.state) {
    case "claimed":
      return [{ ...about, class: "unknown", message: "the run that was to send it ended without a word" }];
    case "unknown": {
      const { submittedAt, message } = attempt;
      return [{ ...about, class: "unknown", message, submittedAt }];
    }
    case "failed":
      return attempt.begun || attempt.job !== undefined ? [{ ...about, ...ofFailure(attempt) }] : [];
    default:
      return [];
  }
}

function ofEntry(unit: UnitId, entry: LockEntry): readonly Loss[] {
  const { provider } = entry;
  if (entry.state === "unknown") {
    const { submittedAt, message } = entry;
    return [{ unit, provider, class: "unknown", message, submittedAt }];
  }
  // Without a job the provider turned it away, unless somebody gave it up because nobody could know.
  const begun = entry.state === "failed" && (entry.job !== undefined || entry.class === "unknown");
  return begun ? [{ unit, provider, ...ofFailure(entry) }] : [];
}

const ofFailure = (failure: FailedAttempt | Failed): Omit<Loss, "unit" | "provider"> => ({
  class: failure.class,
  message: failure.message,
  endedAt: failure.failedAt,
  ...("submittedAt" in failure && failure.submittedAt !== undefined ? { submittedAt: failure.submittedAt } : {}),
  ...(failure.job === undefined ? {} : { job: failure.job }),
  ...(failure.cost === undefined ? {} : { cost: failure.cost }),
});

/** Not where the provider itself says that it billed nothing. */
const mayBeCharged = ({ cost }: Loss): boolean => cost?.source !== "provider" || Number(cost.amount) !== 0;

function inOrder(a: Loss, b: Loss): number {
  const apart = providerNames.indexOf(a.provider) - providerNames.indexOf(b.provider);
  if (apart !== 0) return apart;
  return timeOf(a) < timeOf(b) ? -1 : 1;
}

const timeOf = ({ submittedAt, claimedAt, endedAt }: Loss): string => submittedAt ?? claimedAt ?? endedAt ?? "";
