import { formatLock } from "../lock/format.ts";
import { lockPath } from "../lock/path.ts";
import { record } from "../lock/record.ts";
import type { Event } from "../model/event.ts";
import { emptyLock, type Lock, type LockEntry, type Source } from "../model/lock.ts";
import type { RepoPath, UnitId } from "../model/unit.ts";

/** The locks of all specs while a run changes them: the fold of its events, on disk before an event's promise resolves. */
export interface LockBook {
  readonly tell: (event: Event) => Promise<void>;
  readonly entry: (spec: RepoPath, id: UnitId) => LockEntry | undefined;
  readonly lock: (spec: RepoPath) => Lock;
  /** Every spec whose lockfile changed, with the units that did. */
  readonly touched: ReadonlyMap<RepoPath, ReadonlySet<UnitId>>;
}

export interface LockBookPorts {
  /** The lock of a spec as it is on the disk now; undefined where there is none that can be read. */
  readonly read: (spec: RepoPath) => Lock | undefined;
  /** Writes a lockfile atomically; undefined removes it. */
  readonly write: (path: RepoPath, text: string | undefined) => void;
  readonly sourceOf: (spec: RepoPath) => Source | undefined;
  /** Sees every event before it is written. */
  readonly watch: (event: Event) => void;
}

export function openLockBook(before: ReadonlyMap<RepoPath, Lock>, ports: LockBookPorts): LockBook {
  const locks = new Map(before);
  const touched = new Map<RepoPath, Set<UnitId>>();
  const lock = (spec: RepoPath): Lock => locks.get(spec) ?? emptyLock;

  return {
    touched,
    lock,
    entry: (spec, id) => lock(spec).units.get(id),
    tell: async (event) => {
      ports.watch(event);
      if (event.kind === "note") return;
      const ours = touched.get(event.spec) ?? new Set();
      touched.set(event.spec, ours.add(event.id));
      const told = record(lock(event.spec), event);
      const next = {
        source: ports.sourceOf(event.spec) ?? told.source,
        units: beside(ports.read(event.spec) ?? told, told, ours),
      };
      locks.set(event.spec, next);
      ports.write(lockPath(event.spec), next.units.size === 0 ? undefined : formatLock(next));
    },
  };
}

/** Another run on this disk may be at work on other units of the same spec: what it wrote meanwhile stays. */
function beside(there: Lock, told: Lock, ours: ReadonlySet<UnitId>): Lock["units"] {
  const units = new Map(there.units);
  for (const id of ours) {
    const mine = told.units.get(id);
    if (mine === undefined) units.delete(id);
    else units.set(id, mine);
  }
  return units;
}
