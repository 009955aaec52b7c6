import type { Clock, Random } from "../model/clock.ts";
import { LastFew } from "./last-few.ts";
import { Tempo } from "./tempo.ts";
import { Window } from "./window.ts";

/** Who is asked to wait for longer than this leaves the rest to a later run. A claim would not last as long. Milliseconds. */
export const longestPause = 10 * 60_000;

export interface LaneLimits {
  readonly slots: number;
  readonly submitsPerMinute: number;
}

interface Waiter {
  readonly patience: AbortSignal;
  readonly wake: () => void;
}

/**
 * What one provider allows: jobs in flight, submits a minute, and a gate that a 429 closes for everybody until the
 * given time. Jobs left by an earlier run take slots like any other.
 */
export class Lane {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #limits: LaneLimits;
  readonly #waiting = new Set<Waiter>();
  readonly #heeded = new WeakSet<AbortSignal>();
  readonly #window = new Window();
  readonly #tempo = new Tempo();
  readonly #lastFew = new LastFew();
  #inFlight = 0;
  /** Those of them that hold a slot and have no job yet. */
  #pending = 0;
  #left = 0;
  /** How many jobs the account seems to take, by its last refusal, and when to try whether it takes another. */
  #room: { readonly jobs: number; readonly tryAt: number } | undefined;
  #tries = 0;
  /** For whoever waits to send until a job has ended. */
  #freed: AbortController | undefined;
  #nextSubmit = 0;
  #gate = 0;
  #refusals = 0;
  #closed: string | undefined;

  constructor(limits: LaneLimits, clock: Clock, random: Random) {
    this.#limits = limits;
    this.#clock = clock;
    this.#random = random;
  }

  /** For a job that runs already: it counts even where that makes one too many. */
  occupy(): void {
    this.#inFlight += 1;
  }

