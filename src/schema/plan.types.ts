/* Generated from schemas/plan.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * US dollars as a decimal.
 */
export type Dollars = string;
/**
 * The identity of a request.
 */
export type RequestDigest = string;
/**
 * Why this action and no other.
 */
export type Because =
  | Plainly
  | Changed
  | StillRunning
  | Doubtful
  | Taken
  | MadeBefore
  | SameAs
  | Renamed
  | FailedBefore
  | WaitsForStep
  | OverBudget
  | UnknownPrice
  | Forbidden;
/**
 * UTC, whole seconds.
 */
export type Instant = string;
/**
 * What kind of failure it was.
 */
export type FailureClass =
  | "invalid"
  | "auth"
  | "plan"
  | "quota"
  | "rate"
  | "moderated-input"
  | "moderated-output"
  | "provider"
  | "expired"
  | "lost-output"
  | "not-sent"
  | "unknown";
/**
 * What the action will cost. `unknown` is a verdict of its own and never zero.
 */
export type EstimateDocument = ExactEstimate | RangeEstimate | UnknownEstimate;

/**
 * What will happen, why, and for how much: written by `plan --out`, read by `comment`, `reconcile --plan`, the gallery and the Action.
 */
export interface PlanDocument {
  /**
   * A higher second number only adds fields. Readers refuse another first number.
   */
  formatVersion: string;
  /**
   * What approval binds: a hash over every action's unit, kind, request, prior result and price, and whether it is emulated.
   */
  digest: string;
  /**
   * The commit that was planned. Absent outside Git.
   */
  head?: string;
  /**
   * Whether the emulator stands in for the providers.
   */
  emulated: boolean;
  totals: PlanTotals;
  month?: Month;
  /**
   * One for each unit, unchanged ones too.
   */
  actions: PlannedAction[];
  /**
   * Files of the repository that would leave the machine, each once.
   */
  uploads: PlannedUpload[];
  /**
   * What looks wrong in the specs and stops nothing.
   */
  warnings: PlanWarning[];
}
/**
 * How many actions there are of each kind, and what they cost together.
 */
export interface PlanTotals {
  /**
   * Units to generate for the first time.
   */
  create: number;
  /**
   * Units to generate again, since something changed.
   */
  replace: number;
  /**
   * Units to change in place, free of charge.
   */
  update: number;
  /**
   * Units whose jobs are running already.
   */
  resume: number;
  /**
   * Units whose request has a result already.
   */
  reuse: number;
  /**
   * Units that only got another name.
   */
  move: number;
  /**
   * Units for which nothing is done, with the reason.
   */
  hold: number;
  /**
   * Units without a change.
   */
  keep: number;
  /**
   * Units that no spec wants any more.
   */
  forget: number;
  low: Dollars;
  high: Dollars;
  /**
   * Actions whose price nobody knows. They are not part of the sums.
   */
  unpriced: number;
}
/**
 * What was spent in this calendar month before the plan.
 */
export interface Month {
  spent: Dollars;
  limit?: Dollars;
}
/**
 * What will happen to one unit.
 */
export interface PlannedAction {
  /**
   * What is done. Only create and replace begin a new job, and a resume that is in doubt may.
   */
  kind: "create" | "replace" | "update" | "resume" | "reuse" | "move" | "hold" | "keep" | "forget";
  /**
   * The unit's address.
   */
  unit: string;
  /**
   * The spec's file in the repository.
   */
  spec: string;
  /**
   * Where the unit stands in that file.
   */
  line?: number;
  /**
   * The step's name. Absent when no spec wants the unit any more.
   */
  step?: string;
  /**
   * Who generates it.
   */
  provider: string;
  digest: RequestDigest;
  /**
   * 1 for the first result of a request.
   */
  take: number;
  because: Because;
  estimate: EstimateDocument;
  metadata: PlannedMetadata;
  /**
   * The author's labels.
   */
  labels: {
    [k: string]: string;
  };
  /**
   * What is sent, in the provider's own names, where something is. Files stand as { asset, sha256, bytes, mediaType }.
   */
  request?: {
    /**
     * The provider's operation.
     */
    operation: string;
    /**
     * The fields of the request.
     */
    with: JsonObject;
  };
  prior?: Prior;
}
/**
 * A reason that needs no more words.
 */
export interface Plainly {
  /**
   * new: never generated. emulated: only emulated runs have generated it. retry: a person asked for another try. unchanged: nothing differs. unwanted: no spec has it any more. protected: the spec says so. stale: it changed after it was approved.
   */
  kind: "new" | "emulated" | "retry" | "unchanged" | "unwanted" | "protected" | "stale";
}
/**
 * Fields differ from what was generated.
 */
export interface Changed {
  /**
   * Fields differ from what was generated.
   */
  kind: "changed";
  /**
   * Which fields.
   */
  changes: FieldChange[];
}
/**
 * One field that differs from what was generated.
 */
