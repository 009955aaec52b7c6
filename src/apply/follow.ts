import type { Note } from "../model/event.ts";
import type { Job, JobStatus } from "../model/job.ts";
import type { FailedAttempt, ReadyAttempt, SubmittedAttempt } from "../model/journal.ts";
import type { Cost } from "../model/money.ts";
import { StoreError } from "../model/store.ts";
import type { Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { failed, ready } from "./attempt.ts";
import { type Collected, collect, postersIn } from "./collect.ts";
import { untilDue } from "./due.ts";
import { begunElsewhere, isElsewhere } from "./elsewhere.ts";
import type { Watched } from "./experience.ts";
import { longestPause } from "./lane.ts";
import { failureOf } from "./lost-result.ts";
import type { Run } from "./ports.ts";

export type Ended = "ready" | "failed" | "running";

/** A job that somebody waits for, as far as that takes. */
export interface Followed extends Pick<Unit, "id" | "digest" | "provider" | "fields"> {
  readonly note: (news: Note) => Promise<void>;
  /** Tells how it ended, once the journal knows. */
  readonly told: (end: ReadyAttempt | FailedAttempt) => Promise<void>;
}

export interface Watching {
  readonly submittedAt: number;
  /** Undefined for a job of an earlier run: how long it took is not known, since it may have waited for us. */
  readonly own: Watched | undefined;
  /** Called when the provider says that the job is over, perhaps more than once. */
  readonly over: () => void;
}

/**
 * Waits for a job that is paid for and keeps its files. Only the provider's own word ends a job: a bad network, a
 * strange status and our own impatience leave it as it is, for the next run.
 */
export async function follow(
  job: Followed,
  attempt: SubmittedAttempt,
  run: Run,
  { submittedAt, own, over }: Watching,
): Promise<Ended> {
  const { clock } = run.ports.time;
  const connection = run.ports.connect(job.provider);
  const lane = run.lane(job.provider);
  let missingSince: number | undefined;
  let fetches = 0;

  for (let polls = 0; ; polls += 1) {
    // A job of an earlier run may long be done: it is asked for at once, and once at least.
    const atOnce = own === undefined && polls === 0 && !run.options.stop.aborted;
    if (!atOnce) {
      await untilDue(job, { submittedAt, polls }, connection.limits.poll, lane, run);
      if (!(await lane.open(run.patience))) return "running";
    }

    const status = await heard(job, run, () => connection.provider.poll(attempt.job, connection.wire));
    // A 429 is an answer to all of us: the other jobs wait as well.
    if (status instanceof ProviderError && status.class === "rate") {
      if ((status.retryAfter ?? 0) > longestPause) return "running";
      lane.hold(status.retryAfter ?? 0);
    }
    const missing = missingIn(status, attempt.job);
    if (missing !== undefined && isElsewhere(attempt, connection)) {
      const text = `${begunElsewhere(job.provider)}, and ours is not shown it; run with that one to collect it`;
      await job.note({ kind: "trouble", text });
      // It takes no slot of this account.
      over();
      return "running";
    }
    missingSince = missing === undefined ? undefined : (missingSince ?? clock.monotonic());
    if (missing !== undefined && missingSince !== undefined) {
      if (clock.monotonic() - missingSince <= Math.max(goneAfter, connection.limits.visibleAfter)) continue;
      return fail(job, attempt, missing, run);
    }
    if (status instanceof Error) continue;
    if (status.state === "failed") {
      // With --fail-fast nobody may take the slot that is free then.
      const failing = fail(job, attempt, status, run);
      over();
      return failing;
    }
    if (status.state === "running") {
      if (own !== undefined) run.experience.runs(own);
      const { progress, note: text } = status;
      const news = { ...(progress === undefined ? {} : { progress }), ...(text === undefined ? {} : { text }) };
      await job.note({ kind: "running", ...news });
      continue;
    }
    over();
    if (own !== undefined) run.experience.ended(own);
    // The next poll brings a fresh link, should this one have died.
    const files = await heard(job, run, () => run.fetching(() => collect(job, attempt, status, connection, run)));
    if (!(files instanceof Error)) return finish(job, attempt, files, status.cost, run);
    fetches += 1;
    if (fetches >= tries) return "running";
  }
}

/** What the outside world answered, or its refusal, which has been told. A bug of ours is neither. */
async function heard<T>(job: Followed, run: Run, ask: () => Promise<T>): Promise<T | ProviderError | StoreError> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProviderError || error instanceof StoreError)) throw error;
    // A run that is ending breaks its own questions off; that is no news.
    if (!run.options.stop.aborted) await job.note({ kind: "trouble", text: error.message });
    return error;
  }
}

/** A 404, or a finished job without a file, may be a replica that lags, at least as long as lists do; one that stays is the provider's word. Milliseconds. */
const goneAfter = 60_000;
/** How often files are fetched before the rest is left to the next run. */
const tries = 5;

type FailedStatus = Extract<JobStatus, { state: "failed" }>;

/** What it means when a job or its file is not there, if it is still so after a while. */
function missingIn(status: JobStatus | ProviderError | StoreError, job: Job): FailedStatus | undefined {
  if (status instanceof Error) {
    const gone = status instanceof ProviderError && (status.status === 404 || status.status === 410);
    if (!gone) return undefined;
    return { state: "failed", class: "expired", message: `the provider does not know job ${job.id} any more` };
  }
  return status.state === "failed" && status.class === "lost-output" ? status : undefined;
}

async function fail(job: Followed, attempt: SubmittedAttempt, status: FailedStatus, run: Run): Promise<Ended> {
  if (run.options.failFast) run.begin.abort();
  const why = failureOf(status, attempt, job.digest, run.ports.journal);
  const end = failed(attempt, why.class, why.message, why.cost ?? attempt.cost, run.ports.time.clock.now());
  await run.ports.journal.tell(job.digest, end);
  await job.told(end);
  return "failed";
}

async function finish(
  job: Followed,
  attempt: SubmittedAttempt,
  { outputs, pictures }: Collected,
  cost: Cost | undefined,
  run: Run,
): Promise<Ended> {
  const { journal, time } = run.ports;
  const end = ready(attempt, outputs, cost ?? attempt.cost ?? estimated(attempt), time.clock.now());
  await journal.tell(job.digest, end);
  const posters = await postersIn(job, pictures);
  const shown = { ...end, outputs: [...outputs, ...posters] };
  if (posters.length > 0) await journal.tell(job.digest, shown);
  await job.told(shown);
  return "ready";
}

/** Where the provider never tells what a job cost, the price it was claimed at is the best there is. */
const estimated = ({ estimate }: SubmittedAttempt) =>
  estimate === undefined ? undefined : ({ amount: estimate, currency: "USD", source: "estimated" } as const);
