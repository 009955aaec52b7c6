import { describe, expect, test } from "vitest";
import { pause } from "../../src/apply/due.ts";

const second = 1_000;
const advice = { first: 5 * second, least: 1 * second, most: 30 * second };
const half = () => 0.5;

describe("the pause before the next poll", () => {
  test("grows within the advice while nothing is known", () => {
    const pauses = [0, 1, 2, 9].map((polls) =>
      pause([], advice, { elapsed: 0, polls, others: 1, isSought: false }, half),
    );
    expect(pauses).toEqual([5, 7.5, 11.25, 30].map((seconds) => seconds * second));
  });

  test("is longer in a crowd that nothing is known of: the first that ends tells of the others", () => {
    const first = [1, 400, 1_200, 10_000].map((others) =>
      pause([], advice, { elapsed: 0, polls: 0, others, isSought: false }, half),
    );
    expect(first).toEqual([5, 5, 15, 120].map((seconds) => seconds * second));
  });

  test("leads to the next look, and further on when all are past", () => {
    const at = (elapsed: number) =>
      pause([60_000, 90_000], advice, { elapsed, polls: 3, others: 1, isSought: false }, half);
    expect([at(0), at(60_000), at(200_000), at(1e6)]).toEqual([60_000, 30_000, 30_000, 30_000]);
    expect(at(100_000)).toBe(15_000);
  });

  test("leads to the next look where one lies as close as allowed, though the last one was late or early", () => {
    const at = (elapsed: number) =>
      pause([8_000, 9_000, 10_000], advice, { elapsed, polls: 3, others: 1, isSought: true }, half);
    expect([at(7_800), at(8_000), at(8_300), at(8_600)]).toEqual([1_200, 1_000, 1_000, 1_400]);
  });

  test("is early by less than would make the same look due again", () => {
    const stand = { elapsed: 0, polls: 0, others: 1, isSought: false };
    expect(pause([60_000, 85_000], advice, stand, () => 0)).toBe(59_500);
    expect(pause([60_000, 85_000], advice, { ...stand, elapsed: 59_500 }, () => 0)).toBe(25_000);
  });
});
