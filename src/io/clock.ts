import type { Clock } from "../model/clock.ts";

/** What is longer than this, 24 days, Node takes for one millisecond. */
const longestTimer = 2 ** 31 - 1;

/** Who sleeps until a signal. It looks through all its listeners whenever one comes or goes, so it has one of ours. */
const sleepers = new WeakMap<AbortSignal, Set<() => void>>();

export function sleepersOf(signal: AbortSignal): Set<() => void> {
  const known = sleepers.get(signal);
  if (known !== undefined) return known;
  const made = new Set<() => void>();
  sleepers.set(signal, made);
  signal.addEventListener(
    "abort",
    () => {
      for (const wake of made) wake();
    },
    { once: true },
  );
  return made;
}

/** A sleep is made longer by one part in so many at most; one of fewer milliseconds is left as it is. */
const finer = 128;

/**
 * Long sleeps that end at nearly the same time end together: thousands of timers that wake the process one by one cost more
 * than what they wake it for.
 */
function together(ms: number): number {
  if (ms < finer) return ms;
  const every = 2 ** Math.floor(Math.log2(ms / finer));
  const now = performance.now();
  return Math.ceil((now + ms) / every) * every - now;
}

/** The machine's own time. Thousands may sleep until the same signal. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const others = signal === undefined ? undefined : sleepersOf(signal);
      const wake = (): void => {
        clearTimeout(timer);
        others?.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(together(Math.min(ms, longestTimer)), longestTimer));
      others?.add(wake);
    }),
};
