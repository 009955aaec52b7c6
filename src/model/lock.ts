import type { FailureClass, Job } from "./job.ts";
import type { Cost } from "./money.ts";
import type { Output } from "./output.ts";
import type { Digest, Metadata, ProviderName, ShortHash, UnitId } from "./unit.ts";

export type Origin = "generated" | "reused" | "imported" | "emulated";

interface Entry {
  readonly origin: Origin;
  readonly digest: Digest;
  readonly take: number;
  readonly fields: { readonly [field: string]: ShortHash };
  readonly provider: ProviderName;
  readonly metadata: Metadata;
}

/** Paid for, and still running at the provider. */
export interface Submitted extends Entry {
  readonly state: "submitted";
  readonly job: Job;
  readonly submittedAt: string;
}

export interface Ready extends Entry {
  readonly state: "ready";
  /** Absent when the result was imported from a file. */
  readonly job?: Job;
  readonly submittedAt: string;
  readonly completedAt: string;
  readonly cost?: Cost;
  readonly outputs: readonly Output[];
}

export interface Failed extends Entry {
  readonly state: "failed";
  readonly class: FailureClass;
  /** The provider's own words, cleaned of control characters and secrets. */
  readonly message: string;
  readonly failedAt: string;
  readonly job?: Job;
  readonly cost?: Cost;
}

/** A submit whose fate nobody knows. Only the provider's list or a person ends it. */
export interface Unknown extends Entry {
  readonly state: "unknown";
  readonly attempt: string;
  readonly submittedAt: string;
  readonly message: string;
}

export type LockEntry = Submitted | Ready | Failed | Unknown;

/** Hints that let a plan skip an unchanged spec. Wrong ones cost time, never correctness. */
export interface Source {
  readonly spec: string;
  readonly inputs: string;
}

/** What was generated for one spec. */
export interface Lock {
  readonly source: Source | undefined;
  readonly units: ReadonlyMap<UnitId, LockEntry>;
}

export const emptyLock: Lock = { source: undefined, units: new Map() };
