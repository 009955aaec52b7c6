import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { commitPaths } from "../../src/io/git/commit.ts";
import type { GitRepository } from "../../src/io/git/repository.ts";
import { git } from "../../src/io/git/run.ts";
import { opened, scratch, workingCopy } from "../support/git/scratch.ts";

const lock = "videos/intro.lock.json";
const message = "videos: 1 generated\n\nReelform-Units: 1\n";

let copy: GitRepository;
beforeEach(async () => {
  copy = await workingCopy();
  await mkdir(join(copy.top, "videos"));
  await writeFile(join(copy.top, lock), "{}\n");
});

const commit = (changes: object = {}) => commitPaths(copy, { paths: [lock], message, hooks: true, ...changes });
const filesIn = async (commit: string) =>
  (await git(copy.top, ["show", "--format=", "--name-status", commit])).trim().split("\n");

test("the commit has the paths it was given, and the user's other changes stay as they were", async () => {
  await writeFile(join(copy.top, "README.md"), "edited\n");
  await writeFile(join(copy.top, "staged.txt"), "staged\n");
  await writeFile(join(copy.top, "new.txt"), "untracked\n");
  await git(copy.top, ["add", "staged.txt"]);
  const before = await git(copy.top, ["status", "--porcelain", "--", "README.md", "staged.txt", "new.txt"]);

  expect(await commit()).toEqual({ kind: "committed", commit: expect.any(String), parent: copy.head });
  expect(await filesIn("HEAD")).toEqual([`A\t${lock}`]);
  expect(await git(copy.top, ["status", "--porcelain"])).toBe(before);
  expect(await git(copy.top, ["log", "-1", "--format=%an|%s|%(trailers:key=Reelform-Units,valueonly)"])).toMatch(
    /^Ada\|videos: 1 generated\|1/,
  );
});

test("a file that is gone is committed as gone, and one that never was does not matter", async () => {
  await commit();
  await rm(join(copy.top, lock));
  expect(await commit({ paths: [lock, "videos/never.lock.json"] })).toMatchObject({ kind: "committed" });
  expect(await filesIn("HEAD")).toEqual([`D\t${lock}`]);
});

test("where nothing changed nothing is committed", async () => {
  await commit();
  expect(await commit()).toEqual({ kind: "nothing" });
  expect(await commit({ paths: [] })).toEqual({ kind: "nothing" });
});

test("an ignore rule of the user does not hide a lockfile", async () => {
  await writeFile(join(copy.top, ".gitignore"), "*.json\n");
  expect(await commit()).toMatchObject({ kind: "committed" });
});

test("paths are names, not patterns or flags", async () => {
  const names = ["--all", ":(top)*", 'a b".json'];
  for (const name of names) await writeFile(join(copy.top, name), "{}\n");
  await writeFile(join(copy.top, "other.txt"), "x");
  expect(await commit({ paths: names })).toMatchObject({ kind: "committed" });
  expect(await filesIn("HEAD")).toHaveLength(3);
  expect(await git(copy.top, ["status", "--porcelain", "--", "other.txt"])).toBe("?? other.txt\n");
});

test("without a name of the user's there is one of ours", async () => {
  vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
  vi.stubEnv("GIT_CONFIG_SYSTEM", "/dev/null");
  onTestFinished(() => void vi.unstubAllEnvs());
  const dir = await scratch();
  await git(dir, ["init", "-q"]);
  await writeFile(join(dir, "x.lock.json"), "{}\n");
  copy = await opened(dir);
  expect(await commit({ paths: ["x.lock.json"] })).toMatchObject({ kind: "committed", parent: undefined });
  expect(await git(dir, ["log", "-1", "--format=%an, %cn"])).toBe("reelform, reelform\n");
});

describe("hooks", () => {
  beforeEach(async () => {
    const hook = '#!/bin/sh\necho "prose must be spell-checked" >&2\nexit 1\n';
    await writeFile(join(copy.top, ".git", "hooks", "pre-commit"), hook, { mode: 0o755 });
  });

  test("one that refuses is obeyed on a person's machine, and the work is kept", async () => {
    expect(await commit()).toMatchObject({ kind: "failed", why: "prose must be spell-checked" });
    expect(await readFile(join(copy.top, lock), "utf8")).toBe("{}\n");
    expect(await git(copy.top, ["rev-parse", "HEAD"])).toBe(`${copy.head}\n`);
  });

  test("none runs in CI", async () => {
    expect(await commit({ hooks: false })).toMatchObject({ kind: "committed" });
  });
});

test("no filter program runs for a lockfile, whatever the attributes say", async () => {
  const canary = join(await scratch(), "canary");
  await writeFile(join(copy.top, ".gitattributes"), "*.json filter=trap\n");
  await git(copy.top, ["config", "filter.trap.clean", `touch ${canary}; cat`]);
  await git(copy.top, ["config", "filter.trap.required", "true"]);
  expect(await commit()).toMatchObject({ kind: "committed" });
  expect(existsSync(canary)).toBe(false);
  expect(await git(copy.top, ["show", `HEAD:${lock}`])).toBe("{}\n");
});

test("in the middle of a merge it says what is in the way", async () => {
  await git(copy.top, ["checkout", "-q", "-b", "side"]);
  await writeFile(join(copy.top, "README.md"), "side\n");
  await git(copy.top, ["commit", "-q", "-a", "-m", "side"]);
  await git(copy.top, ["checkout", "-q", "main"]);
  await writeFile(join(copy.top, "README.md"), "main\n");
  await git(copy.top, ["commit", "-q", "-a", "-m", "main"]);
  await expect(git(copy.top, ["merge", "side"])).rejects.toThrow();
  expect(await commit()).toMatchObject({ kind: "failed", why: expect.stringMatching(/merge|unmerged/) });
});

test("the lock of another Git is waited for and never taken away", async () => {
  const held = join(copy.gitDir, "index.lock");
  await writeFile(held, "");
  const committing = commit();
  setTimeout(() => void rm(held), 120);
  expect(await committing).toMatchObject({ kind: "committed" });
});
