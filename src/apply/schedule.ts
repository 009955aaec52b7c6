import type { Random } from "../model/clock.ts";
import type { Limits } from "../model/provider.ts";

/** How long to wait before the n-th poll (from 0), in milliseconds: growing, jittered, within the provider's advice. */
export function schedule({ first, least, most }: Limits["poll"], random: Random): (polls: number) => number {
  return (polls) => {
    const pause = Math.min(most, first * 1.5 ** Math.min(polls, 30));
    return Math.max(least, pause * (0.75 + random() / 2));
  };
}
