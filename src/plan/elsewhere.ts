import type { ReadyAttempt } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import { readyIn } from "../model/locked-attempt.ts";
import type { Action } from "../model/plan.ts";
import type { Digest, Unit, UnitId } from "../model/unit.ts";

interface Held {
  readonly id: UnitId;
  readonly entry: LockEntry;
}

/**
 * What the lock of another unit says of the same request: a copy of a spec is not paid for again, even where the journal
 * of the first is not at hand.
 */
export function heldElsewhere(entries: readonly Held[]): (unit: Unit) => Action | undefined {
  const best = new Map<Digest, Held>();
  for (const one of entries) {
    const known = best.get(one.entry.digest);
    if (known === undefined || progress[one.entry.state] > progress[known.entry.state]) best.set(one.entry.digest, one);
  }
  return (unit) => {
    const held = best.get(unit.digest);
    return held === undefined || held.id === unit.id ? undefined : fromHeld(unit, held);
  };
}

const progress = { failed: 0, unknown: 1, submitted: 2, ready: 3 } as const satisfies Record<
  LockEntry["state"],
  number
>;

function fromHeld(unit: Unit, { id, entry }: Held): Action | undefined {
  switch (entry.state) {
    case "ready":
      return reuse(unit, readyIn(id, entry));
    case "submitted":
      return { kind: "resume", unit, of: { kind: "running", job: entry.job, submittedAt: entry.submittedAt } };
    case "unknown":
      return { kind: "hold", unit, because: { kind: "unknown", attempt: entry.attempt, since: entry.submittedAt } };
    case "failed":
      return undefined;
  }
}

const reuse = (unit: Unit, from: ReadyAttempt | undefined): Action | undefined =>
  from === undefined ? undefined : { kind: "reuse", unit, from };
