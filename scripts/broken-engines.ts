import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type Broken, brokenEngines } from "../test/campaign/broken-engines.ts";

/**
 * Shows that the rules of the simulation bite: takes one of the engine's precautions away at a time, plays stories, and
 * counts those that break a rule. Ends with 1 where none does, or where the engine does not say any more what is to be
 * taken away. `npx tsx scripts/broken-engines.ts 2000 claims` plays so many, 250 unless told, and only
 * those engines that the word is in.
 */
const [, , many = "250", only] = process.argv;
const stories = Number(many);

const root = resolve(import.meta.dirname, "..");
let toothless = 0;
for (const one of brokenEngines.filter(({ what }) => what.includes(only ?? ""))) {
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
