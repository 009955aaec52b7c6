/** Somebody waits for it, and hears it where it cannot be written. */
interface Item {
  readonly refuse: (reason: unknown) => void;
}

/**
 * Group commit, as databases do it: one batch is written at a time, and everything that arrives meanwhile goes into the
 * next. What is added in one go shares a batch from the start. A `write` that throws is told to everyone in its batch.
 */
export function gather<T extends Item>(write: (batch: readonly T[]) => Promise<void>) {
  let waiting: T[] = [];
  let work: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch).catch((reason: unknown) => {
        for (const { refuse } of batch) refuse(reason);
      });
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
