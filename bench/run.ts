import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { type Contender, compare } from "./compare.ts";

/** Whole processes, medians, and each as a ratio to the first of its table, all measured in one run. */
const cli = new URL("../dist/cli.js", import.meta.url).pathname;
const here = new URL("..", import.meta.url).pathname;

const tables: readonly { readonly title: string; readonly contenders: readonly Contender[] }[] = [
  {
    title: "start-up: at most 2.5 times an empty Node",
    contenders: [
      { name: "node -e 0", command: ["node", "-e", "0"], cwd: here },
      { name: "reelform --version", command: ["node", cli, "--version"], cwd: here },
      { name: "reelform --help", command: ["node", cli, "--help"], cwd: here },
    ],
  },
];

const rounds = Number(process.env.ROUNDS ?? "15");
const results = [];
for (const { title, contenders } of tables) {
  const rows = await compare(contenders, rounds);
  console.log(`\n${title} (${rounds} rounds, Node ${process.version}, ${cpus().length} cores)`);
  for (const { name, median, least, most, ratio } of rows) {
    console.log(
      `  ${name.padEnd(22)} ${median.toFixed(1).padStart(8)} ms  (${least.toFixed(1)} to ${most.toFixed(1)})  × ${ratio.toFixed(2)}`,
    );
  }
  results.push({ title, rounds, rows });
}
const folder = join(here, "bench", "results");
mkdirSync(folder, { recursive: true });
const file = join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
writeFileSync(file, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
console.log(`\n${file}`);
