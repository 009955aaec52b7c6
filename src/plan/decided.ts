import type { Estimate } from "../model/money.ts";
import type { PricedAction } from "../model/plan.ts";
import { stepOutputsOf, type Unit, type UnitId } from "../model/unit.ts";
import { type Budget, withinRules } from "./budget.ts";
import { diff, type Known, type Wish } from "./diff.ts";
import { price } from "./price.ts";
import { waiting } from "./waiting.ts";

/** What is known of a request before it is sent. Seconds are those of the video, where the request says. */
export interface Foresight {
  readonly estimate: (unit: Unit) => Estimate;
  readonly seconds: (unit: Unit) => number | undefined;
}

/** What must happen, each with its price, and held where a rule forbids it or what it needs is not there. Pure. */
export function decided(
  units: readonly Unit[],
  known: Known,
  wish: Wish,
  budget: Budget,
  { estimate, seconds }: Foresight,
): readonly PricedAction[] {
  const done = doneIn(known, wish.emulated);
  // What waits takes nothing of a budget from its siblings; and what a rule holds is waited for.
  const priced = waiting(price(diff(units, known, wish), estimate), done);
  return waiting(withinRules(priced, budget, seconds), done);
}

/** Whether a step has the result that a unit asks for: to a real run, an emulated one does not count. */
function doneIn({ locks }: Known, emulated: boolean): (id: UnitId, unit: Unit) => boolean {
  const all = new Map([...locks.values()].flatMap(({ units }) => [...units]));
  return (id, { request }) => {
    const entry = all.get(id);
    if (entry?.state !== "ready" || (entry.origin === "emulated" && !emulated)) return false;
    return stepOutputsOf(request.with).every(({ step, digest }) => step !== id || digest === entry.digest);
  };
}
