import type { Lock, LockEntry } from "../model/lock.ts";
import type { UnitId } from "../model/unit.ts";

/**
 * Our changes laid over a lock that somebody else moved meanwhile. Only units that we touched change, and of two
 * entries for the same request the one that is further along stays, so that nobody's finished result is undone.
 */
export function mergeLocks(theirs: Lock, ours: Lock, touched: ReadonlySet<UnitId>): Lock {
  const units = new Map(theirs.units);
  for (const id of touched) {
    const mine = ours.units.get(id);
    if (mine === undefined) units.delete(id);
    else units.set(id, further(units.get(id), mine));
  }
  return { source: ours.source ?? theirs.source, units };
}

const progress = { failed: 0, unknown: 1, submitted: 2, ready: 3 } as const satisfies Record<
  LockEntry["state"],
  number
>;

const further = (theirs: LockEntry | undefined, mine: LockEntry): LockEntry =>
  theirs !== undefined && theirs.digest === mine.digest && progress[theirs.state] > progress[mine.state]
    ? theirs
    : mine;
