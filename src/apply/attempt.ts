import { instant } from "../model/clock.ts";
import type { Candidate, FailureClass } from "../model/job.ts";
import type {
  Attempt,
  ClaimedAttempt,
  FailedAttempt,
  OpenAttempt,
  ReadyAttempt,
  SubmittedAttempt,
  UnknownAttempt,
} from "../model/journal.ts";
import type { Failed, LockEntry, Origin, Ready, Submitted, Unknown } from "../model/lock.ts";
import type { Cost } from "../model/money.ts";
import type { Output } from "../model/output.ts";
import type { Accepted } from "../model/provider.ts";
import type { Metadata, Unit } from "../model/unit.ts";

/** Of these there are thousands. What a literal spreads first costs V8 a shape for each object, and what it spreads last none. */
const claimOf = (attempt: Attempt): Omit<ClaimedAttempt, "state"> => {
  const { id, unit, provider, runner, account, claimedAt, estimate } = attempt;
  return {
    id,
    unit,
    provider,
    runner,
    ...(account === undefined ? {} : { account }),
    claimedAt,
    ...(estimate === undefined ? {} : { estimate }),
  };
};

/** The provider told us its job id, and perhaps its bill. */
export const submitted = (attempt: Attempt, { job, cost }: Accepted, now: number): SubmittedAttempt => ({
  state: "submitted",
  job,
  submittedAt: "submittedAt" in attempt ? attempt.submittedAt : instant(now),
  ...("found" in attempt && attempt.found === true ? { found: attempt.found } : {}),
  ...(cost === undefined ? {} : { cost }),
  ...claimOf(attempt),
});

/** A job that the provider's list has, and that nobody else owns: it is this attempt's, as far as a list can tell. */
export const adopted = (attempt: Attempt, { job, createdAt }: Candidate, now: number): SubmittedAttempt => ({
  found: true,
  ...submitted(attempt, { job }, createdAt === undefined ? now : Date.parse(createdAt)),
});

/** The submit went out and nobody can say what became of it. */
export const unheard = (
  attempt: OpenAttempt,
  { message, asked, again = false }: { readonly message: string; readonly asked: boolean; readonly again?: boolean },
  now: number,
): UnknownAttempt => ({
  state: "unknown",
  submittedAt: "submittedAt" in attempt ? attempt.submittedAt : instant(now),
  message,
  ...(asked ? { asked } : {}),
  ...(again ? { again } : {}),
  ...(attempt.traits === undefined ? {} : { traits: attempt.traits }),
  ...claimOf(attempt),
});

/** The provider certainly never took the request on: nothing was billed. */
export const turnedAway = (attempt: Attempt, failure: FailureClass, message: string, now: number): FailedAttempt => ({
  state: "failed",
  class: failure,
  message,
  failedAt: instant(now),
  begun: false,
  ...claimOf(attempt),
});

/** The provider took the request on and then failed; it may have billed. */
export const failed = (
  attempt: SubmittedAttempt,
  failure: FailureClass,
  message: string,
  cost: Cost | undefined,
  now: number,
): FailedAttempt => ({
  state: "failed",
  class: failure,
  message,
  failedAt: instant(now),
  submittedAt: attempt.submittedAt,
  begun: true,
  job: attempt.job,
  ...(attempt.found === undefined ? {} : { found: attempt.found }),
  ...(cost === undefined ? {} : { cost }),
  ...claimOf(attempt),
});

export const ready = (
  attempt: SubmittedAttempt,
  outputs: readonly Output[],
  cost: Cost | undefined,
  now: number,
): ReadyAttempt => ({
  state: "ready",
  job: attempt.job,
  submittedAt: attempt.submittedAt,
  completedAt: instant(now),
  ...(cost === undefined ? {} : { cost }),
  outputs,
  ...claimOf(attempt),
});

/** What the lock says of a unit whose attempt stands as it does. A bare claim says nothing yet. */
export function entryOf(
  unit: Unit,
  attempt: Exclude<Attempt, ClaimedAttempt>,
  origin: Origin,
  metadata: Metadata,
): LockEntry {
  const { digest, take, fields, provider } = unit;
  const entry = { origin, digest, take, fields, provider, metadata };
  switch (attempt.state) {
    case "submitted":
      return { state: "submitted", job: attempt.job, submittedAt: attempt.submittedAt, ...entry } satisfies Submitted;
    case "unknown":
      return {
        state: "unknown",
        attempt: attempt.id,
        submittedAt: attempt.submittedAt,
        message: attempt.message,
        ...entry,
      } satisfies Unknown;
    case "failed":
      return {
        state: "failed",
        class: attempt.class,
        message: attempt.message,
        failedAt: attempt.failedAt,
        ...(attempt.job === undefined ? {} : { job: attempt.job }),
        ...(attempt.cost === undefined ? {} : { cost: attempt.cost }),
        ...entry,
      } satisfies Failed;
    case "ready":
      return {
        state: "ready",
        job: attempt.job,
        submittedAt: attempt.submittedAt,
        completedAt: attempt.completedAt,
        ...(attempt.cost === undefined ? {} : { cost: attempt.cost }),
        outputs: attempt.outputs,
        ...entry,
      } satisfies Ready;
  }
}
