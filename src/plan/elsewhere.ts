import type { LockEntry } from "../model/lock.ts";
import type { Digest, Unit, UnitId } from "../model/unit.ts";

export interface Held {
  readonly id: UnitId;
  readonly entry: LockEntry;
}

/**
 * What the lock of another unit says of the same request: a copy of a spec is not paid for again, even where the journal
 * of the first is not at hand.
 */
export function heldElsewhere(entries: readonly Held[]): (unit: Unit) => Held | undefined {
  const best = new Map<Digest, Held>();
  for (const one of entries) {
    const known = best.get(one.entry.digest);
    if (known === undefined || progress[one.entry.state] > progress[known.entry.state]) best.set(one.entry.digest, one);
  }
  return ({ id, digest }) => {
    const held = best.get(digest);
    return held?.id === id ? undefined : held;
  };
}

const progress = { failed: 0, unknown: 1, submitted: 2, ready: 3 } as const satisfies Record<
  LockEntry["state"],
  number
>;
