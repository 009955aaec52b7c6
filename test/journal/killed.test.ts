import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { errorCode } from "../../src/io/error-code.ts";
import type { GitRepository } from "../../src/io/git/repository.ts";
import { git } from "../../src/io/git/run.ts";
import { bareRemote, workingCopy } from "../support/git/scratch.ts";
import { digestNamed, intentFor } from "../support/journal/attempts.ts";
import { journalIn, journalRef } from "../support/journal/git-journal.ts";
import { seeded } from "../support/random.ts";

const random = seeded(20_261_120);

/** Starts a run that claims without end, kills it and its Gits at some instant, and answers what it was sure to have. */
async function claimsOfAKilledRun({ top }: GitRepository, run: string, remote: string | undefined) {
  const program = [
    "--import",
    "tsx",
    "test/support/journal/restless.ts",
    top,
    run,
    ...(remote === undefined ? [] : [remote]),
  ];
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const lines = 1 + Math.floor(random() * 4);
  while (said.split("\n").length <= lines) await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, random() * 60));
  await powerCut(child.pid ?? 0);
  await once(child, "close");
  return said.split("\n").slice(1, -1);
}

/** Takes a process and everything that it started, Git in the middle of whatever it writes. */
async function powerCut(pid: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/).map(Number));
  const doomed = [pid];
  for (const parent of doomed)
    doomed.push(...rows.flatMap(([child, of]) => (of === parent && child !== undefined ? [child] : [])));
  for (const one of doomed) kill(one);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

/** As if we came back a little later: only then a lock that was left is known to be nobody's. */
async function age(lock: string): Promise<void> {
  try {
    await utimes(lock, 0, 0);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

test.each([
  ["on one machine", undefined],
  ["shared through a remote", "origin"],
])("of a journal %s, every claim that was granted is there after kill -9 at any instant", async (_where, remote) => {
  const origin = await bareRemote();
  const copy = await workingCopy(origin);
  let granted = 0;
  for (let kill = 1; kill <= 15; kill++) {
    const run = `run${kill}`;
    const sure = await claimsOfAKilledRun(copy, run, remote);
    await age(join(copy.top, ".git", `${journalRef}.lock`));
    // A server outlives its clients; this one was a child of theirs.
    await rm(join(origin.dir, `${journalRef}.lock`), { force: true });
    granted += sure.length;
    const journal = await journalIn(copy, `after${kill}`, remote);
    for (const unit of sure) expect(journal.entries().has(digestNamed(unit)), `${unit} is lost`).toBe(true);
    expect(await journal.claim([intentFor(`after/${kill}`)])).toMatchObject([{ kind: "claimed" }]);
  }
  expect(granted).toBeGreaterThan(0);
  await git(copy.top, ["fsck", "--connectivity-only"]);
});
