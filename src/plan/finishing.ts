import { type Action, idOf, type PricedAction } from "../model/plan.ts";
import type { UnitId } from "../model/unit.ts";

/** What can be finished without beginning or changing anything at a provider; a unit that asks for the same as another goes with that one. */
export function finishing(actions: readonly PricedAction[]): readonly PricedAction[] {
  const own = new Set(
    actions
      .map(({ action }) => action)
      .filter(finishes)
      .map(idOf),
  );
  return actions.filter(({ action }) => {
    const other = sameAs(action);
    return other === undefined ? own.has(idOf(action)) : own.has(other);
  });
}

/** Locks that follow their specs are part of what others began. What waits for a person is told each time. */
const finishes = (action: Action): boolean =>
  (["resume", "reuse", "keep", "move", "forget"].includes(action.kind) && sameAs(action) === undefined) ||
  (action.kind === "hold" && action.because.kind === "unknown");

/** The unit of the same plan that this one gets its result from. */
const sameAs = (action: Action): UnitId | undefined =>
  action.kind === "reuse" && !("state" in action.from) ? action.from.unit : undefined;
