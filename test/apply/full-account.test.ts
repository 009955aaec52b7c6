import { setMaxListeners } from "node:events";
import { expect, test } from "vitest";
import { listBound } from "../../bench/server/bound.ts";
import { timeOf } from "../../bench/server/service-time.ts";
import { Account } from "../../bench/server/work.ts";
import { untilDue } from "../../src/apply/due.ts";
import { Experience } from "../../src/apply/experience.ts";
import { Lane } from "../../src/apply/lane.ts";
import { seeded } from "../support/random.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const second = 1_000;
const advice = { first: 5 * second, least: 5 * second, most: 30 * second };
/** What a claim takes, and an answer. */
const [claiming, answering] = [300, 20];

/** A batch for an account that runs 50 jobs at once and queues what more it is sent. */
async function batch(seed: number) {
  const { clock, untilAllAreAwake } = virtualClock();
  const random = seeded(seed);
  const experience = new Experience([], clock);
  const lane = new Lane({ slots: 75, submitsPerMinute: Number.POSITIVE_INFINITY }, clock, random);
  const patience = new AbortController().signal;
  setMaxListeners(0, patience);
  const run = { ports: { time: { clock, random } }, experience, patience };
  const kind = { provider: "golpo", fields: { timing: "1" } } as const;
  const account = new Account(50);

  const one = async (index: number): Promise<void> => {
    await lane.enter(patience);
    await clock.sleep(claiming, undefined);
    account.advance(clock.monotonic());
    const request = `request ${index}`;
    const takes = timeOf(request, { mean: 12 * second, sigma: 0.5 }, seed);
    const work = account.accept(request, takes, clock.monotonic());
    await clock.sleep(answering, undefined);
    lane.accept();
    const submittedAt = clock.monotonic();
    const own = experience.watch(kind, submittedAt);
    for (let polls = 0; ; polls += 1) {
      await untilDue(kind, { submittedAt, polls }, advice, lane, run);
      await clock.sleep(answering, undefined);
      account.advance(clock.monotonic());
      if (work.ended !== undefined) break;
      experience.runs(own);
    }
    experience.ended(own);
    work.seen = clock.monotonic();
    lane.leave();
  };
  const all = Promise.all(Array.from({ length: 1_000 }, (_, index) => one(index)));
  await untilAllAreAwake();
  await all;
  const works = [...account.jobs.values()];
  const bound = listBound(
    works.map(({ takes }) => takes),
    50,
  );
  const lags = works.map(({ ended = 0, seen = 0 }) => seen - ended);
  return {
    lag: lags.reduce((sum, lag) => sum + lag, 0) / lags.length / second,
    worked: (Math.max(...works.map(({ ended = 0 }) => ended)) - claiming) / bound,
  };
}

test.each([1, 2, 3, 4, 5])("ends are found in time for an account to be always busy: seed %i", async (seed) => {
  const { lag, worked } = await batch(seed);
  // A loop of 5 s finds them 2.5 s late on average.
  expect(lag).toBeLessThan(3);
  expect(worked).toBeLessThan(1.01);
});
