import type { Lock, LockEntry } from "../model/lock.ts";

/** The order in which a person reads an entry. Fields this version does not know follow, sorted, and survive. */
const order = [
  "state",
  "origin",
  "digest",
  "take",
  "fields",
  "provider",
  "metadata",
  "job",
  "attempt",
  "submittedAt",
  "completedAt",
  "failedAt",
  "class",
  "message",
  "cost",
  "outputs",
];

const places = new Map(order.map((key, place) => [key, place]));
const rank = (key: string): number => places.get(key) ?? order.length;

/** The one normal form of a lockfile, so that a diff of it is only ever meaning. */
export function formatLock(lock: Lock): string {
  // Without a prototype an object is a table; with one, V8 keeps the shape of each that has keys of its own.
  const units: Record<string, unknown> = Object.create(null);
  for (const [id, entry] of [...lock.units].sort(([a], [b]) => (a < b ? -1 : 1))) units[id] = ordered(entry);
  const file = {
    lockVersion: 1,
    ...(lock.source === undefined ? {} : { source: lock.source }),
    units,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function ordered(entry: LockEntry): unknown {
  const keys = Object.entries(entry).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, value]) => [key, key === "fields" ? sorted(value) : value]));
}

const sorted = (fields: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
