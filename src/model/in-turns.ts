import type { Clock } from "./clock.ts";

/** So many are done before others get their turn: thousands in one go would keep the thread for long. */
const inOneTurn = 100;

/** Does something with each, in order, and lets others work in between. */
export async function inTurns<T>(all: readonly T[], act: (one: T) => void, clock: Pick<Clock, "sleep">): Promise<void> {
  for (const [index, one] of all.entries()) {
    if (index > 0 && index % inOneTurn === 0) await clock.sleep(0);
    act(one);
  }
}
