import { expect, test } from "vitest";
import type { Attempt } from "../../src/model/journal.ts";
import { unaskedJobs } from "../../src/plan/unasked.ts";
import { claimed, finished, journalled, running, unit } from "../support/builders.ts";

const here = unit("tides");
const gone = unit("teaser");
const dead = (): boolean => false;

test.each<[what: string, attempt: Attempt, unasked: boolean]>([
  ["a job that runs", running(gone), true],
  ["a result", finished(gone), false],
  ["a claim, of which nobody knows whether it has a job", claimed(gone), false],
  ["a job of a provider that this version does not have", { ...running(gone), provider: "imax" as never }, false],
])("of what no unit asks for, %s is followed only where a job is paid for and open", (_, attempt, unasked) => {
  const jobs = unaskedJobs([here], { journal: journalled([gone, attempt]), alive: dead });
  expect(jobs).toEqual(unasked ? [{ digest: gone.digest, attempt }] : []);
});

test("the job of a unit is that unit's, whatever the unit is called by now", () => {
  const journal = journalled([gone, running(gone)]);
  expect(unaskedJobs([{ ...here, digest: gone.digest }], { journal, alive: dead })).toEqual([]);
});

test("what a run is at work on is left to it", () => {
  const journal = journalled([gone, running(gone)]);
  expect(unaskedJobs([here], { journal, alive: () => true })).toEqual([]);
});
