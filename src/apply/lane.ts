import type { Clock, Random } from "../model/clock.ts";

/** Who is asked to wait for longer than this leaves the rest to a later run. A claim would not last as long. Milliseconds. */
export const longestPause = 10 * 60_000;

export interface LaneLimits {
  readonly slots: number;
  readonly submitsPerMinute: number;
}

/**
 * What one provider allows: jobs in flight, submits a minute, and a gate that a 429 closes for everybody until the
 * given time. Jobs left by an earlier run take slots like any other.
 */
export class Lane {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #limits: LaneLimits;
  readonly #waiting = new Set<() => void>();
  #inFlight = 0;
  #left = 0;
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
    while (this.#inFlight >= this.#limits.slots) {
      if (patience.aborted || this.#closed !== undefined || this.#left >= this.#limits.slots) return false;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          patience.removeEventListener("abort", wake);
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
        patience.addEventListener("abort", wake, { once: true });
      });
    }
    if (this.#closed !== undefined) return false;
    this.#inFlight += 1;
    return true;
  }

  /** The key is wrong or the credit is used up: nothing more is submitted to this provider in this run. */
  close(why: string): void {
    this.#closed ??= why;
    this.#wakeAll();
  }

  /** Why the lane is closed, or undefined while it is open. */
  get closed(): string | undefined {
    return this.#closed;
  }

  /** The job ended, or never began: its slot is free. */
  leave(): void {
    this.#inFlight -= 1;
    const [first] = this.#waiting;
    first?.();
  }

  /** This run stops watching a job that may still run: its slot stays taken. */
  leaveRunning(): void {
    this.#left += 1;
    if (this.#left >= this.#limits.slots) this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
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

  /** A 429: nobody asks again before `retryAfter`, or before a growing pause of our own where that is longer. */
  refuse(retryAfter: number | undefined): void {
    const pause = Math.min(60_000, 1_000 * 2 ** this.#refusals) * (0.5 + this.#random() / 2);
    this.#refusals = Math.min(this.#refusals + 1, 6);
    this.hold(Math.max(pause, retryAfter ?? 0));
  }

  /** Nobody asks this provider anything for so many milliseconds. */
  hold(milliseconds: number): void {
    this.#gate = Math.max(this.#gate, this.#clock.monotonic() + milliseconds);
  }

  accept(): void {
    this.#refusals = 0;
  }
}