export interface FieldChange {
  /**
   * The field's name.
   */
  field: string;
  /**
   * The value that was generated, where it is known.
   */
  before?: string;
  /**
   * The value of the spec, where it is known.
   */
  after?: string;
}
/**
 * Paid for already: only polling is left.
 */
export interface StillRunning {
  /**
   * Paid for already: only polling is left.
   */
  kind: "running";
  /**
   * The provider's name of the job.
   */
  job: string;
  since: Instant;
}
/**
 * A submit whose answer was never heard.
 */
export interface Doubtful {
  /**
   * in-doubt: the provider is asked first. unknown: the provider could not settle it, a person must.
   */
  kind: "in-doubt" | "unknown";
  /**
   * The attempt in the journal.
   */
  attempt: string;
  since: Instant;
}
/**
 * Another run is at work on it.
 */
export interface Taken {
  /**
   * Another run is at work on it.
   */
  kind: "theirs";
  /**
   * That run: its address, or its name.
   */
  run: string;
  since: Instant;
}
/**
 * The same request has a result already.
 */
export interface MadeBefore {
  /**
   * The same request has a result already.
   */
  kind: "made-before";
  /**
   * The unit it was generated for.
   */
  unit: string;
  completedAt: Instant;
}
/**
 * Another unit of this plan asks for exactly the same.
 */
export interface SameAs {
  /**
   * Another unit of this plan asks for exactly the same.
   */
  kind: "same-as";
  /**
   * That unit.
   */
  unit: string;
}
/**
 * The same result under another name.
 */
export interface Renamed {
  /**
   * The same result under another name.
   */
  kind: "renamed";
  /**
   * The former address.
   */
  from: string;
  /**
   * The former spec.
   */
  fromSpec: string;
}
/**
 * The last try failed, and trying again needs a person's word.
 */
export interface FailedBefore {
  /**
   * The last try failed.
   */
  kind: "failed";
  class: FailureClass;
  /**
   * The provider's own words.
   */
  message: string;
}
/**
 * An earlier step has no result yet.
 */
export interface WaitsForStep {
  /**
   * An earlier step has no result yet.
   */
  kind: "upstream";
  /**
   * The unit that must be ready first.
   */
  needs: string;
}
/**
 * It would cost more than somebody allowed.
 */
export interface OverBudget {
  /**
   * It would cost more than somebody allowed.
   */
  kind: "over-budget";
  /**
   * Which limit.
   */
  limit: string;
}
/**
 * Nobody knows the price, and nobody allowed that.
 */
export interface UnknownPrice {
  /**
   * Nobody knows the price, and nobody allowed that.
   */
  kind: "unknown-price";
  /**
   * Why nobody knows it.
   */
  because: string;
}
/**
 * The project's policy forbids it.
 */
export interface Forbidden {
  /**
   * The project's policy forbids it.
   */
  kind: "policy";
  /**
   * Which rule.
   */
  rule: string;
}
/**
 * One known price.
 */
export interface ExactEstimate {
  /**
   * One known price.
   */
  kind: "exact";
  amount: Dollars;
  /**
   * Where the price comes from.
   */
  source: string;
  /**
   * The date of the source; empty where nothing is bought.
   */
  asOf: string;
}
/**
 * A price between two ends.
 */
export interface RangeEstimate {
  /**
   * A price between two ends.
   */
  kind: "range";
  low: Dollars;
  high: Dollars;
  /**
   * Where the price comes from.
   */
  source: string;
  /**
   * The date of the source.
   */
  asOf: string;
}
/**
 * Nobody knows the price.
 */
export interface UnknownEstimate {
  /**
   * Nobody knows the price.
   */
  kind: "unknown";
  /**
   * Why nobody does.
   */
  because: string;
}
/**
 * What can be changed in place.
 */
export interface PlannedMetadata {
  /**
   * The title people see.
   */
  title?: string;
  /**
   * Who may see it at the provider.
   */
  visibility?: "private" | "public";
}
/**
 * What the lockfile says of the unit before anything is done.
 */
export interface Prior {
  /**
   * The state in the lockfile.
   */
  state: "submitted" | "ready" | "failed" | "unknown";
  digest: RequestDigest;
}
/**
 * A file of the repository that would leave the machine.
 */
export interface PlannedUpload {
  /**
   * The file in the repository.
   */
  path: string;
  /**
   * The hash of its content.
   */
  sha256: string;
  /**
   * Its size.
   */
  bytes: number;
  /**
   * What its first bytes say it is.
   */
  mediaType: string;
}
/**
 * Something in a spec that looks wrong and stops nothing.
 */
export interface PlanWarning {
  /**
   * The rule's name.
   */
  code: string;
  /**
   * What looks wrong.
   */
  message: string;
  /**
   * The file.
   */
  file: string;
  /**
   * The line, from 1.
   */
  line: number;
  /**
   * The column, from 1.
   */
  column: number;
  /**
   * What to do.
   */
  hint?: string;
}
