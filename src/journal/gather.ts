import type { Pace } from "./pace.ts";

const many = 8;
/** What is written in one go keeps the thread for as long as it takes to make its text. */
const most = 1_000;
/** How long a rest is at most, for what is urgent and for all else: a job of minutes feels neither. Milliseconds. */
const longest = { urgent: 100, other: 1_000 } as const;
/** A rest is so many times as long as the write before it; where something urgent waits, as long. */
const idleness = 4;
/** After a batch of many the rest is longer: so long for each of them, and so long at most. Milliseconds. */
const crowd = { each: 100, longest: 6_000 } as const;

/** Somebody waits for it, and hears it where it cannot be written. */
interface Item {
  /** Somebody holds a slot for it, or money depends on it: it cuts a rest short. */
  readonly urgent: boolean;
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
  let resting: AbortController | undefined;

  async function rest(after: number, items: number): Promise<void> {
    const least = Math.min(longest.urgent, after);
    if (least > 0) await clock.sleep(least, hurry);
    const ofCrowd = Math.min(crowd.longest, crowd.each * items);
    const more = Math.max(ofCrowd, Math.min(longest.other, idleness * after)) - least;
    if (more <= 0 || waiting.some(({ urgent }) => urgent)) return;
    resting = new AbortController();
    await clock.sleep(more, AbortSignal.any([hurry, resting.signal]));
    resting = undefined;
  }

  async function writeAll(): Promise<void> {
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      const began = clock.monotonic();
      const isOften = batch.length >= many || began - ended < longest.other;
      await write(batch).catch((reason: unknown) => {
        for (const { refuse } of batch) refuse(reason);
      });
      ended = clock.monotonic();
      if (isOften && waiting.length < most) await rest(ended - began, batch.length);
    }
    work = undefined;
  }

  return {
    add(item: T): void {
      waiting.push(item);
      if (item.urgent) resting?.abort();
      work ??= writeAll();
    },
    /** Resolves when nothing waits any more. */
    async idle(): Promise<void> {
      while (work !== undefined) await work;
    },
  };
}
