import type { Attempt, Runner } from "../model/journal.ts";
import { lockRunner } from "../model/locked-attempt.ts";

/** How long a claim keeps others away when nothing else is known of its run. Milliseconds. */
export const lease = 15 * 60_000;

/** A submit may take so long to be answered, so none begins in the lease's last part. Milliseconds. */
const submitMargin = 5 * 60_000;

/** The last instant at which the submit of a claim may begin. */
export const validUntil = (claimedAt: string): number => Date.parse(claimedAt) + lease - submitMargin;

/** Who asks, when, and what the machine says about its processes. */
export interface Observer {
  readonly runner: Runner;
  readonly now: number;
  readonly running: (pid: number) => boolean;
}

/** Whether the run that made a claim can still act on it. Says no only where that is certain, or where a lease has run out. */
export function alive(attempt: Attempt, { runner, now, running }: Observer): boolean {
  const theirs = attempt.runner;
  if (theirs.run === runner.run) return true;
  if (theirs.run === lockRunner.run) return false;
  if (theirs.host === runner.host && !running(theirs.pid)) return false;
  if (theirs.ci !== undefined && theirs.ci.id === runner.ci?.id && theirs.ci.attempt < runner.ci.attempt) return false;
  return now <= Date.parse(attempt.claimedAt) + lease;
}
