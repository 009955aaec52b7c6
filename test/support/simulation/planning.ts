import type { PricedAction } from "../../../src/model/plan.ts";
import type { Unit } from "../../../src/model/unit.ts";
import { type Budget, overBudget } from "../../../src/plan/budget.ts";
import { decided } from "../../../src/plan/decided.ts";
import type { Known } from "../../../src/plan/diff.ts";
import { finishing } from "../../../src/plan/finishing.ts";
import { spentInMonth } from "../../../src/plan/month.ts";
import { totals } from "../../../src/plan/price.ts";
import { inShard } from "../../../src/plan/shard.ts";
import type { Money, Reconcile } from "./run.ts";

/** As the command does it; undefined where the whole costs too much. */
export function planOf(
  { only, retry = [], submits = true, shard }: Reconcile,
  all: readonly Unit[],
  money: Money | undefined,
  known: Known,
  now: number,
): readonly PricedAction[] | undefined {
  const units = all.filter(({ id }) => only?.has(id) ?? true);
  const budget: Budget = {
    perRun: money?.perRun,
    perMonth: money?.perMonth,
    maxCost: undefined,
    spentThisMonth: spentInMonth(known, false, now),
    unknown: "allow",
    providers: undefined,
    maxSeconds: undefined,
  };
  const exact = { kind: "exact", source: "simulated", asOf: "" } as const;
  const wish = { emulated: false, retry: new Set(retry), forget: only === undefined };
  const actions = decided(units, known, wish, budget, {
    estimate: () =>
      money === undefined ? { kind: "unknown", because: "simulated" } : { ...exact, amount: money.each },
    seconds: () => undefined,
  });
  if (!submits) return finishing(actions);
  if (overBudget(totals(actions).high, budget) !== undefined) return undefined;
  return shard === undefined ? actions : actions.filter((action) => inShard(action, shard));
}
