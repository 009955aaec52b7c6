import type { FailureClass, Job } from "./job.ts";
import type { ClaimedAttempt, ReadyAttempt, UnknownAttempt } from "./journal.ts";
import type { LockEntry } from "./lock.ts";
import type { Estimate, Usd } from "./money.ts";
import type { Problem } from "./problem.ts";
import type { Asset, Digest, RepoPath, Unit, UnitId } from "./unit.ts";

/** One field that differs from what was generated, with the values where they are known. */
export interface Change {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

/** Paid for already: only polling is left. */
export interface Running {
  readonly kind: "running";
  readonly job: Job;
  readonly submittedAt: string;
}

/**
 * A run died between its claim and the provider's answer. The provider is asked first; only when it certainly never
 * took the request on is it submitted, which is why such an action has a price.
 */
export interface InDoubt {
  readonly kind: "in-doubt";
  readonly attempt: ClaimedAttempt | UnknownAttempt;
}

/**
 * The provider was asked and could not tell, but its list may show the job yet. It is looked for again, which is free,
 * and never submitted again by itself.
 */
export interface Unsettled {
  readonly kind: "unsettled";
  readonly attempt: UnknownAttempt;
}

/** Another unit of the same plan asks for exactly the same: one job serves both. */
export interface SameRequest {
  readonly unit: UnitId;
}

export type HoldReason =
  | { readonly kind: "failed"; readonly class: FailureClass; readonly message: string }
  | { readonly kind: "unknown"; readonly attempt: string; readonly since: string }
  | { readonly kind: "theirs"; readonly run: string; readonly since: string }
  | { readonly kind: "upstream"; readonly needs: UnitId }
  | { readonly kind: "protected" }
  | { readonly kind: "over-budget"; readonly limit: string }
  | { readonly kind: "unknown-price"; readonly because: string }
  | { readonly kind: "policy"; readonly rule: string }
  | { readonly kind: "stale" };

export type Action =
  | { readonly kind: "create"; readonly unit: Unit; readonly because: "new" | "emulated" | "retry" }
  | { readonly kind: "replace"; readonly unit: Unit; readonly because: readonly Change[]; readonly prior: LockEntry }
  | { readonly kind: "update"; readonly unit: Unit; readonly changes: readonly Change[]; readonly prior: LockEntry }
  | { readonly kind: "resume"; readonly unit: Unit; readonly of: Running | InDoubt | Unsettled }
  | { readonly kind: "reuse"; readonly unit: Unit; readonly from: ReadyAttempt | SameRequest }
  | {
      readonly kind: "move";
      readonly unit: Unit;
      readonly from: UnitId;
      readonly fromSpec: RepoPath;
      readonly prior: LockEntry;
    }
  | { readonly kind: "hold"; readonly unit: Unit; readonly because: HoldReason }
  | { readonly kind: "keep"; readonly unit: Unit; readonly prior: LockEntry }
  | { readonly kind: "forget"; readonly id: UnitId; readonly spec: RepoPath; readonly prior: LockEntry };

export interface PricedAction {
  readonly action: Action;
  readonly estimate: Estimate;
}

export interface Totals {
  readonly create: number;
  readonly replace: number;
  readonly update: number;
  readonly resume: number;
  readonly reuse: number;
  readonly move: number;
  readonly hold: number;
  readonly keep: number;
  readonly forget: number;
  /** The sum of what is known; with ranges, its two ends. */
  readonly low: Usd;
  readonly high: Usd;
  /** Paid actions without a price. Not part of the sum, and never zero dollars. */
  readonly unpriced: number;
}

/** What will happen and why. Everything that a view prints and that approval binds. */
export interface Plan {
  /** Over every action's unit, kind, request digest, prior digest and price, and whether it is emulated; not over time, host or order. */
  readonly digest: string;
  /** The commit that was planned, or undefined outside Git. */
  readonly head: string | undefined;
  readonly emulated: boolean;
  readonly actions: readonly PricedAction[];
  readonly totals: Totals;
  /** Local files that would leave the machine, each once. */
  readonly uploads: readonly Asset[];
  readonly warnings: readonly Problem[];
}

/** Carrying it out begins a new job, and so a new bill. */
type PaidAction = Extract<Action, { kind: "create" | "replace" }>;

export const paid = (action: Action): action is PaidAction => action.kind === "create" || action.kind === "replace";

/** Whether it may end in a new bill: what is in doubt is submitted once more when it was never taken on. */
export const mayBePaid = (
  action: Action,
): action is PaidAction | (Extract<Action, { kind: "resume" }> & { readonly of: InDoubt }) =>
  paid(action) || (action.kind === "resume" && action.of.kind === "in-doubt");

export const idOf = (action: Action): UnitId => (action.kind === "forget" ? action.id : action.unit.id);

export const digestOf = (action: Action): Digest =>
  action.kind === "forget" ? action.prior.digest : action.unit.digest;
