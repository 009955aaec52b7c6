import { expect, test } from "vitest";
import { alive, lease, validUntil } from "../../src/journal/alive.ts";
import type { Attempt } from "../../src/model/journal.ts";
import type { UnitId } from "../../src/model/unit.ts";
import { runnerNamed } from "../support/journal/attempts.ts";

const claimedAt = "2026-11-20T10:00:00Z";
const soon = Date.parse(claimedAt) + 1_000;
const late = Date.parse(claimedAt) + lease + 1;
const ci = (attempt: number, id = "77") => ({
  ci: { id, attempt, url: "https://ci.example/77" },
  host: `vm ${attempt}`,
});

test.each([
  ["our own claim", runnerNamed("me"), late, true, true],
  ["a process of this machine that still runs", runnerNamed("other", { pid: 7 }), soon, true, true],
  ["a process of this machine that is gone", runnerNamed("other", { pid: 7 }), soon, false, false],
  [
    "a process of another machine, whatever runs under its number here",
    runnerNamed("other", { host: "lap 9" }),
    soon,
    false,
    true,
  ],
  ["an earlier attempt of our CI run", runnerNamed("other", ci(1)), soon, false, false],
  ["a later attempt of our CI run", runnerNamed("other", ci(3)), soon, false, true],
  ["another job of the same attempt", runnerNamed("other", ci(2)), soon, true, true],
  ["an attempt of another CI run", runnerNamed("other", ci(1, "78")), soon, false, true],
  ["anybody after the lease", runnerNamed("other", { host: "lap 9" }), late, true, false],
  ["a claim that says it was made in the future", runnerNamed("other", { host: "lap 9" }), soon - 9e6, false, true],
])("%s", (_who, runner, now, running, expected) => {
  const attempt: Attempt = {
    id: "x-1",
    state: "claimed",
    unit: "intro" as UnitId,
    provider: "golpo",
    claimedAt,
    runner,
  };
  const me = runnerNamed("me", runner.ci === undefined ? {} : ci(2));
  expect(alive(attempt, { runner: me, now, running: () => running })).toBe(expected);
});

test("a submit that begins at the last moment has its answer before anybody may think its claim dead", () => {
  expect(Date.parse(claimedAt) + lease - validUntil(claimedAt)).toBeGreaterThanOrEqual(5 * 60_000);
});
