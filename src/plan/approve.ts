import type { Action, PricedAction } from "../model/plan.ts";
import { digestOf, idOf, paid } from "../model/plan.ts";

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
  return actions.map((priced) => {
    const { action } = priced;
    if (!paid(action) || action.kind === "forget") return priced;
    if (lines.has(`${action.unit.id} ${action.kind} ${action.unit.digest}`)) return priced;
    return { ...priced, action: { kind: "hold", unit: action.unit, because: { kind: "stale" } } };
  });
}
