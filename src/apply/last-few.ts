/** One of so many jobs of a batch is among the last few. */
const share = 50;

/**
 * Tells when only the last few jobs of a batch run. Its end is theirs, and to ask for them more often costs next to
 * nothing.
 */
export class LastFew {
  #begun = 0;
  #reached = new AbortController();
  #either: { readonly patience: AbortSignal; readonly signal: AbortSignal } | undefined;

  /** A signal that lasts as long as `patience`, and not beyond the moment when the last few are reached. */
  before(patience: AbortSignal): AbortSignal {
    if (this.#either?.patience !== patience) {
      this.#either = { patience, signal: AbortSignal.any([patience, this.#reached.signal]) };
    }
    return this.#either.signal;
  }

  began(): void {
    this.#begun += 1;
    if (!this.#reached.signal.aborted) return;
    this.#reached = new AbortController();
    this.#either = undefined;
  }

  /** A job ended, and so many run on, with nobody waiting for their slots. */
  left(running: number): void {
    if (running * share <= this.#begun) this.#reached.abort();
  }
}
