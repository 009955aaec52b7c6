import { expect, test } from "vitest";
import type { LockEntry } from "../../src/model/lock.ts";
import { free } from "../../src/model/money.ts";
import type { Action } from "../../src/model/plan.ts";
import type { ResultRow } from "../../src/model/result.ts";
import type { UnitId } from "../../src/model/unit.ts";
import { outcomeOf } from "../../src/report/outcome.ts";
import { finished, ready, unit } from "../support/builders.ts";

const wanted = unit("intro", { with: { prompt: "new words" }, metadata: { title: "New" } });
const old = ready(unit("intro", { with: { prompt: "old words" }, metadata: { title: "Old" } }));
const done = ready(wanted);
const { origin, digest, take, fields, provider, metadata } = done;
const base = { origin, digest, take, fields, provider, metadata };
const submitted: LockEntry = { ...base, state: "submitted", job: { id: "j" }, submittedAt: "2026-11-20T10:00:00Z" };
const failed: LockEntry = {
  ...base,
  state: "failed",
  class: "provider",
  message: "no",
  failedAt: "2026-11-20T10:00:00Z",
};
const unknown: LockEntry = {
  ...base,
  state: "unknown",
  attempt: "a",
  submittedAt: "2026-11-20T10:00:00Z",
  message: "reset",
};

const create: Action = { kind: "create", unit: wanted, because: "new" };
const replace: Action = { kind: "replace", unit: wanted, because: [], prior: old };
const resume: Action = { kind: "resume", unit: wanted, of: { kind: "running", job: { id: "j" }, submittedAt: "" } };
const reuse: Action = { kind: "reuse", unit: wanted, from: finished(wanted) };
const update: Action = { kind: "update", unit: wanted, changes: [], prior: old };
const move: Action = { kind: "move", unit: wanted, from: "old" as UnitId, fromSpec: wanted.spec, prior: done };
const forget: Action = { kind: "forget", id: wanted.id, spec: wanted.spec, prior: old };

test.each([
  ["a new result", create, undefined, done, "generated"],
  ["a result instead of the old one", replace, old, done, "generated"],
  ["the old result still there", replace, old, old, "not-begun"],
  ["nothing there", create, undefined, undefined, "not-begun"],
  ["the failure that was there before", create, failed, failed, "not-begun"],
  ["a fresh failure", create, undefined, failed, "failed"],
  ["a job that runs on", create, undefined, submitted, "running"],
  ["a resumed job that runs on", resume, submitted, submitted, "running"],
  ["a resumed job that ended", resume, submitted, done, "generated"],
  ["a submit without an answer", replace, old, unknown, "unknown"],
  ["a result of another unit", reuse, undefined, done, "reused"],
  ["new metadata", update, old, { ...old, metadata: wanted.metadata }, "updated"],
  ["the old metadata", update, old, old, "not-begun"],
  ["another name", move, undefined, done, "moved"],
  ["no entry any more", forget, old, undefined, "forgotten"],
  ["an entry that should be gone", forget, old, old, "not-begun"],
] as const)("%s makes the outcome of a %s", (_, action, before, after, outcome) => {
  const row: ResultRow = { planned: { action, estimate: free }, before, after, note: undefined };
  expect(outcomeOf(row)).toBe(outcome);
});

test("a request that the provider would not take on is turned away, not failed", () => {
  const turnedAway = { class: "quota", message: "no credit" } as const;
  const row: ResultRow = {
    planned: { action: create, estimate: free },
    before: undefined,
    after: undefined,
    note: undefined,
    turnedAway,
  };
  expect(outcomeOf(row)).toBe("turned-away");
});
