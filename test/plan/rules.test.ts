import { describe, expect, test } from "vitest";
import { decimal, type Estimate, usd, zero } from "../../src/model/money.ts";
import type { Action, PricedAction } from "../../src/model/plan.ts";
import type { Unit } from "../../src/model/unit.ts";
import { essence, nothingNew, onlyApproved } from "../../src/plan/approve.ts";
import { type Budget, overBudget, withinRules } from "../../src/plan/budget.ts";
import { decided } from "../../src/plan/decided.ts";
import { price, totals } from "../../src/plan/price.ts";
import { exclude, type Facts, select } from "../../src/plan/select.ts";
import { waiting } from "../../src/plan/waiting.ts";
import { claimed, journalled, ready, unit } from "../support/builders.ts";

const exact = (dollars: string): Estimate => ({
  kind: "exact",
  amount: usd(dollars),
  source: "a list",
  asOf: "2026-05",
});
const unknown: Estimate = { kind: "unknown", because: "no list" };
const create = (of: Unit): Action => ({ kind: "create", unit: of, because: "new" });
const priced = (of: Unit, estimate: Estimate): PricedAction => ({ action: create(of), estimate });

const free: Budget = {
  perRun: undefined,
  perMonth: undefined,
  maxCost: undefined,
  spentThisMonth: zero,
  unknown: "ask",
  providers: undefined,
  maxSeconds: undefined,
};
const anyLength = (): undefined => undefined;
const kinds = (actions: readonly PricedAction[]): readonly string[] =>
  actions.map(({ action }) => (action.kind === "hold" ? `hold ${action.because.kind}` : action.kind));

describe("money", () => {
  test.each([
    [0, "0.00"],
    ["0.5", "0.50"],
    [4, "4.00"],
    ["0.125", "0.125"],
    ["0.000001", "0.000001"],
    [1234567.89, "1234567.89"],
    [-2.5, "-2.50"],
  ])("%s dollars are written %s", (amount, text) => {
    expect(decimal(usd(amount))).toBe(text);
  });

  test("ten cents, ten times, are one dollar", () => {
    const sum = Array.from({ length: 10 }, () => usd("0.1")).reduce((a, b) => (a + b) as typeof a, zero);
    expect(decimal(sum)).toBe("1.00");
  });

  test.each(["", "a lot", "NaN", "1e400"])("%j is no amount", (text) => {
    expect(() => usd(text === "" ? Number.NaN : text)).toThrow(RangeError);
  });
});

describe("prices", () => {
  const [a, b, c] = [unit("a"), unit("b"), unit("c")];
  const actions: readonly Action[] = [
    create(a),
    { kind: "resume", unit: b, of: { kind: "in-doubt", attempt: claimed(b) as never } },
    { kind: "keep", unit: c, prior: ready(c) },
  ];

  test("what is in doubt may cost its price once more, or nothing", () => {
    const sum = totals(price(actions, () => exact("2")));
    expect([decimal(sum.low), decimal(sum.high), sum.unpriced]).toEqual(["2.00", "4.00", 0]);
  });

  test("what waits for a step takes nothing of its spec's budget from what can begin", () => {
    const [lost, sibling] = [unit("film"), unit("film@b", { max: usd(5) })];
    const after = unit("film#describe", { max: usd(5), needs: [lost.id] });
    const attempt = { ...claimed(lost), state: "unknown", submittedAt: "", message: "", asked: true } as const;
    const known = { locks: new Map(), journal: journalled([lost, attempt]), alive: () => false };
    const wish = { emulated: false, retry: new Set<never>(), forget: true };
    const foresight = { estimate: ({ id }: Unit) => exact(id === sibling.id ? "3" : "4"), seconds: anyLength };
    const actions = decided([lost, after, sibling], known, wish, free, foresight);
    expect(kinds(actions)).toEqual(["hold unknown", "hold upstream", "create"]);
  });

  test("what is only looked for again costs nothing, and holds what needs it", () => {
    const lost = { kind: "resume", unit: b, of: { kind: "unsettled", attempt: claimed(b) as never } } as const;
    const after = create(unit("b#describe", { needs: [b.id] }));
    const all = price([lost, after], () => exact("2"));
    expect(decimal(totals(all.slice(0, 1)).high)).toBe("0.00");
    expect(kinds(waiting(all, () => true))).toEqual(["resume", "hold upstream"]);
  });

  test("an unknown price is counted, never added as nothing", () => {
    const sum = totals(price(actions, () => unknown));
    expect([decimal(sum.high), sum.unpriced]).toEqual(["0.00", 2]);
  });
});

