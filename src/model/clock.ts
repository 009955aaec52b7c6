/** Time and chance come in as values, so that a whole run can be played again from a seed. */
export interface Clock {
  /** Milliseconds since 1970. May jump. */
  now(): number;
  /** Milliseconds that never go back. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/** UTC, whole seconds: "2026-11-20T10:12:44Z". */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
