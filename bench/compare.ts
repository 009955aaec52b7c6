import { spawn } from "node:child_process";

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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
