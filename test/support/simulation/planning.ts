import type { Action, PricedAction } from "../../../src/model/plan.ts";
import type { Unit } from "../../../src/model/unit.ts";
import { type Budget, noBudget, overBudget } from "../../../src/plan/budget.ts";
import { decided } from "../../../src/plan/decided.ts";
import type { Known } from "../../../src/plan/diff.ts";
import { finishing } from "../../../src/plan/finishing.ts";
import { spentInMonth } from "../../../src/plan/month.ts";
import { totals } from "../../../src/plan/price.ts";
import { inShard } from "../../../src/plan/shard.ts";
import type { Money, Reconcile } from "./run.ts";

/** All that is to happen, and what of it this run carries out. */
export interface PlanOfARun {
  readonly all: readonly Action[];
  readonly own: readonly PricedAction[];
}

/** As the command does it; undefined where the whole costs too much. */
export function planOf(
  { only, retry = [], submits = true, shard }: Reconcile,
  every: readonly Unit[],
  money: Money | undefined,
  known: Known,
  now: number,
): PlanOfARun | undefined {
  const units = every.filter(({ id }) => only?.has(id) ?? true);
  const budget: Budget = submits
    ? {
        ...noBudget,
        perRun: money?.perRun,
        perMonth: money?.perMonth,
        spentThisMonth: spentInMonth(known, false, now),
      }
    : noBudget;
  const exact = { kind: "exact", source: "simulated", asOf: "" } as const;
  const wish = { emulated: false, retry: new Set(retry), forget: only === undefined };
  const actions = decided(units, known, wish, budget, {
    estimate: () =>
      money === undefined ? { kind: "unknown", because: "simulated" } : { ...exact, amount: money.each },
    seconds: () => undefined,
  });
  const all = actions.map(({ action }) => action);
  if (!submits) return { all, own: finishing(actions) };
  if (overBudget(totals(actions).high, budget) !== undefined) return undefined;
  return { all, own: shard === undefined ? actions : actions.filter((action) => inShard(action, shard)) };
}
