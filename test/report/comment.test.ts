import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Estimate, usd } from "../../src/model/money.ts";
import type { PricedAction } from "../../src/model/plan.ts";
import {
  commentBudget,
  commentMarkdown,
  markerOf,
  shownPlan,
  summaryMarkdown,
  worthTelling,
} from "../../src/report/comment.ts";
import { bytesOf } from "../../src/report/markdown.ts";
import { planDocument } from "../../src/report/plan-document.ts";
import { resultDocument } from "../../src/report/result-document.ts";
import { ready, unit } from "../support/builders.ts";
import { effectsOf } from "./effects.ts";
import { plan, planOf, result } from "./sample.ts";

const summaryUrl = "https://github.com/acme/videos/actions/runs/7";
const where = { scope: "default", budget: commentBudget, summaryUrl };
const price: Estimate = { kind: "exact", amount: usd("4"), source: "a list", asOf: "2026-11-01" };

function replaced(at: number): PricedAction {
  const video = unit(`library/série-${at}/épisode`, { metadata: { title: "Épisode" } });
  const words = Array.from({ length: 120 }, (_, word) => `mot${word}`).join(" ");
  const because = [
    { field: "prompt", before: words, after: words.replace("mot60", "autre").replace("mot100", "écran 🎬") },
  ];
  return { action: { kind: "replace", unit: video, because, prior: ready(video) }, estimate: price };
}

const held = (at: number): PricedAction => ({
  action: {
    kind: "hold",
    unit: unit(`held/${at}`),
    because: { kind: "failed", class: "provider", message: `worker ${at} died. ${"words ".repeat(60)}` },
  },
  estimate: price,
});

describe("500 changed videos", () => {
  const many = planDocument(planOf(Array.from({ length: 500 }, (_, at) => replaced(at))));
  const markdown = commentMarkdown({ plan: many }, where);

  test("stay under the budget and begin with the verdict and the money", () => {
    expect(bytesOf(markdown)).toBeLessThanOrEqual(60_000);
    expect(bytesOf(markdown)).toBeGreaterThan(40_000);
    const [, verdict, money] = markdown.split("\n");
    expect(verdict).toBe("### 🎬 500 to generate");
    expect(money).toBe("**Estimated $2000.00**");
  });

  test("keep their table whole before any text change is shown", () => {
    expect(markdown.match(/^\| 🔁 /gm)).toHaveLength(500);
    expect(markdown).toMatch(
      /… and \d+ more changed texts in the \[job summary\]\(https:\/\/github\.com\/acme\/videos\/actions\/runs\/7\)$/,
    );
  });

  test("are all in the job's summary", () => {
    const summary = summaryMarkdown({ plan: many });
    expect(summary.match(/<details>/g)).toHaveLength(500);
    expect(summary).not.toContain("more changed texts");
  });
});

test("failures do not starve the table", () => {
  const failures = Array.from({ length: 300 }, (_, at) => held(at));
  const changes = Array.from({ length: 100 }, (_, at) => replaced(at));
  const markdown = commentMarkdown({ plan: planDocument(planOf([...failures, ...changes])) }, where);
  expect(bytesOf(markdown)).toBeLessThanOrEqual(60_000);
  expect(markdown).toMatch(/… and \d+ more problems in the/);
  expect(markdown.indexOf("✋ **")).toBeLessThan(markdown.indexOf("| | Video |"));
  expect(markdown.match(/^\| [✋🔁] /gmu)?.length).toBeGreaterThan(200);
});

test("the same trouble of many videos is told once", () => {
  const alike = Array.from({ length: 40 }, (_, at) => {
    const { action, estimate } = held(at);
    if (action.kind !== "hold" || action.because.kind !== "failed") throw new Error("it is held");
    return { action: { ...action, because: { ...action.because, message: "no capacity" } }, estimate };
  });
  const markdown = commentMarkdown({ plan: planDocument(planOf(alike)) }, where);
  expect(markdown.match(/no capacity/g)).toHaveLength(1);
  expect(markdown).toContain("**40 videos, `held/0` first**");
});

test("whatever the budget, a comment is cut between rows and stays well-formed", () => {
  const told = { result: resultDocument(result) };
  const head = bytesOf(commentMarkdown({ plan: planDocument(planOf([])) }, where));
  fc.assert(
    fc.property(fc.integer({ min: head + 400, max: 8_000 }), (budget) => {
      const markdown = commentMarkdown(told, { ...where, budget });
      expect(bytesOf(markdown)).toBeLessThanOrEqual(budget);
      expect(effectsOf(markdown).skeleton.filter((part) => /left open|without an end|a row of/.test(part))).toEqual([]);
      expect(markdown).toContain("### 🎬 1 generated");
      expect(markdown).toContain("**Cost $4.50");
    }),
    { numRuns: 200 },
  );
});

test("a comment begins with the marker of its scope, and with no other's", () => {
  const markdown = commentMarkdown({ plan: planDocument(plan) }, { ...where, scope: "hr" });
  expect(markdown.startsWith(markerOf("hr"))).toBe(true);
  expect(markdown.startsWith(markerOf("hr2"))).toBe(false);
  expect(markdown.startsWith(markerOf("h"))).toBe(false);
  const alike = ["a/b", "a-b", "a b", "a--b", "a-%2d;b", "A/b"];
  expect(new Set(alike.map(markerOf)).size).toBe(alike.length);
});

test("where a label approves, a plan names the label in place of the command, unless nothing would be done", () => {
  const changed = planDocument(planOf([replaced(1)]));
  const [, , , line] = commentMarkdown({ plan: changed }, { ...where, approveLabel: "go `@team" }).split("\n");
  expect(line).toMatch(/^Plan `\w{10}`.* · approve with label ``go `@team``$/);
  const waiting = planDocument(planOf([held(1)]));
  expect(commentMarkdown({ plan: waiting }, { ...where, approveLabel: "go" })).not.toContain("approve with label");
});

test("the plan that a comment shows is known from its first line, and from nothing below", () => {
  const marker = "<!-- reelform scope=default plan=0123456789 head=abcdef0 emulated sum=00 -->";
  expect(shownPlan(`${marker}\nx`)).toEqual({ digest: "0123456789", head: "abcdef0", emulated: true });
  expect(shownPlan(`x\n${marker}`)).toBeUndefined();
  expect(shownPlan(marker.replace("head=abcdef0", "head=none"))).toBeUndefined();
  const written = commentMarkdown({ plan: planDocument(plan) }, where);
  expect(shownPlan(written)?.digest).toBe(planDocument(plan).digest.replace("sha256:", "").slice(0, 10));
});

test("a pull request that touches no video is not worth a comment", () => {
  const same = unit("intro");
  const keep: PricedAction = { action: { kind: "keep", unit: same, prior: ready(same) }, estimate: price };
  expect(worthTelling({ plan: planDocument(planOf([keep])) })).toBe(false);
  expect(worthTelling({ plan: planDocument(plan) })).toBe(true);
});
