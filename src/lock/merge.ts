import type { Lock, LockEntry, Ready } from "../model/lock.ts";
import type { UnitId } from "../model/unit.ts";

/**
 * Our changes laid over a lock that somebody else moved meanwhile. Only units that we touched change, and of two
 * entries for the same request the one that is further along stays, so that nobody's finished result is undone; of two
 * that tell of the same result, theirs.
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

function further(theirs: LockEntry | undefined, mine: LockEntry): LockEntry {
  if (theirs === undefined || theirs.digest !== mine.digest) return mine;
  return progress[theirs.state] > progress[mine.state] || alike(theirs, mine) ? theirs : mine;
}

/** Whether both tell of one job and the same files, whoever collected them and when: then nothing is news. */
const alike = (a: LockEntry, b: LockEntry): boolean =>
  a.state === "ready" && b.state === "ready" && resultOf(a) === resultOf(b);

const resultOf = ({ take, job, outputs, metadata }: Ready): string =>
  JSON.stringify([
    take,
    job?.id,
    outputs.map(({ role, sha256, url }) => [role, sha256, url]).sort(),
    Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
