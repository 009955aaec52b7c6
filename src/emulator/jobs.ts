import type { Json } from "../model/json.ts";
import { plus, type Usd, usd, zero } from "../model/money.ts";
import type { ProviderName } from "../model/unit.ts";
import { type Log, news } from "./log.ts";
import type { Accepted, StateRecord } from "./record.ts";

export interface Job extends Accepted {
  /** What was changed since. */
  readonly changes: { readonly [name: string]: Json };
  readonly changedAt: number;
}

export type Standing =
  | { readonly state: "running"; readonly progress: number }
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly message: string };

/** How a job is doing at an instant. */
export function standing(job: Accepted, now: number): Standing {
  const part = (now - job.at) / (job.endsAt - job.at);
  if (part < 1 || job.fate.kind === "stuck")
    return { state: "running", progress: Math.min(99, Math.max(0, Math.floor(part * 100))) };
  return job.fate.kind === "fails" ? { state: "failed", message: job.fate.message } : { state: "done" };
}

export const isDone = (job: Accepted, now: number): boolean => standing(job, now).state === "done";

/** The jobs of one provider, kept in step with the log. Removed ones are not there any more. */
export class Jobs {
  readonly #provider: ProviderName;
  readonly #news: () => readonly StateRecord[];
  readonly #jobs = new Map<string, Job>();
  readonly #names = new Map<string, string>();
  readonly #submits = new Map<string, number>();
  #spent = zero;

  constructor(provider: ProviderName, log: Log) {
    this.#provider = provider;
    this.#news = news(log);
  }

  /** By its id, or by one of its other names. */
  find(kind: string, name: string): Job | undefined {
    this.#catchUp();
    return this.#jobs.get(this.#names.get(`${kind} ${name}`) ?? "");
  }

  newestFirst(): readonly Job[] {
    this.#catchUp();
    return [...this.#jobs.values()].reverse();
  }

  /** What all jobs together cost, removed ones too. */
  spent(): Usd {
    this.#catchUp();
    return this.#spent;
  }

  /** How often this very request was accepted so far. */
  submits(hash: string): number {
    this.#catchUp();
    return this.#submits.get(hash) ?? 0;
  }

  #catchUp(): void {
    for (const record of this.#news()) if (record.provider === this.#provider) this.#fold(record);
  }

  #fold(record: StateRecord): void {
    if (record.kind === "accepted") {
      this.#jobs.set(record.job, { ...record, changes: {}, changedAt: record.at });
      this.#spent = plus(this.#spent, usd(record.price));
      this.#submits.set(record.hash, (this.#submits.get(record.hash) ?? 0) + 1);
      for (const [kind, name] of Object.entries({ job: record.job, ...record.ids }))
        this.#names.set(`${kind} ${name}`, record.job);
    } else if (record.kind === "changed") {
      const job = this.#jobs.get(record.job);
      if (job === undefined) return;
      this.#jobs.set(record.job, { ...job, changes: { ...job.changes, ...record.changes }, changedAt: record.at });
    } else if (record.kind === "removed") this.#jobs.delete(record.job);
  }
}
