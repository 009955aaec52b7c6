import { atMost } from "../apply/at-most.ts";
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
  /** Replaces a lockfile by what `wanted` says in the instant in which it is replaced; undefined removes it. */
  readonly write: (path: RepoPath, wanted: () => string | undefined) => Promise<void>;
  readonly sourceOf: (spec: RepoPath) => Source | undefined;
  /** Sees every event before it is written. */
  readonly watch: (event: Event) => void;
}

/** The disk is asked for so many at once: more make it no faster, and take as many open files. */
const writesAtOnce = 16;

export function openLockBook(before: ReadonlyMap<RepoPath, Lock>, ports: LockBookPorts): LockBook {
  const locks = new Map(before);
  const touched = new Map<RepoPath, Set<UnitId>>();
  /** Whose lock has a unit: it is in one place. */
  const places = new Map(
    [...before].flatMap(([spec, { units }]) => [...units.keys()].map((id) => [id, spec] as const)),
  );
  /** The write of each spec's lock that has not begun yet: it takes along whatever is told until then. */
  const coming = new Map<RepoPath, Promise<void>>();
  const under = new Map<RepoPath, Promise<void>>();
  const slot = atMost(writesAtOnce);
  const lock = (spec: RepoPath): Lock => locks.get(spec) ?? emptyLock;

  function latest(spec: RepoPath, text: (lock: Lock) => string): string | undefined {
    const told = lock(spec);
    const next = {
      source: ports.sourceOf(spec) ?? told.source,
      units: beside(ports.read(spec) ?? told, told, touched.get(spec) ?? new Set()),
    };
    locks.set(spec, next);
    return next.units.size === 0 ? undefined : text(next);
  }

  async function write(spec: RepoPath): Promise<void> {
    await under.get(spec)?.catch(() => {});
    await slot(async () => {
      coming.delete(spec);
      const text = formatOnce();
      const work = ports.write(lockPath(spec), () => latest(spec, text));
      under.set(spec, work);
      await work;
      if (under.get(spec) === work) under.delete(spec);
    });
  }

  function put(event: Exclude<Event, { readonly kind: "note" }>): Promise<void> {
    const { id, spec } = event;
    touched.set(spec, (touched.get(spec) ?? new Set()).add(id));
    locks.set(spec, record(lock(spec), event));
    const written = coming.get(spec) ?? write(spec);
    coming.set(spec, written);
    return written;
  }

  return {
    touched,
    lock,
    entry: (spec, id) => lock(spec).units.get(id),
    async tell(event) {
      ports.watch(event);
      if (event.kind === "note") return;
      const { id, spec } = event;
      const old = event.kind === "became" ? places.get(id) : undefined;
      if (event.kind === "became") places.set(id, spec);
      await put(event);
      if (old !== undefined && old !== spec) await put({ kind: "forgotten", id, spec: old });
    },
  };
}

/** Who writes a lock asks for it twice, and mostly it is the same: then it is not put into words again. */
function formatOnce(): (lock: Lock) => string {
  let last: { readonly lock: Lock; readonly text: string } | undefined;
  return (lock) => {
    if (last === undefined || !isSame(last.lock, lock)) last = { lock, text: formatLock(lock) };
    return last.text;
  };
}

const isSame = (one: Lock, other: Lock): boolean =>
  one.source?.spec === other.source?.spec &&
  one.source?.inputs === other.source?.inputs &&
  one.units.size === other.units.size &&
  [...one.units].every(([id, entry]) => other.units.get(id) === entry);

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
