import { expect, test } from "vitest";
import type { Attempt, JournalEntries, Unasked } from "../../src/model/journal.ts";
import type { Lock, LockEntry } from "../../src/model/lock.ts";
import { lockRunner } from "../../src/model/locked-attempt.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { diff } from "../../src/plan/diff.ts";
import { openInLocks } from "../../src/plan/in-locks.ts";
import { unaskedAttempts } from "../../src/plan/unasked.ts";
import { claimed, finished, journalled, locked, ready, running, unit } from "../support/builders.ts";

const here = unit("tides");
const gone = unit("teaser");
const dead = (): boolean => false;
const locks: ReadonlyMap<RepoPath, Lock> = new Map();
const at = "2026-11-20T10:12:44Z";
const unknown: Attempt = { ...claimed(gone), state: "unknown", submittedAt: at, message: "reset", asked: true };

/** As `status` and `resume` ask for it. */
function unasked(journal: JournalEntries, units = [here], alive = dead, more = locks): readonly Unasked[] {
  const known = { journal, locks: more, alive };
  const actions = diff(units, known, { emulated: false, retry: new Set(), forget: false });
  return unaskedAttempts(actions, known, false);
}

test.each<[what: string, attempt: Attempt, open: boolean]>([
  ["a job that runs", running(gone), true],
  ["a claim, of which nobody knows whether it has a job", claimed(gone), true],
  ["a doubt that only a person can settle", unknown, true],
  ["a result", finished(gone), false],
  ["a job of a provider that this version does not have", { ...running(gone), provider: "imax" as never }, false],
])("of what no unit asks for, %s is open only where something is or may be paid for", (_, attempt, open) => {
  expect(unasked(journalled([gone, attempt]))).toEqual(open ? [{ digest: gone.digest, attempt }] : []);
});

test("the job of a unit is that unit's, whatever the unit is called by now", () => {
  expect(unasked(journalled([gone, running(gone)]), [{ ...here, digest: gone.digest }])).toEqual([]);
});

test("what a run is at work on is left to it", () => {
  expect(unasked(journalled([gone, running(gone)]), [here], () => true)).toEqual([]);
});

test("of two attempts for one unit the one that does not count is nobody's", () => {
  const { digest } = here;
  const second = { ...claimed(here), id: "second" };
  const journal = new Map([[digest, { digest, attempts: [finished(here), second] }]]);
  expect(unasked(journal)).toEqual([{ digest, attempt: second }]);
});

test("what a plan holds, keeps or moves is nobody's as well", () => {
  const { digest } = here;
  const job = running(here, "another");
  const before = ready(unit("tides", { with: { prompt: "before" } }));
  const protectedOne = { ...here, protect: true };
  const all = [{ digest, attempt: job }];
  expect(unasked(journalled([here, job]), [protectedOne], dead, locked([here, before]))).toEqual(all);
  expect(unasked(journalled([here, job]), [here], dead, locked([here, ready(here)]))).toEqual(all);
  const waiting: Attempt = { ...unknown, unit: here.id };
  expect(unasked(journalled([here, waiting]))).toEqual([]);
});

test("one job is followed once, whatever a lock calls its attempt", () => {
  const { digest } = gone;
  const attempts = [{ ...running(gone), id: "lock-j1", runner: lockRunner }, running(gone)];
  expect(unasked(new Map([[digest, { digest, attempts }]]))).toHaveLength(1);
});

const { outputs: _outputs, completedAt: _completedAt, cost: _cost, job = { id: "" }, ...entry } = ready(gone);
const submitted: LockEntry = { ...entry, state: "submitted", job };
const doubtful: LockEntry = { ...entry, state: "unknown", attempt: "a1", message: "reset" };

test.each<[what: string, lock: LockEntry, journal: JournalEntries, told: object | undefined]>([
  ["a job that runs", submitted, new Map(), { state: "submitted", job }],
  ["a doubt", doubtful, new Map(), { id: "a1", state: "unknown", asked: true }],
  ["a result", ready(gone), new Map(), undefined],
  ["a job of an emulated run", { ...submitted, origin: "emulated" }, new Map(), undefined],
  ["a job that the journal knows", submitted, journalled([gone, running(gone, job.id)]), undefined],
  [
    "a job that is another request's",
    submitted,
    journalled([unit("other"), running(unit("other"), job.id)]),
    undefined,
  ],
  ["a doubt that the journal knows", doubtful, journalled([gone, { ...claimed(gone), id: "a1" }]), undefined],
])("of what only a lock tells: %s", (_, lock, journal, told) => {
  const all = openInLocks({ locks: locked([gone, lock]), journal }, false);
  expect(all).toEqual(told === undefined ? [] : [{ digest: gone.digest, attempt: expect.objectContaining(told) }]);
});

test("two locks that name one job for two requests are believed in nothing", () => {
  const other = unit("other");
  const both = locked([gone, submitted], [other, { ...submitted, digest: other.digest }]);
  expect(openInLocks({ locks: both, journal: new Map() }, false)).toEqual([]);
});
