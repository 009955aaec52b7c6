import { idsIn } from "./job.ts";
import type { Attempt, FailedAttempt, OpenAttempt, ReadyAttempt, Runner, SubmittedAttempt } from "./journal.ts";
import type { Failed, Ready, Submitted, Unknown } from "./lock.ts";
import type { UnitId } from "./unit.ts";

/** Who is said to have begun what only a lock tells of. Nobody of that name is at work. */
export const lockRunner: Runner = { run: "lock", host: "lock", pid: 0 };

/**
 * The attempts that a lock was written from, as far as it tells, for where the journal has never heard of them. Made up
 * twice they are the same; beside the run's own attempt, one of a job has a name of its own (`withoutDoubles`).
 */
const common = (unit: UnitId, { provider, submittedAt }: Pick<Submitted, "provider" | "submittedAt">) => ({
  ...{ unit, provider, submittedAt, claimedAt: submittedAt },
  runner: lockRunner,
});

const idOf = (job: string): string => `lock-${job}`;

export function runningIn(unit: UnitId, entry: Pick<Submitted, "provider" | "submittedAt" | "job">): SubmittedAttempt {
  return { ...common(unit, entry), id: idOf(entry.job.id), state: "submitted", job: entry.job };
}

/** Undefined for a result that no job of ours made, such as an imported one. */
export function readyIn(unit: UnitId, entry: Ready): ReadyAttempt | undefined {
  const { job, completedAt, cost, outputs } = entry;
  if (job === undefined) return undefined;
  const paid = cost === undefined ? {} : { cost };
  return { ...common(unit, entry), id: idOf(job.id), state: "ready", job, completedAt, ...paid, outputs };
}

/** Undefined where nothing was begun: that is as good as never asked for. */
export function failedIn(unit: UnitId, entry: Failed): FailedAttempt | undefined {
  const { job, cost, provider, class: failure, message, failedAt } = entry;
  // What a person gave up may have been begun.
  if (job === undefined && failure !== "unknown") return undefined;
  return {
    ...{ unit, provider, runner: lockRunner, claimedAt: failedAt, id: idOf(job?.id ?? failedAt) },
    ...{ state: "failed", begun: true, class: failure, message, failedAt },
    ...(job === undefined ? {} : { job }),
    ...(cost === undefined ? {} : { cost }),
  };
}

/** The lock names the attempt itself. That a person is asked is all that is certain: what it asked for the lock does not tell. */
export function unknownIn(unit: UnitId, entry: Unknown): OpenAttempt {
  return { ...common(unit, entry), id: entry.attempt, state: "unknown", message: entry.message, asked: true };
}

/** One request's attempts, each job once: the run's own word for it, where there is one. */
export function withoutDoubles(attempts: readonly Attempt[]): readonly Attempt[] {
  const own = new Set(attempts.filter(({ runner }) => runner.run !== lockRunner.run).flatMap(idsIn));
  return attempts.filter((one) => one.runner.run !== lockRunner.run || !idsIn(one).some((job) => own.has(job)));
}
