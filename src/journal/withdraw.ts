import { type Clock, instant } from "../model/clock.ts";
import type { ClaimedAttempt, FailedAttempt } from "../model/journal.ts";

/** A claim on which nobody has spent or ever will. */
export const withdrawn =
  (clock: Clock) =>
  ({ traits: _, ...claim }: ClaimedAttempt): FailedAttempt => ({
    ...claim,
    state: "failed",
    class: "not-sent",
    message: "the claim was given up before anything was sent",
    failedAt: instant(clock.now()),
    begun: false,
  });
