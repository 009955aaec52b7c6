import type { Random } from "../../model/clock.ts";

/** How often and how patiently a free call is tried again. Nothing that may be billed comes near this file. */
export interface Patience {
  readonly tries: number;
  /** Bounds of the pause, in milliseconds. */
  readonly first: number;
  readonly most: number;
}

export const patient: Patience = { tries: 4, first: 500, most: 20_000 };

const passing: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/** Whether the same free call may well succeed in a moment. */
export const isPassing = (status: number): boolean => passing.has(status);

/**
 * How long to wait before the next try, or undefined to give up: after the last try, or where the provider asks for
 * more patience than a single call has. Full jitter, so that many callers do not come back together.
 */
export function pause(
  tried: number,
  asked: number | undefined,
  patience: Patience,
  random: Random,
): number | undefined {
  if (tried >= patience.tries || (asked !== undefined && asked > patience.most)) return undefined;
  return (asked ?? 0) + random() * Math.min(patience.most, patience.first * 2 ** tried);
}
