import { Heap } from "../../bench/server/heap.ts";
import type { Clock } from "../../src/model/clock.ts";

const ends = new WeakMap<AbortSignal, Set<() => void>>();

/** Who sleeps until a signal, with one listener for all of them. */
function untilAborted(signal: AbortSignal): Set<() => void> {
  const known = ends.get(signal) ?? new Set();
  if (ends.has(signal)) return known;
  ends.set(signal, known);
  signal.addEventListener("abort", () => {
    for (const end of [...known]) end();
  });
  return known;
}

/** A clock on which time passes when everybody sleeps. */
export function virtualClock() {
  let now = 0;
  const sleepers = new Heap<{ readonly at: number; readonly wake: () => void }>();
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((wake) => {
        if (signal?.aborted === true) return wake();
        const others = signal === undefined ? undefined : untilAborted(signal);
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
