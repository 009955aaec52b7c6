import { expect, test } from "vitest";
import { free } from "../../src/model/money.ts";
import { attentionMarkdown } from "../../src/report/attention.ts";
import { checkText } from "../../src/report/check-text.ts";
import { commentMarkdown, summaryMarkdown } from "../../src/report/comment.ts";
import { commitMessage } from "../../src/report/commit-message.ts";
import { planDocument } from "../../src/report/plan-document.ts";
import { planText } from "../../src/report/plan-text.ts";
import { resultDocument } from "../../src/report/result-document.ts";
import { resultText } from "../../src/report/result-text.ts";
import { statusText } from "../../src/report/status-text.ts";
import { whyText } from "../../src/report/why-text.ts";
import { ready, unit } from "../support/builders.ts";
import { expectGolden } from "./golden.ts";
import { plan, planOf, result } from "./sample.ts";

const style = { colour: false, width: 100, target: "terminal" } as const;
const planned = planDocument(plan, { spent: "41.20", limit: "200" });
const came = resultDocument(result);
const where = { scope: "default", budget: 60_000, summaryUrl: "https://github.com/acme/videos/actions/runs/7" };
const emulatedPlan = { ...planned, emulated: true };
const emulatedResult = { ...came, plan: emulatedPlan };
const rows = result.rows.slice(0, 12).map(({ planned: { action }, after }) => ({
  id: action.kind === "forget" ? action.id : action.unit.id,
  entry: after,
}));

test.each([
  ["plan.txt", () => planText(planned, style)],
  ["plan-narrow.txt", () => planText(planned, { ...style, width: 60 })],
  ["plan-colour.txt", () => planText(planned, { ...style, colour: true })],
  ["plan.md", () => commentMarkdown({ plan: planned }, where)],
  ["plan-summary.md", () => summaryMarkdown({ plan: planned })],
  ["result.txt", () => resultText(came, style)],
  ["result.md", () => commentMarkdown({ result: came }, where)],
  [
    "attention.md",
    () =>
      attentionMarkdown(
        { result: came },
        { ...where, commentUrl: "https://github.com/acme/videos/pull/1#issuecomment-2" },
      ),
  ],
  ["check.txt", () => checkText(planned, style)],
  [
    "why.txt",
    () =>
      planned.actions
        .slice(0, 11)
        .map((action) => whyText(action, false, style))
        .join("\n\n--\n\n"),
  ],
  ["status.txt", () => statusText(rows, Date.parse("2026-11-21T09:00:00Z"), style)],
  ["commit.txt", () => commitMessage(came)],
  ["plan-emulated.txt", () => planText(emulatedPlan, style)],
  ["plan-emulated.md", () => commentMarkdown({ plan: emulatedPlan }, where)],
  ["result-emulated.txt", () => resultText(emulatedResult, style)],
  ["result-emulated.md", () => commentMarkdown({ result: emulatedResult }, where)],
])("%s reads as it did", (name, view) => {
  expectGolden(name, view());
});

test("no view of an emulated run shows a sum that could be taken for money", () => {
  const told = [
    planText(emulatedPlan, style),
    commentMarkdown({ plan: emulatedPlan }, where),
    resultText(emulatedResult, style),
    commentMarkdown({ result: emulatedResult }, where),
  ];
  for (const text of told) {
    expect(text).toMatch(/emulated: nothing (is sent or|was) paid/);
    expect(text).not.toMatch(/\bcost \$|(?<!emulated )this month|\*\*(Cost|Estimated)|\| (Est\.|Actual) \|/i);
  }
  const emulated = ready(unit("intro"), {
    origin: "emulated",
    cost: { amount: "4.00", currency: "USD", source: "provider" },
  });
  expect(statusText([{ id: unit("intro").id, entry: emulated }], Date.parse("2026-11-21T09:00:00Z"), style)).toMatch(
    /intro +ready, emulated +22 h +emulated \$4\.00/,
  );
});

test("a plan of unchanged videos is a count, and names no command", () => {
  const same = unit("intro");
  const quiet = planDocument(planOf([{ action: { kind: "keep", unit: same, prior: ready(same) }, estimate: free }]));
  expect(planText(quiet, style)).toBe("plan 7c1e90b2a4 for 4f0c9d1\n\n1 unchanged · costs nothing");
  expect(checkText(quiet, style)).toBe("✓ 1 video as specified");
});

test("an unknown price is never shown as nothing", () => {
  const only = planOf([
    {
      action: { kind: "create", unit: unit("teaser"), because: "new" },
      estimate: { kind: "unknown", because: "no price is published" },
    },
  ]);
  const text = planText(planDocument(only), style);
  expect(text).toContain("estimated $0.00 + 1 unknown price");
  expect(text).toMatch(/\+ teaser +new +unknown/);
  expect(text).toContain("next: reelform reconcile --expect 7c1e90b2a4 --allow-unknown-cost");
});
