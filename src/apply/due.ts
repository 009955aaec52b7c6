import type { Limits } from "../model/provider.ts";
import { type Kind, pause, wantedLag } from "./experience.ts";
import type { Lane } from "./lane.ts";
import type { Run } from "./ports.ts";

/** How far a job's polls have come: when it was taken on, by the clock that never goes back, and how often it was asked for. */
export interface Asked {
  readonly submittedAt: number;
  readonly polls: number;
}

/**
 * Waits until a job is to be asked for again, or patience is over. A long pause that was chosen while nothing was known of
 * such jobs is taken in parts: what others tell meanwhile sets another end to it.
 */
export async function untilDue(
  job: Kind,
  { submittedAt, polls }: Asked,
  poll: Limits["poll"],
  lane: Pick<Lane, "isSought" | "beforeLastFew">,
  {
    ports,
    experience,
    patience,
  }: Pick<Run, "experience" | "patience"> & { readonly ports: Pick<Run["ports"], "time"> },
): Promise<void> {
  const { clock, random } = ports.time;
  const others = experience.running(job);
  const known = () => experience.times(job, poll, wantedLag(others, lane.isSought));
  const due = (times: readonly number[]): number => {
    const now = clock.monotonic();
    return now + pause(times, poll, { elapsed: now - submittedAt, polls, others }, random);
  };

  const asked = clock.monotonic();
  let times = known();
  let end = due(times);
  for (;;) {
    const left = end - clock.monotonic();
    const signal = lane.beforeLastFew(patience);
    if (left < 1 || signal.aborted) break;
    await clock.sleep(times.length > 0 ? left : Math.min(poll.first, left), signal);
    if (times.length > 0) continue;
    times = known();
    if (times.length > 0) end = due(times);
  }
  // The last few are asked for as often as the advice allows.
  const tooSoon = Math.min(end, asked + poll.first) - clock.monotonic();
  if (tooSoon > 0) await clock.sleep(tooSoon, patience);
}
