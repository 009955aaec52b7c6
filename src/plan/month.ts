import { instant } from "../model/clock.ts";
import { idsIn } from "../model/job.ts";
import type { JournalEntries } from "../model/journal.ts";
import type { Lock } from "../model/lock.ts";
import { withoutDoubles } from "../model/locked-attempt.ts";
import { plus, type Usd, usd, zero } from "../model/money.ts";
import type { RepoPath } from "../model/unit.ts";
import { spent } from "./price.ts";

/** What a month is charged by. */
export interface Books {
  readonly locks: ReadonlyMap<RepoPath, Lock>;
  readonly journal: JournalEntries;
}

/** What this month's finished jobs did cost and its open claims may. Emulated money is counted apart. */
export function spentInMonth({ locks, journal }: Books, emulated: boolean, now: number): Usd {
  const month = instant(now).slice(0, 7);
  const attempts = [...journal.values()].flatMap((entry) => withoutDoubles(entry.attempts));
  // What was claimed in another month is charged to that one, though its lock is of this.
  const known = new Set(attempts.flatMap(idsIn));
  const begun = attempts.filter(({ claimedAt }) => claimedAt.startsWith(month));
  const journalled = begun.map((attempt) => {
    if (attempt.state === "failed" && !attempt.begun) return zero;
    const cost = "cost" in attempt ? attempt.cost : undefined;
    // What another currency is worth is not known here: the price that it was claimed at stands.
    return cost?.currency === "USD" ? spent(cost) : usd(attempt.estimate ?? 0);
  });
  const locked = [...locks.values()]
    .flatMap(({ units }) => [...units.values()])
    .flatMap((entry) => {
      const counts =
        entry.state === "ready" && entry.completedAt.startsWith(month) && entry.origin === "generated" && !emulated;
      if (!counts || entry.job === undefined) return [];
      return idsIn(entry).some((id) => known.has(id)) ? [] : [spent(entry.cost)];
    });
  return [...journalled, ...locked].reduce(plus, zero);
}
