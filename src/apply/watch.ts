import type { SubmittedAttempt } from "../model/journal.ts";
import type { Unit } from "../model/unit.ts";
import { entryOf } from "./attempt.ts";
import { describe } from "./describe.ts";
import { type Ended, type Followed, follow } from "./follow.ts";
import { became, note, origin } from "./news.ts";
import type { Run } from "./ports.ts";

/**
 * Follows a unit's job for its lock. Resolves to whether there is a result. Not async: of thousands that wait here, each
 * would keep a frame more.
 */
export function watch(unit: Unit, attempt: SubmittedAttempt, run: Run, since: number | "before"): Promise<boolean> {
  const { id, digest, provider, fields } = unit;
  const job: Followed = {
    id,
    digest,
    provider,
    fields,
    note: (news) => note(run, unit, news),
    told: async (end) => {
      const done = end.state === "ready";
      const metadata = done ? await describe(unit, attempt.job, run.ports.connect(provider), run) : {};
      await became(run, unit, entryOf(unit, end, origin(run), metadata));
    },
  };
  return watchSlot(job, attempt, run, since).then((ended) => ended === "ready");
}

/** Follows a job that holds a slot until the provider says that the job is over: then the slot is free, at once. */
export async function watchSlot(
  job: Followed,
  attempt: SubmittedAttempt,
  run: Run,
  since: number | "before",
): Promise<Ended> {
  const lane = run.lane(job.provider);
  let over = false;
  const leave = (): void => {
    if (!over) lane.leave();
    over = true;
  };
  const { clock } = run.ports.time;
  const own = since === "before" ? undefined : run.experience.watch(job, since);
  const submittedAt =
    since === "before" ? clock.monotonic() - Math.max(0, clock.now() - Date.parse(attempt.submittedAt)) : since;
  try {
    const ended = await follow(job, attempt, run, { submittedAt, own, over: leave });
    if (ended !== "running") leave();
    else if (!over) lane.leaveRunning();
    return ended;
  } finally {
    if (own !== undefined) run.experience.leave(own);
  }
}
