import { ceiling, type Estimate, free, plus, type Usd, usd, zero } from "../model/money.ts";
import { type Action, mayBePaid, type PricedAction, paid, type Totals } from "../model/plan.ts";
import type { Unit } from "../model/unit.ts";

/** Puts a price on every action. What begins no job is free, and what is in doubt may cost its price once more. */
export function price(actions: readonly Action[], estimate: (unit: Unit) => Estimate): readonly PricedAction[] {
  return actions.map((action) => ({ action, estimate: estimateOf(action, estimate) }));
}

function estimateOf(action: Action, estimate: (unit: Unit) => Estimate): Estimate {
  if (!mayBePaid(action)) return free;
  const most = estimate(action.unit);
  if (paid(action) || most.kind === "unknown") return most;
  const { source, asOf } = most;
  return { kind: "range", low: zero, high: ceiling(most) ?? zero, source, asOf };
}

const floor = (estimate: Estimate): Usd => {
  if (estimate.kind === "exact") return estimate.amount;
  return estimate.kind === "range" ? estimate.low : zero;
};

export function totals(actions: readonly PricedAction[]): Totals {
  // What is held is not begun, whatever it would cost.
  const begun = actions.filter(({ action }) => action.kind !== "hold");
  const count = (kind: Action["kind"]): number => actions.filter(({ action }) => action.kind === kind).length;
  return {
    create: count("create"),
    replace: count("replace"),
    update: count("update"),
    resume: count("resume"),
    reuse: count("reuse"),
    move: count("move"),
    hold: count("hold"),
    keep: count("keep"),
    forget: count("forget"),
    low: begun.reduce((sum, { estimate }) => plus(sum, floor(estimate)), zero),
    high: begun.reduce((sum, { estimate }) => plus(sum, ceiling(estimate) ?? zero), zero),
    unpriced: begun.filter(({ estimate }) => estimate.kind === "unknown").length,
  };
}

/** What a lock says a unit has cost, in dollars; other currencies and unknown costs count as nothing here. */
export const spent = (cost: { readonly amount: string; readonly currency: string } | undefined): Usd =>
  cost?.currency === "USD" ? usd(cost.amount) : zero;
