import { Heap } from "./heap.ts";

export interface Work {
  readonly id: string;
  readonly request: string;
  /** Milliseconds of service. */
  readonly takes: number;
  begun: number | undefined;
  ended: number | undefined;
  /** When a client was first told of its end. */
  seen: number | undefined;
}

/**
 * An account's jobs: so many run at once, the others queue. Events have their exact times, whenever somebody looks, so
 * this server's own timers add nothing to what a client needs.
 */
export class Account {
  readonly jobs = new Map<string, Work>();
  readonly #slots: number;
  readonly #running = new Heap<{ readonly at: number; readonly job: Work }>();
  readonly #queue: Work[] = [];
  #next = 0;
  mostInFlight = 0;

  constructor(slots: number) {
    this.#slots = slots;
  }

  get full(): boolean {
    return this.#running.size >= this.#slots;
  }

  advance(now: number): void {
    for (let first = this.#running.first; first !== undefined && first.at <= now; first = this.#running.first) {
      this.#running.pop();
      first.job.ended = first.at;
      const waiting = this.#queue[this.#next];
      if (waiting === undefined) continue;
      this.#next += 1;
      this.#begin(waiting, first.at);
    }
  }

  accept(request: string, takes: number, now: number): Work {
    const id = `job-${this.jobs.size}`;
    const job: Work = { id, request, takes, begun: undefined, ended: undefined, seen: undefined };
    this.jobs.set(id, job);
    if (this.full) this.#queue.push(job);
    else this.#begin(job, now);
    this.mostInFlight = Math.max(this.mostInFlight, this.#running.size + this.#queue.length - this.#next);
    return job;
  }

  #begin(job: Work, now: number): void {
    job.begun = now;
    this.#running.push({ at: now + job.takes, job });
  }
}
