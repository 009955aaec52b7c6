import { type Action, idOf, type PricedAction, paid } from "../model/plan.ts";
import type { Unit, UnitId } from "../model/unit.ts";

/**
 * Holds what needs the result of a held step, so that no plan promises what cannot be begun. A step that is not planned
 * at all must have the result already that `unit` asks for, which `done` tells.
 */
export function waiting(
  actions: readonly PricedAction[],
  done: (id: UnitId, unit: Unit) => boolean,
): readonly PricedAction[] {
  const planned = new Set(actions.map(({ action }) => idOf(action)));
  const held = new Set<UnitId>();
  return actions.map((priced) => {
    const { action } = priced;
    if (action.kind === "hold" || isUnsettled(action)) held.add(action.unit.id);
    if (!paid(action)) return priced;
    const { unit } = action;
    const needs = unit.needs.find((id) => held.has(id) || !(planned.has(id) || done(id, unit)));
    if (needs === undefined) return priced;
    held.add(unit.id);
    return { ...priced, action: { kind: "hold", unit, because: { kind: "upstream", needs } } };
  });
}

/** A person is needed as much as for a hold, unless one more look happens to find it. */
const isUnsettled = (action: Action): action is Extract<Action, { kind: "resume" }> =>
  action.kind === "resume" && action.of.kind === "unsettled";