describe("rules for single units", () => {
  const [en, es] = [unit("intro@en", { max: usd(6) }), unit("intro@es", { max: usd(6) })];

  test("a spec's ceiling holds the cell that would pass it, and no other", () => {
    expect(kinds(withinRules([priced(en, exact("4")), priced(es, exact("4"))], free, anyLength))).toEqual([
      "create",
      "hold over-budget",
    ]);
  });

  test.each([
    ["ask", "hold unknown-price"],
    ["deny", "hold unknown-price"],
    ["allow", "create"],
  ] as const)("with unknown: %s a unit without a price is %s", (policy, kind) => {
    expect(kinds(withinRules([priced(en, unknown)], { ...free, unknown: policy }, anyLength))).toEqual([kind]);
  });

  test("a video longer than the policy allows is held, one of just that length is not", () => {
    const length = ({ id }: Unit): number => (id === en.id ? 120 : 120.5);
    const actions = [priced(en, exact("1")), priced(es, exact("1"))];
    expect(kinds(withinRules(actions, { ...free, maxSeconds: 120 }, length))).toEqual(["create", "hold policy"]);
  });

  test("a provider that the policy does not list is not used", () => {
    expect(kinds(withinRules([priced(en, exact("1"))], { ...free, providers: ["openrouter"] }, anyLength))).toEqual([
      "hold policy",
    ]);
  });
});

describe("limits for a run", () => {
  test.each([
    ["below every limit", { perRun: usd(8), perMonth: usd(100) }, undefined],
    ["one cent above --max-cost", { maxCost: usd("7.99") }, "--max-cost"],
    ["exactly --max-cost", { maxCost: usd(8) }, undefined],
    ["one cent above perRun", { perRun: usd("7.99") }, "perRun"],
    ["one cent above what is left of the month", { perMonth: usd("17.99"), spentThisMonth: usd(10) }, "perMonth"],
    ["exactly what is left of the month", { perMonth: usd(18), spentThisMonth: usd(10) }, undefined],
  ] as const)("eight dollars, %s", (_name, limits, named) => {
    const refusal = overBudget(usd(8), { ...free, ...limits });
    if (named === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toContain(named);
  });

  test("a free run is never over a month that is", () => {
    expect(overBudget(zero, { ...free, perMonth: usd(1), spentThisMonth: usd(10) })).toBeUndefined();
  });
});

describe("approval", () => {
  const [a, b] = [unit("a"), unit("b")];
  const plan = [priced(a, exact("1")), priced(b, exact("2"))];

  test("binds unit, kind, request and price, and not their order", () => {
    expect(essence([...plan].reverse())).toBe(essence(plan));
    expect(essence([priced(a, exact("1")), priced(b, exact("2.01"))])).not.toBe(essence(plan));
    expect(essence([priced(a, exact("1")), priced(unit("b", { take: 2 }), exact("2"))])).not.toBe(essence(plan));
  });

  test("a unit whose request changed is stale, the others go on", () => {
    const approved = [
      { unit: "a", kind: "create", digest: a.digest, most: undefined },
      { unit: "b", kind: "create", digest: unit("b", { with: { prompt: "as it was" } }).digest, most: undefined },
    ];
    expect(kinds(onlyApproved(plan, approved))).toEqual(["create", "hold stale"]);
  });

  test("another plan stops what would spend and nothing else", () => {
    const resume: PricedAction = {
      action: {
        kind: "resume",
        unit: b,
        of: { kind: "running", job: { id: "j" }, submittedAt: "2026-11-20T10:00:00Z" },
      },
      estimate: exact("0"),
    };
    expect(kinds(nothingNew([priced(a, exact("1")), resume]))).toEqual(["hold stale", "resume"]);
  });
});

describe("selectors", () => {
  const units = [
    unit("onboarding/intro@en", { labels: { team: "hr" } }),
    unit("onboarding/intro@es", { labels: { team: "hr" } }),
    unit("onboarding/intro@es#describe"),
    unit("hr/policies", { labels: { team: "legal" } }),
    unit("teaser"),
  ];
  const facts: Facts = {
    state: ({ id }) => (id === "teaser" ? "failed" : "ready"),
    changed: ({ id }) => id === "hr/policies",
  };
  const ids = (selector: string): readonly string[] => select(units, [selector], facts).map(({ id }) => id);

  test.each([
    ["onboarding/intro", ["onboarding/intro@en", "onboarding/intro@es", "onboarding/intro@es#describe"]],
    ["onboarding/intro@es", ["onboarding/intro@es", "onboarding/intro@es#describe"]],
    ["onboarding/intro@es#describe", ["onboarding/intro@es#describe"]],
    ["onboarding/*@es", ["onboarding/intro@es"]],
    ["videos/hr/**", ["hr/policies"]],
    ["videos/hr", ["hr/policies"]],
    ["**/policies.yaml", ["hr/policies"]],
    ["label:team=hr", ["onboarding/intro@en", "onboarding/intro@es"]],
    ["label:team", ["onboarding/intro@en", "onboarding/intro@es", "hr/policies"]],
    ["provider:golpo", units.map(({ id }) => id)],
    ["state:failed", ["teaser"]],
    ["changed:origin/main", ["hr/policies"]],
    ["on", []],
  ])("%s", (selector, expected) => {
    expect(ids(selector)).toEqual(expected);
  });

  test("exclude takes away what the same words select", () => {
    expect(exclude(units, ["label:team=hr", "teaser"], facts).map(({ id }) => id)).toEqual([
      "onboarding/intro@es#describe",
      "hr/policies",
    ]);
  });
});