  /**
   * Takes a free slot, or waits for one as long as `patience` lasts. False when there will be none in this run: it was
   * stopped, or every slot is held by a job that this run leaves behind.
   */
  async enter(patience: AbortSignal): Promise<boolean> {
    while (this.#isFull()) {
      if (patience.aborted || this.#closed !== undefined || this.#left >= this.#limits.slots) return false;
      this.#heed(patience);
      await new Promise<void>((wake) => this.#waiting.add({ patience, wake }));
    }
    if (this.#closed !== undefined) return false;
    this.#inFlight += 1;
    this.#pending += 1;
    return true;
  }

  /** The key is wrong or the credit is used up: nothing more is submitted to this provider in this run. */
  close(why: string): void {
    this.#closed ??= why;
    this.#freed?.abort();
    this.#freed = undefined;
    this.#wakeAll();
  }

  /** Why the lane is closed, or undefined while it is open. */
  get closed(): string | undefined {
    return this.#closed;
  }

  /**
   * Once the account seemed full, whoever is more than it took enters as a try, one at a time. None waits here for a job to
   * end: this run may leave its jobs running.
   */
  #isFull(): boolean {
    const tried = this.#room !== undefined && this.#pending > 0 && this.#inFlight > this.#room.jobs;
    return tried || this.#inFlight >= this.#limits.slots;
  }

  /** Whoever entered has a job, or may have: what it holds is not a slot alone any more. */
  began(): void {
    this.#pending -= 1;
    this.#lastFew.began();
    const [first] = this.#waiting;
    if (first !== undefined && !this.#isFull()) this.#wake(first);
  }

  /** Whether somebody waits for a slot, so that each is wanted back as soon as its job has ended. */
  get isSought(): boolean {
    return this.#waiting.size > 0;
  }

  /** A signal that lasts as long as `patience`, and not beyond the moment when only the last few jobs of a batch run. */
  beforeLastFew(patience: AbortSignal): AbortSignal {
    return this.#lastFew.before(patience);
  }

  /** Whoever entered has no job and begins none: its slot is free. */
  withdraw(): void {
    this.#pending -= 1;
    this.leave();
  }

  /** The job ended: its slot is free. */
  leave(): void {
    this.#inFlight -= 1;
    this.#freed?.abort();
    this.#freed = undefined;
    const [first] = this.#waiting;
    if (first !== undefined) this.#wake(first);
    else this.#lastFew.left(this.#inFlight);
  }

  /** This run stops watching a job that may still run: its slot stays taken. */
  leaveRunning(): void {
    this.#left += 1;
    if (this.#left >= this.#limits.slots) this.#wakeAll();
  }

  #wakeAll(patience?: AbortSignal): void {
    for (const waiter of [...this.#waiting]) {
      if (patience === undefined || waiter.patience === patience) this.#wake(waiter);
    }
  }

  #wake(waiter: Waiter): void {
    this.#waiting.delete(waiter);
    waiter.wake();
  }

  /** One listener for all who wait with the same patience: a signal looks through its listeners for each that comes. */
  #heed(patience: AbortSignal): void {
    if (this.#heeded.has(patience)) return;
    this.#heeded.add(patience);
    patience.addEventListener("abort", () => this.#wakeAll(patience), { once: true });
  }

  /** Waits for the submit rate and the gate. False when the run was stopped meanwhile. */
  async turn(stop: AbortSignal): Promise<boolean> {
    const now = this.#clock.monotonic();
    const at = Math.max(now, this.#nextSubmit);
    this.#nextSubmit = at + 60_000 / this.#limits.submitsPerMinute;
    if (at > now) await this.#clock.sleep(at - now, stop);
    return this.open(stop);
  }

  /** Waits for the gate alone, as a free call does. False when the run was stopped meanwhile. */
  async open(stop: AbortSignal): Promise<boolean> {
    while (!stop.aborted && this.#gate > this.#clock.monotonic()) {
      await this.#clock.sleep(this.#gate - this.#clock.monotonic(), stop);
    }
    return !stop.aborted;
  }

  /**
   * Waits until one more submit may be under way. Whoever was let off lands, whatever comes of it. False when there will
   * be none: the run was stopped, or the lane closed.
   */
  async takeOff(stop: AbortSignal): Promise<boolean> {
    if (!(await this.#window.enter(stop))) return false;
    while (!stop.aborted && this.#closed === undefined) {
      const now = this.#clock.monotonic();
      const full = this.#room !== undefined && this.#jobs >= this.#room.jobs;
      const wait = Math.max(this.#gate, this.#tempo.next, full ? (this.#room?.tryAt ?? 0) : 0) - now;
      if (wait <= 0) {
        this.#tempo.sent(now);
        return true;
      }
      this.#freed ??= new AbortController();
      await this.#clock.sleep(wait, AbortSignal.any([stop, this.#freed.signal]));
    }
    this.land();
    return false;
  }

  land(): void {
    this.#window.leave();
  }

  get #jobs(): number {
    return this.#inFlight - this.#pending;
  }

  /**
   * A 429: nobody asks again before `retryAfter`, or before a growing pause of our own where there is none. Perhaps the
   * account is full: one more is tried when a job of ours has ended, or now and then, ever more rarely.
   */
  refuse(retryAfter: number | undefined): void {
    this.#window.refused();
    this.#tempo.refused(this.#clock.monotonic());
    if (retryAfter === undefined) this.pause();
    else this.hold(retryAfter);
    if (this.#jobs === 0) return;
    const patience = Math.max(retryAfter ?? 0, 1_000 * 2 ** this.#tries);
    this.#tries = Math.min(this.#tries + 1, 10);
    this.#room = { jobs: this.#jobs, tryAt: this.#clock.monotonic() + patience };
  }

  /** Nobody asks for a while, that grows with every time until a submit is taken on. */
  pause(): void {
    const pause = Math.min(60_000, 1_000 * 2 ** this.#refusals) * (0.5 + this.#random() / 2);
    this.#refusals = Math.min(this.#refusals + 1, 6);
    this.hold(pause);
  }

  /** Nobody asks this provider anything for so many milliseconds. */
  hold(milliseconds: number): void {
    this.#gate = Math.max(this.#gate, this.#clock.monotonic() + milliseconds);
  }

  /** A submit was taken on. Where the account was thought to be full, it is not; one that was sent before does not tell. */
  accept(): void {
    const beyond = this.#room !== undefined && this.#jobs >= this.#room.jobs;
    this.began();
    this.#refusals = 0;
    this.#window.taken();
    this.#tempo.taken();
    if (!beyond) return;
    if (this.#window.underWay > 0) {
      this.#room = { jobs: this.#jobs, tryAt: this.#room?.tryAt ?? 0 };
      return;
    }
    this.#room = undefined;
    this.#tries = 0;
    this.#wakeAll();
  }
}
