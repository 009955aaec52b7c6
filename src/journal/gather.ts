/**
 * Group commit, as databases do it: one batch is written at a time, and everything that arrives meanwhile goes into the
 * next. What is added in one go shares a batch from the start.
 */
export function gather<T>(write: (batch: readonly T[]) => Promise<void>) {
  let waiting: T[] = [];
  let work: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch);
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
