import { setMaxListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { serviceTime } from "../../bench/server/service-time.ts";
import { untilDue } from "../../src/apply/due.ts";
import { Experience } from "../../src/apply/experience.ts";
import { LastFew } from "../../src/apply/last-few.ts";
import { seeded } from "../support/random.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const second = 1_000;
const advice = { first: 5 * second, least: 5 * second, most: 30 * second };

/** A batch that is begun at once, of which nothing is known: how often its jobs are asked for, and how late their ends are noticed. */
async function crowd({ jobs, mean, sigma }: { readonly jobs: number; readonly mean: number; readonly sigma: number }) {
  const { clock, untilAllAreAwake } = virtualClock();
  const random = seeded(3);
  const experience = new Experience([], clock);
  const lastFew = new LastFew();
  const lane = { isSought: false, beforeLastFew: (patience: AbortSignal) => lastFew.before(patience) };
  const patience = new AbortController().signal;
  setMaxListeners(0, patience);
  const run = { ports: { time: { clock, random } }, experience, patience };
  const kind = { provider: "golpo", fields: { timing: "1" } } as const;
  const lags: number[] = [];
  let polls = 0;
  let running = jobs;

  const one = async (index: number): Promise<void> => {
    const takes = serviceTime({ mean: mean * second, sigma }, random);
    await clock.sleep(index, undefined);
    lastFew.began();
    const submittedAt = clock.monotonic();
    const own = experience.watch(kind, submittedAt);
    for (let asked = 0; ; asked += 1) {
      await untilDue(kind, { submittedAt, polls: asked }, advice, lane, run);
      polls += 1;
      if (clock.monotonic() < submittedAt + takes) {
        experience.runs(own);
        continue;
      }
      experience.ended(own);
      lags.push(clock.monotonic() - submittedAt - takes);
      running -= 1;
      lastFew.left(running);
      return;
    }
  };
  const all = Promise.all(Array.from({ length: jobs }, (_, index) => one(index)));
  await untilAllAreAwake();
  await all;
  lags.sort((a, b) => a - b);
  return {
    polls: polls / jobs,
    lag: lags.reduce((sum, lag) => sum + lag, 0) / jobs / second,
    worst: (lags.at(-1) ?? 0) / second,
  };
}

describe("a crowd of which nothing is known", () => {
  test.each([
    [500, 100, 0.3],
    [2_000, 15, 0.8],
    [2_000, 100, 0.15],
    [2_000, 600, 0.8],
    [5_000, 100, 0.3],
  ])(
    "of %i jobs of %i s, spread %f, is soon known well enough for few polls that come in time",
    async (jobs, mean, sigma) => {
      const { polls, lag, worst } = await crowd({ jobs, mean, sigma });
      expect(polls).toBeLessThan(0.6 * (mean / 5 + 1));
      expect(lag).toBeLessThan(5 + 0.1 * mean);
      expect(worst).toBeLessThan(60 + 0.2 * mean);
    },
  );
});
