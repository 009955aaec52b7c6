import { Heap } from "../../bench/server/heap.ts";
import { sleepersOf } from "../../src/io/clock.ts";
import type { Clock } from "../../src/model/clock.ts";

/** A clock on which time passes when everybody sleeps: for thousands, where a simulated world is for a few. */
export function virtualClock() {
  let now = 0;
  const sleepers = new Heap<{ readonly at: number; readonly wake: () => void }>();
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((wake) => {
        if (signal?.aborted === true) return wake();
        const others = signal === undefined ? undefined : sleepersOf(signal);
        const end = (): void => {
          others?.delete(end);
          wake();
        };
        others?.add(end);
        sleepers.push({ at: now + ms, wake: end });
      }),
  };
  /** Resolves when nobody sleeps any more. */
  async function untilAllAreAwake(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const first = sleepers.pop();
      if (first === undefined) return;
      now = Math.max(now, first.at);
      first.wake();
      while (sleepers.first !== undefined && sleepers.first.at <= now) sleepers.pop()?.wake();
    }
  }
  return { clock, untilAllAreAwake };
}
