import { Heap } from "./heap.ts";

/**
 * What no client can beat: all requests at hand from the start, in the order of their first submit, each begun the moment
 * one of `slots` machines is free.
 */
export function listBound(times: readonly number[], slots: number): number {
  const busy = new Heap<{ readonly at: number }>();
  let end = 0;
  for (const took of times) {
    const from = busy.size < slots ? 0 : (busy.pop()?.at ?? 0);
    busy.push({ at: from + took });
    end = Math.max(end, from + took);
  }
  return end;
}
