import { describe, expect, test } from "vitest";
import { wantedLag } from "../../src/apply/due.ts";
import { Experience } from "../../src/apply/experience.ts";
import { exactly, inspections } from "../../src/apply/inspection.ts";
import type { Clock } from "../../src/model/clock.ts";
import { seeded } from "../support/random.ts";

const second = 1_000;
const advice = { first: 5 * second, least: 1 * second, most: 30 * second };

/** Service times with a lognormal spread around a mean of 100 s, none of more than 300 s. */
function times(spread: number, many: number, seed: number): readonly number[] {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const one = (): number => {
    const took = 100 * second * Math.exp(spread * normal() - spread ** 2 / 2);
    return took <= 300 * second ? took : one();
  };
  return Array.from({ length: many }, one);
}

/** How often jobs are asked for, and how late their ends are noticed on average, when twenty earlier ones are known. */
function asked(jobs: readonly number[], past: readonly number[], lag: number) {
  const looks = inspections(past.map(exactly), { lag: () => lag, least: 0.1 * second, most: 30 * second });
  let polls = 0;
  let late = 0;
  for (const took of jobs) {
    let at = 0;
    for (let n = 0; at < took; n += 1) {
      at = looks[n] ?? at + Math.min(30 * second, at * 0.15);
      polls += 1;
    }
    late += at - took;
  }
  return { polls: polls / jobs.length, late: late / jobs.length };
}

describe("polls by experience", () => {
  test.each([
    [0.15, 0.35],
    [0.3, 0.55],
    [0.5, 0.75],
    [0.8, 0.92],
  ])("find ends as soon as a loop of 5 s with a part of its polls, at a spread of %s", (spread, part) => {
    const jobs = times(spread, 3_000, 1);
    const loop = jobs.reduce((sum, took) => sum + Math.ceil(took / (5 * second)) + 1, 0) / jobs.length;
    let [low, high] = [0.2 * second, 10 * second];
    const histories = Array.from({ length: 12 }, (_, seed) => times(spread, 20, 100 + seed));
    const mean = (lag: number) => {
      const all = histories.map((past) => asked(jobs, past, lag));
      const of = (key: "polls" | "late") => all.reduce((sum, one) => sum + one[key], 0) / all.length;
      return { polls: of("polls"), late: of("late") };
    };
    for (let halvings = 0; halvings < 10; halvings += 1) {
      const middle = (low + high) / 2;
      if (mean(middle).late > 2.5 * second) high = middle;
      else low = middle;
    }
    expect(mean(low).polls / loop).toBeLessThanOrEqual(part);
  });

  test("keep to the provider's advice: never too soon one after the other, and never too long without", () => {
    const looks = inspections(times(0.5, 20, 3).map(exactly), { lag: () => 10, least: 5 * second, most: 30 * second });
    const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5 * second);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30 * second);
  });
});

/** A clock that goes on only when it is told to. */
function stopped() {
  let now = 0;
  const clock: Clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const passes = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { clock, passes };
}

describe("what experience is made of", () => {
  const kind = (length: string) => ({
    provider: "golpo" as const,
    fields: { timing: length, prompt: String(Math.random()) },
  });

  test("two jobs tell nothing; three of a kind tell of the kind", () => {
    const { clock, passes } = stopped();
    const experience = new Experience(
      [0, 1].map(() => ({ ...kind("2"), milliseconds: 100 * second })),
      clock,
    );
    expect(experience.times(kind("2"), advice, 0.01)).toEqual([]);
    const third = experience.watch(kind("2"), clock.monotonic());
    passes(99 * second);
    experience.runs(third);
    passes(2 * second);
    experience.ended(third);
    const looks = experience.times(kind("2"), advice, 0.01);
    const within = (from: number, to: number) => looks.filter((at) => at >= from * second && at < to * second).length;
    expect(within(80, 120)).toBeGreaterThan(3 * within(0, 80));
  });

  test("of a batch that was begun at once, those that still run count as longer than the few that ended", () => {
    const { clock, passes } = stopped();
    const took = [...times(0.5, 400, 5)].sort((a, b) => a - b);
    const batch = new Experience([], clock);
    const jobs = took.map(() => batch.watch(kind("2"), 0));
    const early = took.slice(0, 40);
    for (const [index, job] of jobs.slice(0, early.length).entries()) {
      passes((early[index] ?? 0) - clock.monotonic() - 1);
      batch.runs(job);
      passes(1);
      batch.ended(job);
    }
    for (const job of jobs.slice(early.length)) batch.runs(job);
    const alone = new Experience(
      early.map((milliseconds) => ({ ...kind("2"), milliseconds })),
      clock,
    );
    const last = (experience: Experience) => experience.times(kind("2"), { ...advice, most: 1e9 }, 0.01).at(-1) ?? 0;
    expect(last(batch)).toBeGreaterThan(2 * last(alone));
    expect(batch.times(kind("2"), advice, 0.01).filter((at) => at > 100 * second).length).toBeGreaterThan(5);
  });

  test("a kind that was never seen is judged by all of its provider, and not by another's", () => {
    const known = [1, 2, 3].map((n) => ({ ...kind(String(n)), milliseconds: 100 * second }));
    const experience = new Experience(known, stopped().clock);
    expect(experience.times(kind("8"), advice, 0.01)).not.toEqual([]);
    expect(experience.times({ provider: "openrouter", fields: {} }, advice, 0.01)).toEqual([]);
  });

  test("of thousands each is looked at less often, unless somebody waits for its slot", () => {
    const known = times(0.5, 20, 3).map((milliseconds) => ({ ...kind("2"), milliseconds }));
    const experience = new Experience(known, stopped().clock);
    const looks = (running: number, isSought: boolean) =>
      experience.times(kind("2"), advice, wantedLag(running, isSought)).length;
    expect(looks(5_000, false)).toBeLessThan(looks(500, false));
    expect(looks(500, false)).toBeLessThan(looks(5, false));
    expect(looks(5_000, true)).toBe(looks(5, false));
  });

  test("a job that lay finished for a day before anybody came says nothing", () => {
    const took = [100, 100, 100, 86_400].map((seconds) => ({ ...kind("2"), milliseconds: seconds * second }));
    expect(new Experience(took, stopped().clock).times(kind("2"), advice, 0.01)[0]).toBeLessThan(100 * second);
  });
});
