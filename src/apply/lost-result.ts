import type { JobStatus } from "../model/job.ts";
import type { Journal, SubmittedAttempt } from "../model/journal.ts";
import type { Digest } from "../model/unit.ts";

type FailedStatus = Extract<JobStatus, { state: "failed" }>;

/**
 * Why a job's result cannot be had. Where the journal has the result already, the job did not fail: it was made and paid
 * for, the store has lost it, and now the provider has too.
 */
export function failureOf(
  status: FailedStatus,
  { id }: SubmittedAttempt,
  digest: Digest,
  journal: Journal,
): FailedStatus {
  const known = journal
    .entries()
    .get(digest)
    ?.attempts.find((attempt) => attempt.id === id);
  if (known?.state !== "ready") return status;
  return { ...status, class: "lost-output", message: `the store has lost its file, and ${status.message}` };
}
