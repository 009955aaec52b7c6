import { ceiling, type Estimate, type Usd } from "../model/money.ts";
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

const essenceOf = ({ action, estimate }: PricedAction): string =>
  line({ unit: idOf(action), kind: action.kind, digest: digestOf(action), prior: prior(action), estimate });

/** What approval binds of one action. */
interface Bound {
  readonly unit: string;
  readonly kind: string;
  readonly digest: string;
  readonly prior: string | null;
  readonly estimate: Estimate;
}

function line({ unit, kind, digest, prior, estimate }: Bound): string {
  const price =
    estimate.kind === "exact"
      ? [estimate.amount]
      : estimate.kind === "range"
        ? [estimate.low, estimate.high]
        : ["unknown"];
  return JSON.stringify([unit, kind, digest, prior, ...price]);
}

/** The same lines, of a plan that was read from its file. */
export const essenceOfLines = (bound: readonly Bound[]): string =>
  bound
    .filter(({ kind }) => kind !== "keep")
    .map(line)
    .sort()
    .join("\n");

const prior = (action: Action): string | null => ("prior" in action ? action.prior.digest : null);

/** One line of an approved plan, as its file keeps it. */
export interface Approved {
  readonly unit: string;
  readonly kind: string;
  readonly digest: string;
  /** The most that it was to cost, or undefined where nobody knew. */
  readonly most: Usd | undefined;
}

/** The lines of a plan that was approved as a whole. */
export const linesOf = (actions: readonly PricedAction[]): readonly Approved[] =>
  actions.map(({ action, estimate }) => ({
    unit: idOf(action),
    kind: action.kind,
    digest: digestOf(action),
    most: ceiling(estimate),
  }));

/** What is left of an approved plan of which something was begun since, and failed: nobody agreed to pay for that again. */
export const linesWithout = (actions: readonly PricedAction[], used: ReadonlySet<string>): readonly Approved[] =>
  linesOf(actions).filter(({ digest }) => !used.has(digest));

/**
 * The plan with everything stopped that was not approved as it is now. Staleness is per unit: what others changed
 * meanwhile holds nobody else's video up.
 */
export function onlyApproved(actions: readonly PricedAction[], approved: readonly Approved[]): readonly PricedAction[] {
  const lines = new Map(approved.map((line) => [`${line.unit} ${line.kind} ${line.digest}`, line]));
  return staleUnless(actions, (kinds, { id, digest }, estimate) =>
    kinds.some((kind) => {
      const line = lines.get(`${id} ${kind} ${digest}`);
      return line !== undefined && isWithin(estimate, line.most);
    }),
  );
}

/** A price that has risen, or is not known any more, was not approved. */
function isWithin(estimate: Estimate, approved: Usd | undefined): boolean {
  const most = ceiling(estimate);
  return approved === undefined || (most !== undefined && most <= approved);
}

/**
 * The plan with everything stopped that may spend, or changes something at a provider: another plan was approved. What
 * is paid for already is still finished.
 */
export const nothingNew = (actions: readonly PricedAction[]): readonly PricedAction[] =>
  staleUnless(actions, () => false);

function staleUnless(
  actions: readonly PricedAction[],
  isApproved: (kinds: readonly string[], unit: Unit, estimate: Estimate) => boolean,
): readonly PricedAction[] {
  return actions.map((priced) => {
    const { action, estimate } = priced;
    // A doubt is what is left of a create or a replace, and may have been approved as one.
    const kinds = action.kind === "resume" ? ["create", "replace", "resume"] : [action.kind];
    const binds = mayBePaid(action) || action.kind === "update";
    if (!binds || isApproved(kinds, action.unit, estimate)) return priced;
    return { ...priced, action: { kind: "hold", unit: action.unit, because: { kind: "stale" } } };
  });
}
