/* Generated from schemas/result.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * A decimal amount of money.
 */
export type Amount = string;
/**
 * US dollars or nano.
 */
export type Currency = "USD" | "XNO";
/**
 * generated: a new result. updated: changed in place. reused, moved, forgotten, kept, held: as planned. running: at the provider still. failed: it was begun and failed. turned-away: the provider would not take it on, and nothing was billed. unknown: nobody knows whether it was begun. not-begun: nothing was done.
 */
export type Outcome =
  | "generated"
  | "updated"
  | "reused"
  | "moved"
  | "forgotten"
  | "kept"
  | "held"
  | "running"
  | "failed"
  | "turned-away"
  | "unknown"
  | "not-begun";
/**
 * The identity of a request.
 */
export type RequestDigest = string;
/**
 * UTC, whole seconds.
 */
export type Instant = string;
/**
 * What kind of failure it was.
 */
export type ResultFailureClass =
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
 * What came of a plan: written by `reconcile --out`, read by `comment`, the gallery and the Action. It is the plan, and the locks before and after.
 */
export interface WrittenResult {
  /**
   * A higher second number only adds fields. Readers refuse another first number.
   */
  formatVersion: string;
  /**
   * The whole plan, as plan.schema.json has it.
   */
  plan: JsonObject;
  totals: ResultTotals;
  /**
   * One for each action of the plan, in its order.
   */
  rows: ResultRowDocument[];
  /**
   * What is paid for, or may be, and no spec of this checkout asks for. `resume` finishes it too: its results are in the journal, for whoever asks for them later. Absent: there is none.
   */
  unasked?: UnaskedDocument[];
  startedAt: Instant;
  endedAt: Instant;
  /**
   * Whether anybody can fetch the finished files from their addresses: then a comment can show pictures of them. Absent: no, or nobody asked.
   */
  filesArePublic?: boolean;
  /**
   * Every exit code that applies; the first is the process's own.
   */
  exitCodes: number[];
}
/**
 * How many units came to each outcome, and what this run cost.
 */
export interface ResultTotals {
  /**
   * Units by outcome; outcomes that no unit came to are absent.
   */
  outcomes: {
    [k: string]: number;
  };
  /**
   * What the finished jobs cost, one sum for each currency.
   */
  costs: CostSum[];
  /**
   * Finished jobs whose cost nobody knows.
   */
  uncosted: number;
}
/**
 * What jobs cost together.
 */
export interface CostSum {
  amount: Amount;
  currency: Currency;
  /**
   * Whether a part of it is our estimate, since the provider never tells.
   */
  estimated: boolean;
}
/**
 * What came of one action.
 */
export interface ResultRowDocument {
  /**
   * The unit's address, as in the plan.
   */
  unit: string;
  outcome: Outcome;
  estimated?: Amount;
  actual?: ActualCost;
  before?: EntryDocument;
  after?: EntryDocument;
  turnedAway?: TurnedAway;
  /**
   * Why nothing, or not everything, was done.
   */
  note?: string;
}
/**
 * What a job did cost.
 */
export interface ActualCost {
  amount: Amount;
  currency: Currency;
  /**
   * Whether the provider told it, or we estimated it.
   */
  source: "estimated" | "provider";
}
/**
 * What the lockfile says of a unit.
 */
export interface EntryDocument {
  /**
   * How far it is.
   */
  state: "submitted" | "ready" | "failed" | "unknown";
  /**
   * Where it comes from.
   */
  origin: "generated" | "reused" | "imported" | "emulated";
  digest: RequestDigest;
  /**
   * 1 for the first result of a request.
   */
  take: number;
  /**
   * Who generates it.
   */
  provider: string;
  metadata: EntryMetadata;
  /**
   * The provider's names of the job.
   */
  job?: {
    [k: string]: string;
  };
  /**
   * The attempt in the journal whose fate is unknown.
   */
  attempt?: string;
  submittedAt?: Instant;
  completedAt?: Instant;
  failedAt?: Instant;
  class?: ResultFailureClass;
  /**
   * The provider's own words.
   */
  message?: string;
  cost?: ActualCost;
  /**
   * The finished files.
   */
  outputs?: OutputDocument[];
}
/**
 * What can be changed in place.
 */
export interface EntryMetadata {
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
 * A finished file, kept for good.
 */
export interface OutputDocument {
  /**
   * What the file is for.
   */
  role: "video" | "audio" | "captions" | "script" | "poster" | "lastFrame" | "data";
  /**
   * What its bytes say it is.
   */
  mediaType: string;
  /**
   * The hash of its content.
   */
  sha256: string;
  /**
   * Its size.
   */
  bytes: number;
  /**
   * How long it plays.
   */
  seconds?: number;
  /**
   * Pixels across.
   */
  width?: number;
  /**
   * Pixels down.
   */
  height?: number;
  /**
   * Whether it has sound.
   */
  audio?: boolean;
  /**
   * Where the store keeps it.
   */
  url: string;
}
/**
 * Why the provider would not take the request on.
 */
export interface TurnedAway {
  class: ResultFailureClass;
  /**
   * The provider's own words.
   */
  message: string;
}
/**
 * A request that no spec of this checkout asks for.
 */
export interface UnaskedDocument {
  /**
   * The unit that it was begun for.
   */
  unit: string;
  digest: RequestDigest;
  /**
   * Who generates it.
   */
  provider: string;
  /**
   * The provider's names of the job. Absent: none is known.
   */
  job?: {
    [k: string]: string;
  };
  /**
   * generated: its files are kept. running: at the provider still. failed: the provider says so. unknown: nobody knows whether it was begun. not-begun: the provider never took it on, and nothing was billed.
   */
  outcome: "generated" | "running" | "failed" | "unknown" | "not-begun";
  class?: ResultFailureClass;
  /**
   * The provider's own words.
   */
  message?: string;
  cost?: ActualCost;
  /**
   * The finished files.
   */
  outputs?: OutputDocument[];
}
