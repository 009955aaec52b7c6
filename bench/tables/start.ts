import { cells, compare } from "../compare.ts";
import { cli, repository } from "../places.ts";
import type { Table } from "../table.ts";

/** Whole processes that have nothing to do. */
export async function start(rounds: number): Promise<Table> {
  const many = Math.max(15, rounds);
  const rows = await compare(
    [
      { name: "node -e 0", command: ["node", "-e", "0"], cwd: repository },
      { name: "reelform --version", command: ["node", cli, "--version"], cwd: repository },
      { name: "reelform --help", command: ["node", cli, "--help"], cwd: repository },
    ],
    many,
  );
  return {
    title: "start: at most 2.5 times an empty Node",
    about: `whole processes in turn, ${many} rounds; the ratio is the median of those round by round`,
    columns: ["", "median ms", "range", "÷ first"],
    rows: cells(rows, 2.5),
  };
}
