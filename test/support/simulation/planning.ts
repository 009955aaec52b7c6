import type { LockEntry } from "../../../src/model/lock.ts";
import type { PricedAction } from "../../../src/model/plan.ts";
import type { Unit, UnitId } from "../../../src/model/unit.ts";
import { type Budget, overBudget, withinRules } from "../../../src/plan/budget.ts";
import { diff, type Known } from "../../../src/plan/diff.ts";
import { finishing } from "../../../src/plan/finishing.ts";
import { spentInMonth } from "../../../src/plan/month.ts";
import { price, totals } from "../../../src/plan/price.ts";
import { inShard } from "../../../src/plan/shard.ts";
import { waiting } from "../../../src/plan/waiting.ts";
import type { Money, Reconcile } from "./run.ts";

/** As the command does it: decide, price, hold what a rule forbids; undefined where the whole costs too much. */
export function planOf(
  { only, retry = [], submits = true, shard }: Reconcile,
  all: readonly Unit[],
  money: Money | undefined,
  known: Known,
  now: number,
): readonly PricedAction[] | undefined {
  const units = all.filter(({ id }) => only?.has(id) ?? true);
  const decided = diff(units, known, { emulated: false, retry: new Set(retry), forget: only === undefined });
  const exact = { kind: "exact", source: "simulated", asOf: "" } as const;
  const priced = price(decided, () =>
    money === undefined ? { kind: "unknown", because: "simulated" } : { ...exact, amount: money.each },
  );
  const budget: Budget = {
    perRun: money?.perRun,
    perMonth: money?.perMonth,
    maxCost: undefined,
    spentThisMonth: spentInMonth(known, false, now),
    unknown: "allow",
    providers: undefined,
    maxSeconds: undefined,
  };
  const ready = new Set([...known.locks.values()].flatMap((lock) => [...lock.units]).flatMap(readyOnes));
  const actions = waiting(
    withinRules(priced, budget, () => undefined),
    (id) => ready.has(id),
  );
  if (!submits) return finishing(actions);
  if (overBudget(totals(actions).high, budget) !== undefined) return undefined;
  return shard === undefined ? actions : actions.filter((action) => inShard(action, shard));
}

const readyOnes = ([id, entry]: readonly [UnitId, LockEntry]): readonly UnitId[] =>
  entry.state === "ready" ? [id] : [];
