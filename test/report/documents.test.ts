import { describe, expect, test } from "vitest";
import { planDocument } from "../../src/report/plan-document.ts";
import { planJson, readPlan } from "../../src/report/plan-json.ts";
import { resultDocument } from "../../src/report/result-document.ts";
import { readResult, resultJson } from "../../src/report/result-json.ts";
import { validate as plan } from "../../src/schema/plan.validate.js";
import { validate as result } from "../../src/schema/result.validate.js";
import { expectGolden } from "./golden.ts";
import { plan as samplePlan, result as sampleResult } from "./sample.ts";

const planned = planDocument(samplePlan, { spent: "41.20", limit: "200" });
const came = resultDocument(sampleResult);

test("a plan file reads back as the same plan", () => {
  expect(readPlan("plan.json", planJson(planned), plan)).toEqual({ ok: true, value: planned, warnings: [] });
});

test("a result file reads back as the same result, with its plan", () => {
  expect(readResult("result.json", resultJson(came), { plan, result })).toEqual({
    ok: true,
    value: came,
    warnings: [],
  });
});

test("the files keep their form", () => {
  const short = { ...planned, actions: planned.actions.slice(0, 12) };
  expectGolden("plan.json", planJson(short));
  expectGolden("result.json", resultJson({ ...came, plan: short, rows: came.rows.slice(0, 12) }));
});

test("money stands in the files as decimals, and an unknown price as no number", () => {
  expect(planned.totals).toMatchObject({ low: "5.20", high: "6.40", unpriced: 1 });
  expect(planned.actions[0]?.estimate).toEqual({
    kind: "unknown",
    because: "photogpt publishes no price for seedance-2.0",
  });
  expect(came.totals.costs).toEqual([{ amount: "4.50", currency: "USD", estimated: true }]);
});

const edited = (change: object): string => JSON.stringify({ ...planned, ...change });

describe("a plan file is refused", () => {
  test.each([
    ["when it is no JSON", "{", "not a JSON document"],
    ["when it is another document", "{}", 'no "formatVersion"'],
    ["when it is a list", "[]", 'no "formatVersion"'],
    ["when a later major version wrote it", edited({ formatVersion: "2.0" }), "formatVersion 2.0 is not understood"],
    ["when it has a field of its own", edited({ colour: "red" }), '("colour")'],
    ["when an action is of no kind", edited({ actions: [{ ...planned.actions[0], kind: "burn" }] }), "/actions/0/kind"],
    [
      "when a reason is of no kind",
      edited({ actions: [{ ...planned.actions[0], because: { kind: "whim" } }] }),
      "/actions/0/because",
    ],
    ["when a price is a number", edited({ totals: { ...planned.totals, high: 6.4 } }), "/totals/high"],
  ])("%s", (_, text, words) => {
    const read = readPlan("plan.json", text, plan);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems.map(({ message }) => message).join("\n")).toContain(words);
    expect(read.problems[0]?.at.file).toBe("plan.json");
  });
});

test("fields that a later minor version added are let through", () => {
  expect(readPlan("plan.json", edited({ formatVersion: "1.7", colour: "red" }), plan).ok).toBe(true);
  expect(readPlan("plan.json", edited({ formatVersion: "1.7", actions: 3 }), plan).ok).toBe(false);
});

test("a result with a broken plan in it is refused", () => {
  const broken = JSON.stringify({ ...came, plan: { ...planned, actions: 3 } });
  const read = readResult("result.json", broken, { plan, result });
  expect(read.ok).toBe(false);
});
