import { sha256 } from "../io/sha256.ts";
import type { FailureClass } from "../model/job.ts";
import type { Plan, PricedAction } from "../model/plan.ts";
import type { Problem } from "../model/problem.ts";
import type { Facts } from "../model/provider.ts";
import { type Asset, assetsOf, type Unit } from "../model/unit.ts";
import { essence } from "../plan/approve.ts";
import type { Budget } from "../plan/budget.ts";
import { decided } from "../plan/decided.ts";
import type { Known } from "../plan/diff.ts";
import { totals } from "../plan/price.ts";
import { inShard, type Shard } from "../plan/shard.ts";
import { providerNamed } from "./connections.ts";

export interface Decision {
  readonly units: readonly Unit[];
  readonly known: Known;
  readonly budget: Budget;
  readonly emulated: boolean;
  readonly retry: readonly FailureClass[];
  /** Whether all specs are planned, so that what is missing is gone. */
  readonly whole: boolean;
  readonly head: string | undefined;
  /** What is known beside a unit's request. */
  readonly facts: (unit: Unit) => Facts;
  readonly warnings: readonly Problem[];
}

/** Everything a plan says, from everything that is known. Touches nothing. */
export function decide(from: Decision): Plan {
  const { units, known, emulated, retry, whole } = from;
  const wish = { emulated, retry: new Set(retry), forget: whole };
  const actions = decided(units, known, wish, from.budget, {
    estimate: (unit) => providerNamed(unit.provider).estimate(unit.request, from.facts(unit)),
    seconds: (unit) => providerNamed(unit.provider).seconds?.(unit.request, from.facts(unit)),
  });
  return planOf(actions, from);
}

/** What approval binds a plan by. That of an emulated plan is another one, so that it approves no run that pays. */
export const digestOver = (lines: string, emulated: boolean): string =>
  `sha256:${sha256(emulated ? `emulated\n${lines}` : lines)}`;

/** The plan that these actions make: its digest, its sums and what would leave the machine. */
export function planOf(
  actions: readonly PricedAction[],
  { head, emulated, warnings }: Pick<Decision, "head" | "emulated" | "warnings">,
): Plan {
  return {
    digest: digestOver(essence(actions), emulated),
    head,
    emulated,
    actions,
    totals: totals(actions),
    uploads: uploadsOf(actions),
    warnings,
  };
}

/** What one run of several carries out of a plan: a plan of its own. All parts together are the whole. */
export const partOf = (plan: Plan, shard: Shard | undefined): Plan =>
  shard === undefined
    ? plan
    : planOf(
        plan.actions.filter((action) => inShard(action, shard)),
        plan,
      );

function uploadsOf(actions: readonly PricedAction[]): readonly Asset[] {
  const sent = actions.flatMap(({ action }) =>
    action.kind === "create" || action.kind === "replace" ? assetsOf(action.unit.request.with) : [],
  );
  return [...new Map(sent.map((asset) => [`${asset.asset} ${asset.sha256}`, asset])).values()];
}
