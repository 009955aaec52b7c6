import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { results } from "./places.ts";
import { missed, type Table, text } from "./table.ts";
import { claims } from "./tables/claims.ts";
import { flight } from "./tables/flight.ts";
import { batches, makespan } from "./tables/makespan.ts";
import { plan } from "./tables/plan.ts";
import { polls } from "./tables/polls.ts";
import { start } from "./tables/start.ts";
import { storms } from "./tables/storms.ts";

const rounds = Number(process.env.ROUNDS ?? "1");

const tables: Readonly<Record<string, () => Table | Promise<Table>>> = {
  start: () => start(rounds),
  polls,
  claims,
  "plan-1000": () => plan(1_000, rounds),
  "plan-10000": () => plan(10_000, rounds),
  storms,
  "makespan-thousand": () => makespan(batches.thousand, rounds),
  "makespan-short": () => makespan(batches.short, rounds),
  "makespan-ten-thousand": () => makespan(batches["ten-thousand"], rounds),
  flight: () => flight(rounds),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => tables[name] === undefined);
if (unknown.length > 0) throw new Error(`no table ${unknown.join(", ")}; there are ${Object.keys(tables).join(", ")}`);

/**
 * What is measured leaves its files until the end: ext4 without a journal gives nobody the place of a file that was removed
 * in the last minutes, and searches long among thousands of them.
 */
const homes = mkdtempSync(join(tmpdir(), "reelform-bench-"));
process.env.TMPDIR = homes;
process.on("exit", () => rmSync(homes, { recursive: true, force: true }));

const measured = [];
console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores`);
for (const [name, measure] of Object.entries(tables)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const load = loadavg()[0];
  const table = await measure();
  console.log(`${text(table)}\n  load when it began: ${load?.toFixed(1)}`);
  measured.push({ name, load, ...table });
}
mkdirSync(results, { recursive: true });
const file = join(results, `${new Date().toISOString().replaceAll(":", "-")}.json`);
writeFileSync(file, `${JSON.stringify({ node: process.version, cores: cpus().length, rounds, measured }, null, 2)}\n`);
console.log(`\n${file}`);

const misses = measured.reduce((sum, table) => sum + missed(table), 0);
if (misses > 0) {
  console.log(`${misses} of these figures are worse than wanted`);
  process.exitCode = 1;
}
