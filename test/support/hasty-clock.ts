import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../src/model/clock.ts";

/** The real time, and the patience of a test: a second of waiting is over in five milliseconds. */
export const hastyClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    if (signal?.aborted === true) return;
    const aborted = new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
    await Promise.race([wait(ms / 200), aborted]);
  },
};
