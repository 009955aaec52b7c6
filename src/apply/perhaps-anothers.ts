import type { Attempt, FailedAttempt } from "../model/journal.ts";
import { withoutDoubles } from "../model/locked-attempt.ts";

/**
 * What failed of a request whose job was only found in the provider's list, with none since that an answer named or a person
 * gave up. Each may be another's that asks for the same, and then the request's own is there still.
 */
export function perhapsAnothers(attempts: readonly Attempt[]): readonly FailedAttempt[] {
  const begun = withoutDoubles(attempts).filter((one): one is FailedAttempt => one.state === "failed" && one.begun);
  const heard = begun.filter(({ found }) => found !== true);
  return begun.filter((one) => one.found === true && !heard.some(({ claimedAt }) => claimedAt > one.failedAt));
}

/** Since when the job of an attempt may be in the list: such a job took its place. */
export const soughtSince = ({ claimedAt }: Pick<Attempt, "claimedAt">, attempts: readonly Attempt[]): string =>
  perhapsAnothers(attempts).reduce((first, one) => (one.claimedAt < first ? one.claimedAt : first), claimedAt);
