/** When submits are refused with a 429. Times are in milliseconds. */
export interface Manner {
  /** A full account refuses instead of queueing. */
  readonly rejects?: boolean;
  /** Submits a second, and how many may come at once. */
  readonly rate?: { readonly each: number; readonly burst: number };
  /** Every so often, for so long, every submit is refused. */
  readonly storm?: { readonly every: number; readonly lasts: number };
  /** What a full account asks its clients to wait for. */
  readonly patience?: number;
}

/** Decides about each submit: undefined lets it in, a number asks to come back after so many milliseconds. */
export function door({ rejects = false, rate, storm, patience = 1_000 }: Manner) {
  let tokens = rate?.burst ?? 0;
  let since: number | undefined;
  let began: number | undefined;

  return (now: number, full: boolean): number | undefined => {
    began ??= now;
    if (storm !== undefined) {
      const into = (now - began) % storm.every;
      if (into > storm.every - storm.lasts) return storm.every - into;
    }
    if (rejects && full) return patience;
    if (rate === undefined) return undefined;
    tokens = Math.min(rate.burst, tokens + ((now - (since ?? now)) / 1_000) * rate.each);
    since = now;
    if (tokens < 1) return ((1 - tokens) / rate.each) * 1_000;
    tokens -= 1;
    return undefined;
  };
}
