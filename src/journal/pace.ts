import type { Clock, Random } from "../model/clock.ts";

/** How patient the journal is with the world. */
export interface Pace {
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the program wants to end: no more waiting between tries. */
  readonly hurry: AbortSignal;
  /** Aborted when it has to end now: what is under way is cut off. */
  readonly cut: AbortSignal;
}

/** How often an unreachable or refusing copy is asked before that is the answer. */
export const triesWhenFailing = 5;

/** How often somebody else may be faster before we give up. Each time one of the rivals got on. */
export const triesWhenMoved = 100;

/** Full jitter: rivals that met once do not meet again. */
export const waitAfterMoved = ({ clock, random, hurry }: Pace, round: number): Promise<void> =>
  clock.sleep(random() * Math.min(2_000, 20 * 2 ** round), hurry);

export const waitAfterFailure = ({ clock, random, hurry }: Pace, round: number): Promise<void> =>
  clock.sleep((0.5 + random() / 2) * Math.min(8_000, 500 * 2 ** round), hurry);
