/** Each submit that is taken on makes the time between two so many times as long: slowly, since a refusal costs more. */
const hastening = 0.98;
/** From fewer than so many that were taken on nothing is learned. */
const telling = 5;
/** Milliseconds. Who takes submits on more slowly than this says so by refusing them. */
const slowest = 1_000;
/** What could have been sent in so long a wait may follow it at once. Milliseconds. */
const madeUpFor = 400;

/** How fast a provider takes submits on, learned from when it refuses them for the sheer number. */
export class Tempo {
  #interval = 0;
  /** When the next one would be due, had all been sent evenly. */
  #due = 0;
  #since: number | undefined;
  #taken = 0;

  /** The first instant at which one more submit may go. */
  get next(): number {
    return this.#due - madeUpFor;
  }

  sent(now: number): void {
    this.#since ??= now;
    this.#due = Math.max(this.#due, now) + this.#interval;
  }

  taken(): void {
    this.#taken += 1;
    this.#interval *= hastening;
  }

  refused(now: number): void {
    if (this.#taken >= telling) {
      const seen = (now - (this.#since ?? now)) / this.#taken;
      this.#interval = Math.min(slowest, Math.max(this.#interval, seen));
      this.#since = now;
      this.#taken = 0;
    }
    this.#due = now + madeUpFor;
  }
}
