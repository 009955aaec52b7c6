import { cells, compare } from "../compare.ts";
import { cli } from "../places.ts";
import { corpus } from "../reelform/corpus.ts";
import type { Table } from "../table.ts";

/** Reads and hashes what a plan has to read, and no more: what nobody can do without. */
const floor = `
const { readdirSync, readFileSync } = require("node:fs");
const { createHash } = require("node:crypto");
for (const name of readdirSync("videos")) createHash("sha256").update(readFileSync("videos/" + name)).digest("hex");
`;

/** Finding out that nothing is to be done. */
export async function plan(specs: number, rounds: number): Promise<Table> {
  const cwd = await corpus(specs);
  const many = Math.max(3, rounds);
  const rows = await compare(
    [
      { name: "node: read and hash all files", command: ["node", "-e", floor], cwd },
      { name: "git status", command: ["git", "status", "--porcelain"], cwd },
      { name: "reelform plan", command: ["node", cli, "plan", "--detailed-exitcode"], cwd },
    ],
    many,
  );
  return {
    title: `plan: ${specs} specs, none changed`,
    about: `whole processes in turn, ${many} rounds; the ratio is the median of those round by round`,
    columns: ["", "median ms", "range", "÷ first"],
    rows: cells(rows),
  };
}
