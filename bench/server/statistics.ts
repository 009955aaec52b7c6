import { listBound } from "./bound.ts";
import type { Account, Work } from "./work.ts";

export interface Counts {
  submits: number;
  refused: number;
  polls: number;
}

/** What the server saw of one client, times in milliseconds. */
export interface Statistics extends Counts {
  readonly accepted: number;
  /** Jobs beyond one for each request: paid for twice. */
  readonly duplicates: number;
  /** Jobs whose end some client was told of. */
  readonly seen: number;
  readonly mostInFlight: number;
  /** From the first submit to the moment at which a client was told of the last end. */
  readonly makespan: number;
  readonly bound: number;
  readonly meanLag: number;
}

export function statistics(account: Account, counts: Counts, slots: number, began: number): Statistics {
  const jobs = [...account.jobs.values()];
  const distinct = new Map<string, Work>();
  for (const job of jobs) if (!distinct.has(job.request)) distinct.set(job.request, job);
  const times = [...distinct.values()].map(({ takes }) => takes);
  const lags = jobs.flatMap(({ seen, ended }) => (seen === undefined || ended === undefined ? [] : [seen - ended]));
  const last = Math.max(...jobs.map(({ seen }) => seen ?? began));
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    ...counts,
    accepted: jobs.length,
    duplicates: jobs.length - distinct.size,
    seen: lags.length,
    mostInFlight: account.mostInFlight,
    makespan: last - began,
    bound: listBound(times, slots),
    meanLag: mean(lags),
  };
}
