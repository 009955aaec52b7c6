import type { FailureClass } from "./job.ts";
import type { Attempt } from "./journal.ts";
import type { LockEntry } from "./lock.ts";
import type { Plan, PricedAction } from "./plan.ts";
import type { Digest } from "./unit.ts";

export interface ResultRow {
  readonly planned: PricedAction;
  readonly before: LockEntry | undefined;
  /** What the lock says now. Absent for what was forgotten, and for what was never begun. */
  readonly after: LockEntry | undefined;
  /** Why nothing, or not everything, was done: held, stale, interrupted, waiting. */
  readonly note: string | undefined;
  /** The provider would not take the request on: nothing was begun and nothing billed. */
  readonly turnedAway?: { readonly class: FailureClass; readonly message: string };
}

/** What no spec of this checkout asks for, as it stands in the journal. */
export interface UnaskedRow {
  readonly digest: Digest;
  readonly attempt: Attempt;
}

/** What came of a plan. Nothing here is new: it is the plan, and the locks before and after. */
export interface Result {
  readonly plan: Plan;
  readonly rows: readonly ResultRow[];
  readonly unasked: readonly UnaskedRow[];
  readonly startedAt: string;
  readonly endedAt: string;
  /** Whether anybody can fetch the finished files from their addresses: then a comment can show pictures of them. */
  readonly filesArePublic: boolean;
  /** Every exit code that applies; the first is the process's own. */
  readonly exitCodes: readonly number[];
}
