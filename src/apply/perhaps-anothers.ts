import type { Attempt, FailedAttempt } from "../model/journal.ts";

/**
 * What failed of a request since the last time that an answer named its job, or a person gave one up: jobs that were only
 * found in the provider's list. Each may be another's that asks for the same, and then the request's own is there still.
 */
export function perhapsAnothers(attempts: readonly Attempt[]): readonly FailedAttempt[] {
  const begun = attempts.filter((one): one is FailedAttempt => one.state === "failed" && one.begun);
  return begun.slice(begun.findLastIndex(({ found }) => found !== true) + 1);
}
