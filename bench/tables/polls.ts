import { exactly, inspections } from "../../src/apply/inspection.ts";
import { seeded } from "../../test/support/random.ts";
import { serviceTime } from "../server/service-time.ts";
import { mean } from "../statistics.ts";
import type { Cell, Table } from "../table.ts";

const second = 1_000;
const loopEvery = 5 * second;
const limits = { least: 0.1 * second, most: 30 * second };

const draws = (sigma: number, many: number, seed: number): readonly number[] => {
  const random = seeded(seed);
  return Array.from({ length: many }, () => serviceTime({ mean: 100 * second, sigma }, random));
};

interface Asked {
  readonly polls: number;
  readonly lag: number;
}

/** How often jobs are asked for and how late their ends are noticed, by a schedule made from a past. */
function asked(jobs: readonly number[], past: readonly number[], lag: number): Asked {
  const looks = inspections(past.map(exactly), { lag: () => lag, ...limits });
  const each = jobs.map((took) => {
    let [at, polls] = [0, 0];
    for (; at < took; polls += 1) at = looks[polls] ?? at + Math.min(limits.most, at * 0.15);
    return { polls, late: at - took };
  });
  return { polls: mean(each.map(({ polls }) => polls)), lag: mean(each.map(({ late }) => late)) };
}

/** The polls that schedules from these pasts need for the lag of the loop. */
function needed(jobs: readonly number[], pasts: readonly (readonly number[])[]): number {
  const all = (lag: number): Asked => {
    const outcomes = pasts.map((past) => asked(jobs, past, lag));
    return { polls: mean(outcomes.map(({ polls }) => polls)), lag: mean(outcomes.map((one) => one.lag)) };
  };
  let [low, high] = [0.2 * second, 10 * second];
  for (let halvings = 0; halvings < 10; halvings += 1) {
    const middle = (low + high) / 2;
    if (all(middle).lag > loopEvery / 2) high = middle;
    else low = middle;
  }
  return all(low).polls;
}

/** How few polls find the ends of jobs as soon as a loop of 5 s does. */
export function polls(): Table {
  const rows = (
    [
      [0.15, 0.35],
      [0.3, 0.55],
      [0.5, 0.75],
      [0.8, 0.92],
    ] as const
  ).map(([sigma, atMost]): readonly Cell[] => {
    const jobs = draws(sigma, 3_000, 1);
    const loop = mean(jobs.map((took) => Math.ceil(took / loopEvery) + 1));
    const learned = needed(
      jobs,
      Array.from({ length: 12 }, (_, seed) => draws(sigma, 20, 100 + seed)),
    );
    const known = needed(jobs, [draws(sigma, 2_000, 7)]);
    return [
      `σ ${sigma}`,
      { value: loop, digits: 1 },
      { value: learned, digits: 1 },
      { value: known, digits: 1 },
      { value: learned / loop, atMost },
      { value: known / loop },
    ];
  });
  return {
    title: "polls: as soon as a loop of 5 s, with fewer requests",
    about: "calculated: 3,000 jobs of 100 s; 12 pasts of 20 jobs; the optimum knows the distribution",
    columns: ["spread", "loop", "reelform", "optimum", "reelform ÷ loop", "optimum ÷ loop"],
    rows,
  };
}
