import { ceiling, decimal, plus, type Usd, zero } from "../model/money.ts";
import { type HoldReason, mayBePaid, type PricedAction } from "../model/plan.ts";
import type { SpecId, Unit } from "../model/unit.ts";

export interface Budget {
  readonly perRun: Usd | undefined;
  readonly perMonth: Usd | undefined;
  /** `--max-cost`: the ceiling that somebody approved. */
  readonly maxCost: Usd | undefined;
  readonly spentThisMonth: Usd;
  /** What happens to a unit whose price nobody knows. `ask` holds it until somebody says `--allow-unknown-cost`. */
  readonly unknown: "ask" | "allow" | "deny";
  readonly providers: readonly string[] | undefined;
  /** The longest video that one request may ask for. */
  readonly maxSeconds: number | undefined;
}

/** For what pays for nothing. */
export const noBudget: Budget = {
  perRun: undefined,
  perMonth: undefined,
  maxCost: undefined,
  spentThisMonth: zero,
  unknown: "allow",
  providers: undefined,
  maxSeconds: undefined,
};

/** Holds every single unit that a rule forbids; the others keep their place. */
export function withinRules(
  actions: readonly PricedAction[],
  budget: Budget,
  secondsOf: (unit: Unit) => number | undefined,
): readonly PricedAction[] {
  const perSpec = new Map<SpecId, Usd>();
  return actions.map((priced) => {
    const { action, estimate } = priced;
    if (!mayBePaid(action)) return priced;
    const held = (because: HoldReason): PricedAction => ({
      ...priced,
      action: { kind: "hold", unit: action.unit, because },
    });

    const { provider, specId, max } = action.unit;
    if (budget.providers !== undefined && !budget.providers.includes(provider)) {
      return held({ kind: "policy", rule: `policy.providers does not list ${provider}` });
    }
    const seconds = secondsOf(action.unit);
    if (budget.maxSeconds !== undefined && seconds !== undefined && seconds > budget.maxSeconds) {
      return held({ kind: "policy", rule: `${seconds} s is more than policy.maxSeconds of ${budget.maxSeconds}` });
    }
    const most = ceiling(estimate);
    if (most === undefined) {
      return budget.unknown === "allow" || estimate.kind !== "unknown"
        ? priced
        : held({ kind: "unknown-price", because: estimate.because });
    }
    const soFar = plus(perSpec.get(specId) ?? zero, most);
    if (max !== undefined && soFar > max) {
      return held({ kind: "over-budget", limit: `this spec's budget.max of $${decimal(max)}` });
    }
    perSpec.set(specId, soFar);
    return priced;
  });
}

/** Why the plan as a whole may not begin, or undefined. Checked before the first request, so that a stop costs nothing. */
export function overBudget(high: Usd, budget: Budget): string | undefined {
  const month = plus(budget.spentThisMonth, high);
  const needs = `this plan may cost $${decimal(high)}`;
  if (budget.maxCost !== undefined && high > budget.maxCost)
    return `${needs}, more than --max-cost ${decimal(budget.maxCost)}`;
  if (budget.perRun !== undefined && high > budget.perRun)
    return `${needs}, more than budget.perRun of $${decimal(budget.perRun)}`;
  if (budget.perMonth !== undefined && high > zero && month > budget.perMonth) {
    return `${needs} on top of $${decimal(budget.spentThisMonth)} this month, more than budget.perMonth of $${decimal(budget.perMonth)}`;
  }
  return undefined;
}
