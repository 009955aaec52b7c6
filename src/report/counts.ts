import type { PlanTotals } from "../schema/plan.types.ts";
import type { Outcome, ResultTotals } from "../schema/result.types.ts";
import { outcomeSigns, signs } from "./signs.ts";

/** "3 to generate", "1 to update", "41 unchanged": what there is something of. */
export function planCounts(totals: PlanTotals): readonly string[] {
  const counts = new Map<string, number>();
  for (const kind of Object.keys(signs) as (keyof typeof signs)[]) {
    const { counted } = signs[kind];
    counts.set(counted, (counts.get(counted) ?? 0) + totals[kind]);
  }
  return written(counts);
}

/** "3 generated", "1 failed", "41 unchanged": what there is something of. */
export function resultCounts(totals: ResultTotals): readonly string[] {
  const outcomes = Object.keys(outcomeSigns) as Outcome[];
  return written(new Map(outcomes.map((outcome) => [outcomeSigns[outcome].counted, count(totals, outcome)])));
}

export const count = (totals: ResultTotals, outcome: Outcome): number => totals.outcomes[outcome] ?? 0;

const written = (counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts].filter(([, many]) => many > 0).map(([counted, many]) => `${many} ${counted}`);
