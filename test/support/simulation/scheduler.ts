import type { Clock, Random } from "../../../src/model/clock.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** No story of ours takes as many. One that does goes round in circles. */
const mostSteps = 100_000;

/**
 * Virtual time for everything that happens in a simulated world. Nothing sleeps: when all code waits, time jumps to the
 * next timer. Timers due at the same instant fire in an order drawn from the seed.
 */
export class Scheduler {
  now = Date.UTC(2026, 10, 20, 10, 0, 0);
  readonly random: Random;
  /** The part of all messages that travels forty times as long as others do, and so arrives after those sent later. */
  stragglers = 0;
  readonly #timers: Timer[] = [];
  readonly #planned: { readonly step: number; readonly act: () => void }[] = [];
  /** How many timers have fired: the instants at which a crash can be placed. */
  steps = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Something that happens to the world once so many more timers have fired. */
  in(steps: number, act: () => void): void {
    this.#planned.push({ step: this.steps + steps, act });
  }

  after(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.push({ at: this.now + Math.max(0, ms), order: this.random(), fire: resolve });
    });
  }

  /** How long a message is on its way that takes at most `most` milliseconds, if nothing holds it up. */
  travel(most: number): Promise<void> {
    const long = this.stragglers > 0 && this.random() < this.stragglers;
    return this.after(this.random() * most * (long ? 40 : 1));
  }

  /** Runs until `main` is settled. Throws when nothing is left that could ever settle it. */
  async until<T>(main: Promise<T>): Promise<T> {
    let settled = false;
    const watched = main.finally(() => {
      settled = true;
    });
    watched.catch(() => {});
    const last = this.steps + mostSteps;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return watched;
      const next = this.#take();
      if (next === undefined)
        throw new Error("the simulated world stands still: everything waits for something that never comes");
      if (this.steps >= last) throw new Error("the simulated world comes to no end");
      this.now = Math.max(this.now, next.at);
      this.steps += 1;
      for (const { step, act } of this.#planned) if (step === this.steps) act();
      next.fire();
    }
  }

  #take(): Timer | undefined {
    let first = 0;
    for (let i = 1; i < this.#timers.length; i += 1) {
      const [a, b] = [this.#timers[i], this.#timers[first]];
      if (a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order))) first = i;
    }
    return this.#timers.splice(first, 1)[0];
  }
}

/** One run of the program in the simulated world. A dead one never hears of anything again. */
export class Life {
  dead = false;
  readonly scheduler: Scheduler;
  readonly pid: number;
  readonly #ahead: () => number;

  /** `ahead`: by how much the machine's wall clock is wrong. Its other clock only ever runs. */
  constructor(scheduler: Scheduler, pid: number, ahead: () => number = () => 0) {
    this.scheduler = scheduler;
    this.pid = pid;
    this.#ahead = ahead;
  }

  /** Something this run does to the world outside: takes time to get there, happens, and takes time to be heard of. */
  async outside<T>(act: () => T | Promise<T>, latency = 40): Promise<T> {
    await this.alive(this.scheduler.travel(latency));
    const result = act();
    await this.alive(this.scheduler.travel(latency));
    return this.alive(Promise.resolve(result));
  }

  async alive<T>(promise: Promise<T>): Promise<T> {
    const outcome = await promise.then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    if (this.dead) return new Promise<T>(() => {});
    return outcome();
  }

  readonly clock: Clock = {
    now: () => this.scheduler.now + this.#ahead(),
    monotonic: () => this.scheduler.now,
    sleep: (ms, signal) => {
      if (signal?.aborted === true) return Promise.resolve();
      const aborted = new Promise<void>((resolve) =>
        signal?.addEventListener("abort", () => resolve(), { once: true }),
      );
      return this.alive(Promise.race([this.scheduler.after(ms), aborted]));
    },
  };
}
