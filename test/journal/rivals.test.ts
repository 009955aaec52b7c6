import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { GitRepository } from "../../src/io/git/repository.ts";
import { bareRemote, workingCopy } from "../support/git/scratch.ts";
import { commitsIn, journalIn } from "../support/journal/git-journal.ts";
import { claimAll } from "../support/journal/rivals.ts";

const films = 50;

async function claimElsewhere({ top }: GitRepository, run: string): Promise<readonly string[]> {
  const program = ["--import", "tsx", "test/support/journal/claimer.ts", top, run, String(films)];
  const { stdout } = await promisify(execFile)(process.execPath, program);
  return JSON.parse(stdout);
}

const claimHere = async (repository: GitRepository, run: string): Promise<readonly string[]> =>
  claimAll(await journalIn(repository, run, "origin"), films);

test.each([
  ["two runs in one process", 2, claimHere],
  ["eight runs in one process", 8, claimHere],
  ["two processes", 2, claimElsewhere],
  ["eight processes", 8, claimElsewhere],
])("%s that want the same films get each film once, in far fewer commits than films", async (_who, count, claim) => {
  const remote = await bareRemote();
  const copies = await Promise.all(Array.from({ length: count }, () => workingCopy(remote)));
  const got = await Promise.all(copies.map((copy, index) => claim(copy, `run ${index}`)));
  expect(got.flat()).toHaveLength(films);
  expect(new Set(got.flat()).size).toBe(films);
  expect(await commitsIn(remote.dir)).toBeLessThan(films / 3);
});

test("rivals on one machine, with one repository between them, share out the films as well", async () => {
  const remote = await bareRemote();
  const copy = await workingCopy(remote);
  const got = await Promise.all(["a", "b", "c"].map((run) => claimHere(copy, run)));
  expect(new Set(got.flat()).size).toBe(films);
  expect(got.flat()).toHaveLength(films);
});
