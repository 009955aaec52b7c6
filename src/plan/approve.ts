import type { Action, PricedAction } from "../model/plan.ts";
import { digestOf, idOf, mayBePaid } from "../model/plan.ts";
import type { Unit } from "../model/unit.ts";

/** The lines that a plan's digest is taken over: unit, kind, request, prior result and price; not time, host or order. */
export function essence(actions: readonly PricedAction[]): string {
  return actions
    .filter(({ action }) => action.kind !== "keep")
    .map((priced) => essenceOf(priced))
    .sort()
    .join("\n");
}

function essenceOf({ action, estimate }: PricedAction): string {
  const price =
    estimate.kind === "exact"
      ? [estimate.amount]
      : estimate.kind === "range"
        ? [estimate.low, estimate.high]
        : ["unknown"];
  return JSON.stringify([idOf(action), action.kind, digestOf(action), prior(action), ...price]);
}

const prior = (action: Action): string | null => ("prior" in action ? action.prior.digest : null);

/** One line of an approved plan, as its file keeps it. */
export interface Approved {
  readonly unit: string;
  readonly kind: string;
  readonly digest: string;
}

/**
 * The plan with everything stopped that was not approved as it is now. Staleness is per unit: what others changed
 * meanwhile holds nobody else's video up.
 */
export function onlyApproved(actions: readonly PricedAction[], approved: readonly Approved[]): readonly PricedAction[] {
  const lines = new Set(approved.map(({ unit, kind, digest }) => `${unit} ${kind} ${digest}`));
  return staleUnless(actions, (kinds, { id, digest }) => kinds.some((kind) => lines.has(`${id} ${kind} ${digest}`)));
}

/** The plan with everything stopped that may spend: another plan was approved. What is paid for already is still finished. */
export const nothingNew = (actions: readonly PricedAction[]): readonly PricedAction[] =>
  staleUnless(actions, () => false);

function staleUnless(
  actions: readonly PricedAction[],
  isApproved: (kinds: readonly string[], unit: Unit) => boolean,
): readonly PricedAction[] {
  return actions.map((priced) => {
    const { action } = priced;
    // A doubt is what is left of a create or a replace, and may have been approved as one.
    const kinds = action.kind === "resume" ? ["create", "replace", "resume"] : [action.kind];
    if (!mayBePaid(action) || isApproved(kinds, action.unit)) return priced;
    return { ...priced, action: { kind: "hold", unit: action.unit, because: { kind: "stale" } } };
  });
}
