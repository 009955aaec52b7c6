import type { Cost } from "./money.ts";
import type { OutputRole, ProviderName } from "./unit.ts";

/** The provider's own names for a run of a request: ids only, safe to commit, no keys and no signed URLs. */
export interface Job {
  readonly id: string;
  readonly [name: string]: string;
}

/**
 * Where a finished file can be fetched now. The link may expire; ask again by polling. An address that begins with a slash
 * is a path at the provider's own API; with `authorized` the key goes along, and nowhere but there.
 */
export interface RemoteOutput {
  readonly role: OutputRole;
  readonly source: RemoteFile | { readonly text: string };
  /** Of a video: a still picture of it, where the provider has one. */
  readonly poster?: RemoteFile;
}

export interface RemoteFile {
  readonly url: string;
  readonly authorized?: boolean;
}

/** By these two names are those of one job: a list may know its video where a submit named the job. */
export const idsOf = (provider: ProviderName, { id, video }: Job): readonly string[] =>
  [id, video].flatMap((name) => (name === undefined ? [] : [`${provider} ${name}`]));

/** The same of an attempt or a lock's entry: none where it knows of no job. */
export const idsIn = (of: { readonly provider: ProviderName; readonly job?: Job | undefined }): readonly string[] =>
  of.job === undefined ? [] : idsOf(of.provider, of.job);

export type JobStatus =
  /** `progress` is the part that is done: 0 to 1. */
  | { readonly state: "running"; readonly progress?: number; readonly note?: string }
  | { readonly state: "done"; readonly outputs: readonly RemoteOutput[]; readonly cost?: Cost }
  | { readonly state: "failed"; readonly class: JobFailure; readonly message: string; readonly cost?: Cost };

/** Why something failed. Each has one policy, in `plan/diff`, and one piece of advice, in `report/advice`. */
export const failureClasses = [
  "invalid",
  "auth",
  "plan",
  "quota",
  "rate",
  "moderated-input",
  "moderated-output",
  "provider",
  "expired",
  "lost-output",
  "not-sent",
  "unknown",
] as const;

export type FailureClass = (typeof failureClasses)[number];

const passingClasses = ["auth", "quota", "rate", "not-sent"] as const;

/** Causes that pass: nothing was begun and nothing billed, so asking again is free of risk. */
export const passing: ReadonlySet<FailureClass> = new Set(passingClasses);

/** Why a job failed. It was begun, and so is never begun again by itself. */
export type JobFailure = Exclude<FailureClass, (typeof passingClasses)[number]>;

export const passes = (failure: FailureClass): failure is Exclude<FailureClass, JobFailure> => passing.has(failure);

/** A job at the provider that may be the one whose answer we never heard. */
export interface Candidate {
  readonly job: Job;
  readonly createdAt?: string;
  readonly title?: string;
}

/**
 * What a provider found when asked for a lost submit. `complete` says that the list reaches back to the attempt, so
 * that finding nothing means there is nothing.
 */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** What fits but for its time: older than the claim, by a clock that may be wrong. A person has to look. */
  readonly early?: readonly Candidate[];
  readonly complete: boolean;
}

/** What the provider says of a finished job now. */
export interface RemoteState {
  readonly exists: boolean;
  readonly metadata: { readonly title?: string; readonly visibility?: "private" | "public" };
}
