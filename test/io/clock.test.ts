import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { systemClock } from "../../src/io/clock.ts";

test("thousands sleep until one signal with one listener, and all are awake when it comes", async () => {
  const end = new AbortController();
  const sleeping = Array.from({ length: 5_000 }, () => systemClock.sleep(1e9, end.signal));
  expect(getEventListeners(end.signal, "abort")).toHaveLength(1);
  end.abort();
  await Promise.all(sleeping);
  await systemClock.sleep(1e9, end.signal);
});
