import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

/**
 * Plays simulated stories, and kills the built program at drawn instants, by seed, and tells what came of it. Ends with 1
 * where anything was paid for twice, lost, or left without a reason.
 */
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "10000" },
    kills: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
const [schedules, kills, seed] = [values.schedules, values.kills, values.seed].map(natural) as [number, number, number];
const processes = Math.max(1, Math.min(4, cpus().length));

/** What one seed came to. */
interface Told {
  readonly seed: number;
  readonly runs?: number;
  readonly kills: number;
  readonly duplicates: readonly string[];
  readonly lost: readonly string[];
  readonly broken?: readonly string[];
  readonly inDoubt: number;
  readonly flags?: string;
}

interface Row {
  readonly what: string;
  readonly played: number;
  readonly kills: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly broken: number;
  readonly inDoubt: number;
  readonly seconds: number;
  readonly failures: readonly Told[];
}

const rows = [
  await row("schedules", schedules, (share) => stories(seed + share, part(schedules, share))),
  await row("runs of the program", kills, (share) => kill(seed + before(kills, share), part(kills, share))),
].filter(({ played }) => played > 0);

print(rows);
for (const failure of rows.flatMap(({ failures }) => failures)) console.log(JSON.stringify(failure));
const file = keep(rows);
console.log(`\n${file}`);
const complete = rows.reduce((sum, { played }) => sum + played, 0) === schedules + kills;
if (!complete) console.log("not every seed was played");
process.exitCode = complete && rows.every(({ failures }) => failures.length === 0) ? 0 : 1;

function natural(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${text} is no number of anything`);
  return number;
}

/** How many of so many seeds one process plays. */
function part(many: number, share: number): number {
  return Math.floor(many / processes) + (share < many % processes ? 1 : 0);
}

function before(many: number, share: number): number {
  return Array.from({ length: share }, (_, earlier) => part(many, earlier)).reduce((sum, own) => sum + own, 0);
}

async function row(what: string, many: number, play: (share: number) => Promise<readonly Told[]>): Promise<Row> {
  const begun = performance.now();
  const shares = many === 0 ? [] : Array.from({ length: processes }, (_, share) => play(share));
  const told = (await Promise.all(shares)).flat();
  const count = (of: (one: Told) => number): number => told.reduce((sum, one) => sum + of(one), 0);
  return {
    what,
    played: told.length,
    kills: count((one) => one.kills),
    duplicates: count(({ duplicates }) => duplicates.length),
    lost: count(({ lost }) => lost.length),
    broken: count(({ broken = [] }) => broken.length),
    inDoubt: count(({ inDoubt }) => inDoubt),
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    failures: told.filter(({ duplicates, lost, broken = [] }) => duplicates.length + lost.length + broken.length > 0),
  };
}

/** The simulation, in a process of its own. Each process plays every so manieth seed, so that none has all hard ones. */
async function stories(first: number, count: number): Promise<readonly Told[]> {
  const args = ["--import", "tsx", "test/campaign/stories.ts", ...[first, count, processes].map(String)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const told: Told[] = [];
  for await (const line of createInterface({ input: child.stdout })) told.push(JSON.parse(line) as Told);
  return told;
}

/** The built program, killed. A test file does it, whose servers and folders are gone after each seed. */
async function kill(first: number, count: number): Promise<readonly Told[]> {
  if (count === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "reelform-campaign-"));
  const file = join(folder, "told.jsonl");
  const child = spawn("npx", ["vitest", "run", "test/campaign/drawn.test.ts", "--reporter=dot"], {
    env: { ...process.env, CAMPAIGN_SEED: `${first}`, CAMPAIGN_RUNS: `${count}`, CAMPAIGN_FILE: file },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const text of child.stdout) said += String(text);
  const told = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  rmSync(folder, { recursive: true });
  if (told.length < count) console.log(said);
  return told.map((line) => JSON.parse(line) as Told);
}

function print(table: readonly Row[]): void {
  const heads = ["", "played", "kills", "duplicates", "lost", "broken", "in doubt", "seconds"];
  const cells = table.map((one) =>
    [one.what, one.played, one.kills, one.duplicates, one.lost, one.broken, one.inDoubt, one.seconds].map(String),
  );
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((line) => line[column]?.length ?? 0)));
  for (const line of [heads, ...cells]) {
    const [what = "", ...numbers] = line;
    const right = numbers.map((number, column) => number.padStart(widths[column + 1] ?? 0));
    console.log([what.padEnd(widths[0] ?? 0), ...right].join("  "));
  }
}

function keep(table: readonly Row[]): string {
  const folder = join("bench", "results");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `campaign-${new Date().toISOString().replaceAll(":", "-")}.json`);
  const results = { node: process.version, cores: cpus().length, seed, rows: table };
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}
