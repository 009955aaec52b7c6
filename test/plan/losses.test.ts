import { expect, test } from "vitest";
import type { Attempt, JournalEntries } from "../../src/model/journal.ts";
import type { Failed, LockEntry, Unknown } from "../../src/model/lock.ts";
import type { Unit } from "../../src/model/unit.ts";
import { losses } from "../../src/plan/losses.ts";
import { claimed, finished, journalled, locked, ready, running, unit } from "../support/builders.ts";

const intro = unit("intro");
const at = { claimedAt: "2026-11-20T10:12:40Z", submittedAt: "2026-11-20T10:12:44Z", endedAt: "2026-11-20T10:17:09Z" };
const end = { failedAt: at.endedAt, message: "no", class: "provider" } as const;
const failedJob = (of: Unit, more: object = {}): Attempt => ({
  ...claimed(of),
  ...end,
  state: "failed",
  begun: true,
  job: { id: "j1" },
  submittedAt: at.submittedAt,
  ...more,
});
const doubt = (of: Unit): Attempt => ({
  ...claimed(of),
  state: "unknown",
  submittedAt: at.submittedAt,
  message: "reset",
});
const { outputs: _outputs, completedAt: _completedAt, submittedAt: _submittedAt, ...entry } = ready(intro);
const failedEntry: Failed = { ...entry, ...end, state: "failed" };
const { job: _job, ...jobless } = failedEntry;
const unknownEntry: Unknown = {
  ...{ state: "unknown", attempt: "attempt-intro", submittedAt: at.submittedAt, message: "reset" },
  ...{ origin: "generated", digest: intro.digest, take: 1, fields: {}, provider: "golpo", metadata: {} },
};
const lost = (journal: JournalEntries, entry?: LockEntry, emulated = false) =>
  losses({ journal, locks: entry === undefined ? new Map() : locked([intro, entry]), alive: dead }, emulated);
const nothing: JournalEntries = new Map();
const dead = (): boolean => false;

test.each<[string, Attempt, object | undefined]>([
  ["a job that failed", failedJob(intro), { job: { id: "j1" }, ...at, class: "provider", message: "no" }],
  ["a job whose file was lost", failedJob(intro, { class: "lost-output" }), { class: "lost-output" }],
  [
    "a job with a bill",
    failedJob(intro, { cost: { amount: "0.50", currency: "USD", source: "provider" } }),
    { unit: "intro" },
  ],
  [
    "a job that was billed at nothing",
    failedJob(intro, { cost: { amount: "0.00", currency: "USD", source: "provider" } }),
    undefined,
  ],
  [
    "a job that we take for free",
    failedJob(intro, { cost: { amount: "0.00", currency: "USD", source: "estimated" } }),
    { unit: "intro" },
  ],
  ["what was turned away", failedJob(intro, { begun: false, job: undefined }), undefined],
  ["a lost answer", doubt(intro), { class: "unknown", message: "reset", submittedAt: at.submittedAt }],
  [
    "what was given up",
    failedJob(intro, { job: undefined, class: "unknown" }),
    { class: "unknown", endedAt: at.endedAt },
  ],
  ["a claim whose run died", claimed(intro), { class: "unknown", claimedAt: at.claimedAt }],
  ["a job that runs", running(intro), undefined],
  ["a job that is done", finished(intro), undefined],
])("of the journal: %s", (_what, attempt, told) => {
  const all = lost(journalled([intro, attempt]));
  expect(all).toEqual(told === undefined ? [] : [expect.objectContaining(told)]);
});

test("what a run is about to tell is no loss", () => {
  const journal = journalled([intro, claimed(intro)]);
  expect(losses({ journal, locks: new Map(), alive: () => true }, false)).toEqual([]);
});

test("an attempt is told of although another one was made after it", () => {
  const attempts = [failedJob(intro, { id: "first" }), { ...finished(intro), job: { id: "j2" } }];
  const all = lost(new Map([[intro.digest, { digest: intro.digest, attempts }]]), ready(intro, { job: { id: "j2" } }));
  expect(all).toMatchObject([{ job: { id: "j1" } }]);
});

test.each<[string, LockEntry, number]>([
  ["a job that failed", failedEntry, 1],
  ["what was turned away", jobless, 0],
  ["what was given up", { ...jobless, class: "unknown" }, 1],
  ["a lost answer", unknownEntry, 1],
  ["a job of an emulated run", { ...failedEntry, origin: "emulated" }, 0],
  ["a job that is done", ready(intro), 0],
])("of a lock, without a journal: %s", (_what, held, times) => {
  expect(lost(nothing, held)).toHaveLength(times);
});

test("an emulated sheet has what emulated runs lost, and nothing else", () => {
  expect(lost(nothing, { ...failedEntry, origin: "emulated" }, true)).toHaveLength(1);
  expect(lost(nothing, failedEntry, true)).toEqual([]);
});

test("what journal and locks both know of is told once", () => {
  const known = journalled([intro, failedJob(intro, { job: failedEntry.job })]);
  expect(lost(known, failedEntry)).toHaveLength(1);
  expect(lost(journalled([intro, doubt(intro)]), unknownEntry)).toHaveLength(1);
  expect(lost(journalled([intro, running(intro, "found")]), unknownEntry)).toEqual([]);
  const copy = unit("copy");
  expect(
    losses({ journal: nothing, locks: locked([intro, failedEntry], [copy, failedEntry]), alive: dead }, false),
  ).toHaveLength(1);
});
