import { expect, test } from "vitest";
import { LastFew } from "../../src/apply/last-few.ts";
import { Tempo } from "../../src/apply/tempo.ts";

/** A provider that lets so many submits in a second, and so many at once, asked as fast as the tempo allows. */
function refusals(each: number, burst: number, submits: number): number {
  const tempo = new Tempo();
  let [now, tokens, refused] = [0, burst, 0];
  const pass = (until: number): void => {
    tokens = Math.min(burst, tokens + ((until - now) / 1_000) * each);
    now = until;
  };
  for (let taken = 0; taken < submits; ) {
    pass(Math.max(now + 5, tempo.next));
    tempo.sent(now);
    if (tokens >= 1) {
      tokens -= 1;
      taken += 1;
      tempo.taken();
      continue;
    }
    refused += 1;
    tempo.refused(now);
    pass(now + 1_000);
  }
  return refused;
}

test("who was refused keeps to the pace that was seen to be taken", () => {
  const often = [refusals(25, 20, 1_000), refusals(10, 2, 300)];
  for (const refused of often) expect(refused).toBeGreaterThan(0);
  expect(often[0]).toBeLessThan(30);
  expect(often[1]).toBeLessThan(20);
});

test("who was never refused waits for nothing", () => {
  const tempo = new Tempo();
  for (let now = 0; now < 100; now += 1) {
    expect(tempo.next).toBeLessThanOrEqual(now);
    tempo.sent(now);
    tempo.taken();
  }
});

test("the wait for many ends with patience, or when only the last few run, until more begin", () => {
  const lastFew = new LastFew();
  const patience = new AbortController();
  for (let job = 0; job < 100; job += 1) lastFew.began();
  lastFew.left(3);
  expect(lastFew.before(patience.signal).aborted).toBe(false);
  const asleep = lastFew.before(patience.signal);
  lastFew.left(2);
  expect(asleep.aborted).toBe(true);
  lastFew.began();
  expect(lastFew.before(patience.signal).aborted).toBe(false);
  patience.abort();
  expect(lastFew.before(patience.signal).aborted).toBe(true);
});
