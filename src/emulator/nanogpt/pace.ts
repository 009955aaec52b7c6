/** Seconds to wait where there were too many; undefined where one more is welcome, which is counted. */
export type Pace = (from: string, now: number) => number | undefined;

/** So many in so many milliseconds of the API's time, for each address. Time never runs slower here than outside. */
export function pace(most: number, milliseconds: number, speed: number): Pace {
  const window = milliseconds / Math.max(1, speed);
  const seen = new Map<string, readonly number[]>();
  return (from, now) => {
    const recent = (seen.get(from) ?? []).filter((at) => at > now - window);
    const [oldest = now] = recent;
    if (recent.length >= most) return Math.max(1, Math.ceil((oldest + window - now) / 1000));
    seen.set(from, [...recent, now]);
    return undefined;
  };
}
