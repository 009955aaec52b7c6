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

test.each([Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 31 - 1])("who sleeps for %d ms is not awake at once", async (ms) => {
  const end = new AbortController();
  let awake = false;
  const sleeping = systemClock.sleep(ms, end.signal).then(() => {
    awake = true;
  });
  await systemClock.sleep(50);
  expect(awake).toBe(false);
  end.abort();
  await sleeping;
});

test("who sleeps long may wake a little later, with others, and never too soon", async () => {
  const woken = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const until = performance.now() + 700 + index;
      await systemClock.sleep(700 + index);
      return { early: until - performance.now(), at: Math.round(performance.now()) };
    }),
  );
  expect(Math.max(...woken.map(({ early }) => early))).toBeLessThan(2);
  expect(new Set(woken.map(({ at }) => at)).size).toBeLessThan(50);
});
