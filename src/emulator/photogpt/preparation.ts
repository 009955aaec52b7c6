import type { Made } from "./made.ts";

/** How long a file takes to be prepared, in emulated milliseconds. */
const time = 10_000;

/** The change of a job that says when one of its videos was asked for as a file. */
export const preparing = (id: string): string => `prepared ${id}`;

/** How much of a file is prepared, in percent; undefined where nobody has asked for it. */
export function percentOf({ job, id }: Made, now: number, speed: number): number | undefined {
  const since = job.changes[preparing(id)];
  if (typeof since !== "number") return undefined;
  return Math.min(100, Math.max(0, Math.floor((100 * (now - since) * speed) / time)));
}
