import { seeded } from "../../test/support/random.ts";

/** How long jobs take: a lognormal spread around a mean, none longer than three times that. */
export interface Spread {
  /** Milliseconds. */
  readonly mean: number;
  readonly sigma: number;
}

/** A draw from the spread. Equal seeds make equal draws. */
export function serviceTime({ mean, sigma }: Spread, random: () => number): number {
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const took = mean * Math.exp(sigma * normal - sigma ** 2 / 2);
    if (took <= 3 * mean) return took;
  }
}

/** How long the job of a request takes: a matter of the seed and the request alone, so every client meets the same work. */
export function timeOf(request: string, spread: Spread, seed: number): number {
  let hash = 2_166_136_261;
  for (const letter of `${seed}|${request}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return serviceTime(spread, seeded(hash));
}
