import { spawn } from "node:child_process";
import { median } from "./statistics.ts";
import type { Cell } from "./table.ts";

export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
}

export interface Row {
  readonly name: string;
  /** Milliseconds of wall time. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The median of the ratios to the first contender, round by round: what drifts, drifts for both. */
  readonly ratio: number;
}

/** The rows as cells: median, range and ratio, with what is wanted of the ratio of whoever is not first. */
export const cells = (rows: readonly Row[], atMost?: number): readonly (readonly Cell[])[] =>
  rows.map(({ name, median, least, most, ratio }, index) => [
    name,
    { value: median, digits: 0 },
    `${least.toFixed(0)} to ${most.toFixed(0)}`,
    { value: ratio, ...(atMost === undefined || index === 0 ? {} : { atMost }) },
  ]);

/** Runs the contenders in turn, A B C, A B C, after one round that is not counted. */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<readonly Row[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const took = await time(contender);
      if (round >= 0) times[index]?.push(took);
    }
  }
  const [first = []] = times;
  return contenders.map(({ name }, index) => {
    const own = times[index] ?? [];
    const ratios = own.map((took, round) => took / (first[round] ?? Number.NaN));
    return { name, median: median(own), least: Math.min(...own), most: Math.max(...own), ratio: median(ratios) };
  });
}

function time({ name, command: [program, ...args], cwd }: Contender): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: "ignore" });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`${name} ended with ${code}`));
    });
  });
}
