/* Generated from schemas/lock.schema.json by scripts/build-schema.ts. */

/**
 * What is known of one unit. Each state carries exactly its own fields; those of newer versions are kept.
 */
export type WrittenEntry = WrittenSubmitted | WrittenReady | WrittenFailed | WrittenUnknown;
/**
 * How the result came about. A real plan treats emulated as absent.
 */
export type Origin = "generated" | "reused" | "imported" | "emulated";
/**
 * The hash of the request that was paid for.
 */
export type Digest = `sha256:${string}`;
/**
 * 1 for the first result of a request; higher for another of the same.
 */
export type Take = number;
/**
 * Who generated it.
 */
export type Provider = "golpo" | "viddyscribe" | "nanogpt" | "photogpt" | "openrouter";
export type Instant = string;

/**
 * What was generated for one spec: videos/<id>.lock.json, beside the spec. Written by the program, reviewed by people, never edited by hand.
 */
export interface WrittenLock {
  /**
   * The version of this format.
   */
  lockVersion: 1;
  /**
   * Hints that let a plan skip an unchanged spec. Wrong ones cost time, never correctness.
   */
  source?: {
    /**
     * The Git blob id of the spec.
     */
    spec: string;
    /**
     * A hash over the project file, the schemas' version, and the named text files and assets.
     */
    inputs: string;
  };
  /**
   * The state of each unit, by its address: intro, intro@es, intro@es#describe.
   */
  units: {
    [k: string]: WrittenEntry;
  };
}
/**
 * Paid for, and still running at the provider.
 */
export interface WrittenSubmitted {
  /**
   * Which of the four states.
   */
  state: "submitted";
  origin: Origin;
  digest: Digest;
  take: Take;
  fields: Fields;
  provider: Provider;
  metadata: WrittenMetadata;
  job: WrittenJob;
  submittedAt: Instant;
  [k: string]: unknown;
}
/**
 * A short hash of each field of the request, so that a plan can name what changed.
 */
export interface Fields {
  /**
   * The first eight hexadecimal digits of the field's sha256.
   */
  [k: string]: string;
}
/**
 * What the provider last heard of the fields that are changed in place.
 */
export interface WrittenMetadata {
  /**
   * The title.
   */
  title?: string;
  /**
   * Who may see it.
   */
  visibility?: "private" | "public";
  [k: string]: unknown;
}
/**
 * The provider's own ids of the run.
 */
export interface WrittenJob {
  /**
   * The id to ask with.
   */
  id: string;
  /**
   * Another id of the same run.
   */
  [k: string]: string;
}
/**
 * Finished, verified and kept.
 */
export interface WrittenReady {
  /**
   * Which of the four states.
   */
  state: "ready";
  origin: Origin;
  digest: Digest;
  take: Take;
  fields: Fields;
  provider: Provider;
  metadata: WrittenMetadata;
  job?: WrittenJob;
  submittedAt: Instant;
  completedAt: Instant;
  cost?: WrittenCost;
  /**
   * The finished files.
   */
  outputs: WrittenOutput[];
  [k: string]: unknown;
}
/**
 * What it did cost.
 */
export interface WrittenCost {
  /**
   * A decimal number.
   */
  amount: string;
  /**
   * What the amount counts.
   */
  currency: "USD" | "XNO";
  /**
   * provider: the provider said so. estimated: it never tells.
   */
  source: "estimated" | "provider";
  [k: string]: unknown;
}
/**
 * A finished file, kept for good.
 */
export interface WrittenOutput {
  /**
   * What the file is to the unit.
   */
  role: "video" | "audio" | "captions" | "script" | "poster" | "lastFrame" | "data";
  /**
   * Told by the file's own bytes.
   */
  mediaType: string;
  /**
   * The hash of the file.
   */
  sha256: string;
  /**
   * The size of the file.
   */
  bytes: number;
  /**
   * The length of what it plays.
   */
  seconds?: number;
  /**
   * In pixels.
   */
  width?: number;
  /**
   * In pixels.
   */
  height?: number;
  /**
   * Whether a video has sound.
   */
  audio?: boolean;
  /**
   * Where the store keeps it. Never a signed address: it has no query.
   */
  url: string;
  [k: string]: unknown;
}
/**
 * The provider said no, before or after it began.
 */
export interface WrittenFailed {
  /**
   * Which of the four states.
   */
  state: "failed";
  origin: Origin;
  digest: Digest;
  take: Take;
  fields: Fields;
  provider: Provider;
  metadata: WrittenMetadata;
  job?: WrittenJob;
  /**
   * Why: decides whether it is tried again.
   */
  class:
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
   * The provider's own words, without control characters and secrets.
   */
  message: string;
  failedAt: Instant;
  cost?: WrittenCost;
  [k: string]: unknown;
}
/**
 * A submit whose fate nobody knows. Only the provider's list or a person ends it.
 */
export interface WrittenUnknown {
  /**
   * Which of the four states.
   */
  state: "unknown";
  origin: Origin;
  digest: Digest;
  take: Take;
  fields: Fields;
  provider: Provider;
  metadata: WrittenMetadata;
  /**
   * The attempt's name in the journal.
   */
  attempt: string;
  submittedAt: Instant;
  /**
   * What came instead of an answer.
   */
  message: string;
  [k: string]: unknown;
}
