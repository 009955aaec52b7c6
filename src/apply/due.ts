import type { Random } from "../model/clock.ts";
import type { Limits } from "../model/provider.ts";
import type { Kind } from "./experience.ts";
import type { Lane } from "./lane.ts";
import type { Run } from "./ports.ts";

/**
 * How late an end may be noticed on average, as a part of what such a job takes: the less the fewer run, and least where
 * somebody waits for its slot.
 */
export function wantedLag(running: number, isSought: boolean): number {
  if (isSought || running < 100) return 0.01;
  if (running < 1_000) return 0.03;
  return running < 5_000 ? 0.1 : 0.15;
}

/** More jobs than this that run at once are asked for no more often, together, while nothing is known: one tells of the others. */
const crowd = 400;
/** Where nobody waits for a slot, each of a crowd may wait so many times as long, on average, as a job alone. */
const patienceOfCrowd = 4;

/** How far a job has come, and what else there is. */
export interface Stand {
  /** Milliseconds after its submit. */
  readonly elapsed: number;
  readonly polls: number;
  /** How many such jobs run. */
  readonly others: number;
  /** Whether somebody waits for its slot. */
  readonly isSought: boolean;
}

/**
 * How long to wait before asking again: by experience where there is some, and otherwise ever longer, within the provider's
 * advice. A jitter spreads the jobs of one batch, which would all be asked for in one instant: the more of them, the wider.
 */
export function pause(times: readonly number[], poll: Limits["poll"], stand: Stand, random: Random): number {
  return Math.max(
    poll.least,
    times.length === 0 ? unknowing(poll, stand, random) : learned(times, poll, stand, random),
  );
}

function unknowing({ first, most }: Limits["poll"], { polls, others, isSought }: Stand, random: Random): number {
  const growing = first * 1.5 ** Math.min(polls, 30);
  if (others <= crowd) return Math.min(most, growing) * (0.75 + random() / 2);
  return Math.min(isSought ? most : patienceOfCrowd * most, (growing * others) / crowd) * 2 * random();
}

function learned(
  times: readonly number[],
  { first, least, most }: Limits["poll"],
  { elapsed, others }: Stand,
  random: Random,
): number {
  const inCrowd = others > crowd;
  // The look before may have come early: by at most half of `least`, and in a crowd by more. One that came late must not
  // cost the next where looks lie close.
  const next = times.findIndex((at) => at > elapsed + (inCrowd ? least : least / 2));
  const [at, after] = [times[next], times[next + 1]];
  if (at === undefined) return Math.min(most, elapsed * 0.15) * (0.95 + random() / 10);
  // What was learned while a batch ran may be wrong by much.
  const longest = elapsed > first ? Math.max(most, elapsed / 4) : Number.POSITIVE_INFINITY;
  if (inCrowd && after !== undefined) return Math.min(longest, at - elapsed + (after - at) * (random() - 0.5));
  const wait = Math.min(longest, at - elapsed);
  return Math.max(wait - least / 2, wait * (0.95 + random() / 10));
}

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
    return now + pause(times, poll, { elapsed: now - submittedAt, polls, others, isSought: lane.isSought }, random);
  };

  const asked = clock.monotonic();
  let times = known();
  let end = due(times);
  for (;;) {
    const left = end - clock.monotonic();
    const signal = lane.beforeLastFew(patience);
    if (left < 1 || signal.aborted) break;
    await clock.sleep(times.length > 0 ? left : Math.min(2 * poll.first, left), signal);
    if (times.length > 0) continue;
    times = known();
    if (times.length > 0) end = due(times);
  }
  // The last few are asked for as often as the advice allows.
  const tooSoon = Math.min(end, asked + poll.first) - clock.monotonic();
  if (tooSoon > 0) await clock.sleep(tooSoon, patience);
}
