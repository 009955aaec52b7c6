import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/**
 * Shows that the rules of the simulation bite: takes one of the engine's precautions away at a time, plays stories, and
 * counts those that break a rule. Ends with 1 where none does, or where the engine does not say any more what is to be
 * taken away. `npx tsx scripts/broken-engines.ts 2000 claims` plays so many, 250 unless told, and only
 * those engines that the word is in.
 */
const [, , many = "250", only] = process.argv;
const stories = Number(many);

interface Broken {
  /** "An engine that …" */
  readonly what: string;
  readonly file: string;
  readonly says: string;
  readonly instead: string;
  /** How many times as many stories it takes, for what is seldom met. */
  readonly times?: number;
}

const all: readonly Broken[] = [
  {
    what: "sends again after an unclear answer",
    file: "src/apply/begin.ts",
    says: "      lane.began();\n      return inDoubt(unit, intent, sent.error, run);",
    instead: "      continue;",
  },
  {
    what: "believes a single listing",
    file: "src/apply/ask.ts",
    says: "if (empty === 2)",
    instead: "if (empty === 1)",
  },
  {
    what: "takes a job that another request may have begun",
    file: "src/apply/ask.ts",
    says: "if (rival === undefined && run.jobs.take(provider.name, only.job)) return",
    instead: "return",
    times: 4,
  },
  {
    what: "never looks for what no spec asks for any more",
    file: "src/plan/unasked.ts",
    says: "return [...journalled, ...openInLocks(known, emulated)]",
    instead: "return [...openInLocks(known, emulated)]",
  },
  {
    what: "has claims that never end",
    file: "src/journal/alive.ts",
    says: "return now <= Date.parse(attempt.claimedAt) + lease;",
    instead: "return now >= 0;",
  },
  {
    what: "waits for claims of its own CI run's earlier attempt",
    file: "src/journal/alive.ts",
    says: "theirs.ci.attempt < runner.ci.attempt",
    instead: "theirs.ci.attempt < 0",
  },
  {
    what: "never brings to the remote what it began alone",
    file: "src/journal/pushed-ledger.ts",
    says: "return [...near.snapshot().entries.values(), ...unanswered",
    instead: "return [...unanswered",
  },
  {
    what: "goes on alone though nobody allowed it",
    file: "src/journal/pushed-ledger.ts",
    says: "alone ??= mayGoOn(",
    instead: "alone ??= ((_why: string) => true)(",
    times: 4,
  },
  {
    what: "sends without another look at a claim that was granted late",
    file: "src/apply/begin.ts",
    says: "clock.monotonic() - asked > freshness(connection)",
    instead: "clock.monotonic() - asked < 0",
    times: 12,
  },
  {
    what: "makes again what has failed since it was planned",
    file: "src/journal/decide.ts",
    says: "attempt.begun && !seen;",
    instead: "attempt.begun && attempt.state !== attempt.state && !seen;",
    times: 4,
  },
  {
    what: "forgets old jobs that failed",
    file: "src/journal/garbage.ts",
    says: "at === entry.attempts.length - 1 || !isGarbage(attempt, before)",
    instead: 'attempt.state === "failed" ? Date.parse(attempt.failedAt) > before : at >= 0',
  },
  {
    what: "forgets old claims",
    file: "src/journal/garbage.ts",
    says: "at === entry.attempts.length - 1 || !isGarbage(attempt, before)",
    instead: 'attempt.state === "claimed" ? Date.parse(attempt.claimedAt) > before : at >= 0',
  },
  {
    what: "gives every shard the whole plan",
    file: "src/plan/shard.ts",
    says: "hash(cellOf(idOf(action))) % of === index - 1;",
    instead: "of >= index && action !== undefined;",
  },
  {
    what: "has a video that is in no shard",
    file: "src/plan/shard.ts",
    says: "hash(cellOf(idOf(action))) % of === index - 1;",
    instead: "hash(cellOf(idOf(action))) % (of + 1) === index - 1;",
  },
  {
    what: "sends the request although its file did not go up",
    file: "src/apply/prepare.ts",
    says: "    return run.ports.files.reach(file, connection);",
    instead: '    return run.ports.files.reach(file, connection).catch(() => "nothing");',
  },
  {
    what: "sends a shared file for each request",
    file: "src/commands/reach.ts",
    says: "if (!provider.upload.shared) return",
    instead: "return",
  },
];

const root = resolve(import.meta.dirname, "..");
let toothless = 0;
for (const one of all.filter(({ what }) => what.includes(only ?? ""))) {
  const many = stories * (one.times ?? 1);
  const failed = await failures(one, many);
  if (failed === 0) toothless += 1;
  console.log(`| ${one.what} | ${failed} of ${many.toLocaleString("en")} |`);
}
process.exitCode = toothless === 0 ? 0 : 1;

/** How many of the first stories break a rule, in a copy of the sources. */
async function failures({ file, says, instead }: Broken, many: number): Promise<number> {
  const copy = mkdtempSync(join(tmpdir(), "reelform-broken-"));
  try {
    for (const name of ["src", "test/campaign", "test/support", "package.json", "tsconfig.json"])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const text = readFileSync(join(copy, file), "utf8");
    if (text.split(says).length !== 2) throw new Error(`${file} does not say once: ${says}`);
    writeFileSync(
      join(copy, file),
      text.replace(says, () => instead),
    );
    return await played(copy, many);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function played(copy: string, many: number): Promise<number> {
  const args = ["--import", "tsx", "test/campaign/stories.ts", "1", `${many}`, "1"];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: ["ignore", "pipe", "ignore"] });
  let failed = 0;
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { duplicates, lost, broken } = JSON.parse(line) as Readonly<Record<string, readonly string[]>>;
    told += 1;
    if ([duplicates, lost, broken].some((list) => (list?.length ?? 0) > 0)) failed += 1;
  }
  // An engine that falls over in a story that it did not finish has failed that one too.
  return failed + (told < many ? 1 : 0);
}
