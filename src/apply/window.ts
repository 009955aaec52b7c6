/** So many submits are under way at once while nothing is known of the provider. */
const first = 8;
/** And never more than so many: a kill leaves each of them in doubt, and the answers of all may come in one turn. */
const most = 32;
/** What each one that is taken on allows beyond: of an account that is full with fifty, thirteen are told so and no more. */
const growth = 0.1;
/** Once a provider has refused for the sheer number: so many must be taken on for each further one at a time. */
const wary = 20;

/**
 * How many submits may be under way at once, unanswered. It grows with those that are taken on; after a refusal one is
 * sent at a time, so that the next refusal is told to one and not to a hundred.
 */
export class Window {
  readonly #waiting: ((free: boolean) => void)[] = [];
  #heeded: AbortSignal | undefined;
  #underWay = 0;
  #width = first;
  #refused = false;

  get underWay(): number {
    return this.#underWay;
  }

  /** False when the run was stopped first. Every call of a run has the same `stop`. */
  async enter(stop: AbortSignal): Promise<boolean> {
    if (stop.aborted) return false;
    if (this.#heeded !== stop) {
      this.#heeded = stop;
      stop.addEventListener("abort", () => this.#turnAwayAll(), { once: true });
    }
    if (this.#underWay >= Math.floor(this.#width)) {
      return await new Promise<boolean>((resolve) => this.#waiting.push(resolve));
    }
    this.#underWay += 1;
    return true;
  }

  leave(): void {
    this.#underWay -= 1;
    while (this.#waiting.length > 0 && this.#underWay < Math.floor(this.#width)) {
      this.#underWay += 1;
      this.#waiting.shift()?.(true);
    }
  }

  #turnAwayAll(): void {
    for (const resolve of this.#waiting.splice(0)) resolve(false);
  }

  taken(): void {
    this.#width = Math.min(most, this.#width + (this.#refused ? 1 / (wary * this.#width) : growth));
  }

  refused(): void {
    this.#refused = true;
    this.#width = 1;
  }
}
