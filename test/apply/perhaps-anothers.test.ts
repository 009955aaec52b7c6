import { expect, test } from "vitest";
import { perhapsAnothers, soughtSince } from "../../src/apply/perhaps-anothers.ts";
import type { FailedAttempt } from "../../src/model/journal.ts";
import { lockRunner } from "../../src/model/locked-attempt.ts";
import { unit } from "../support/builders.ts";
import { runnerNamed } from "../support/journal/attempts.ts";

const { id, provider } = unit("film");
const at = (minute: number): string => `2026-11-20T10:${minute}:00Z`;

function failed(name: string, minute: number, more: Partial<FailedAttempt> = {}): FailedAttempt {
  const claim = { id: name, unit: id, provider, runner: runnerNamed("a"), claimedAt: at(minute) };
  const end = {
    class: "provider",
    message: "",
    failedAt: at(minute + 5),
    begun: true,
    job: { id: `job-${name}` },
  } as const;
  return { ...claim, state: "failed", ...end, ...more };
}

const found = failed("one", 10, { found: true });

test.each([
  ["one that was only found", [found], ["one"]],
  ["two of them", [found, failed("two", 20, { found: true })], ["one", "two"]],
  ["one that was heard of", [failed("one", 10)], []],
  ["one that was heard of after it had failed", [found, failed("two", 20)], []],
  ["one that was heard of, by a clock that may be wrong, before it had failed", [found, failed("two", 12)], ["one"]],
  ["one that was given up after it had failed", [found, failed("two", 20, { job: undefined } as object)], []],
  ["one that was never begun after it", [found, failed("two", 20, { begun: false })], ["one"]],
  [
    "one that a lock tells of as well",
    [found, failed("two", 20, { job: { id: "job-one" }, runner: lockRunner })],
    ["one"],
  ],
])("of a request with %s", (_what, attempts, doubtful) => {
  expect(perhapsAnothers(attempts).map(({ id }) => id)).toEqual(doubtful);
});

test("the job of a claim is looked for since the first that may have been another's", () => {
  expect(soughtSince(failed("now", 30), [found, failed("two", 20, { found: true })])).toBe(at(10));
  expect(soughtSince(failed("now", 30), [found, failed("two", 20)])).toBe(at(30));
});
