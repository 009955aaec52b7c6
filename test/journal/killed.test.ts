import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, utimes } from "node:fs/promises";
import { join } from "node:path";
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
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, random() * 60));
  // The whole group: a power cut takes Git as well, in the middle of whatever it writes.
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await once(child, "close");
  return said.split("\n").slice(1, -1);
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
