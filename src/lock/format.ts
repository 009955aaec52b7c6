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

const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);

/** The one normal form of a lockfile, so that a diff of it is only ever meaning. */
export function formatLock(lock: Lock): string {
  const units = [...lock.units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, entry]) => [id, ordered(entry)]);
  const file = {
    lockVersion: 1,
    ...(lock.source === undefined ? {} : { source: lock.source }),
    units: Object.fromEntries(units),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function ordered(entry: LockEntry): unknown {
  const keys = Object.entries(entry).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, value]) => [key, key === "fields" ? sorted(value) : value]));
}

const sorted = (fields: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
