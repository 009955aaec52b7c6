import type { Pace } from "./pace.ts";

const many = 8;
/** What is written in one go keeps the thread for as long as it takes to make its text. */
const most = 1_000;
/** Milliseconds, which a job of minutes does not feel. */
const longestRest = 1_000;
/** A rest is so many times as long as the write before it. */
const idleness = 4;

/** Somebody waits for it, and hears it where it cannot be written. */
interface Item {
  readonly refuse: (reason: unknown) => void;
}

/**
 * Group commit, as databases do it: one batch is written at a time, and everything that arrives meanwhile goes into the
 * next. What is added in one go shares a batch from the start. A `write` that throws is told to everyone in its batch.
 * After a batch of many, and after one that soon followed another, there is a rest, so that what comes all the time comes
 * in fewer batches.
 */
export function gather<T extends Item>(
  write: (batch: readonly T[]) => Promise<void>,
  { clock, hurry }: Pick<Pace, "clock" | "hurry">,
) {
  let waiting: T[] = [];
  let work: Promise<void> | undefined;
  let ended = Number.NEGATIVE_INFINITY;

  async function writeAll(): Promise<void> {
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      const began = clock.monotonic();
      const isOften = batch.length >= many || began - ended < longestRest;
      await write(batch).catch((reason: unknown) => {
        for (const { refuse } of batch) refuse(reason);
      });
      ended = clock.monotonic();
      const rest = Math.min(longestRest, idleness * (ended - began));
      if (isOften && waiting.length < most && rest > 0) await clock.sleep(rest, hurry);
    }
    work = undefined;
  }

  return {
    add(item: T): void {
      waiting.push(item);
      work ??= writeAll();
    },
    /** Resolves when nothing waits any more. */
    async idle(): Promise<void> {
      while (work !== undefined) await work;
    },
  };
}
