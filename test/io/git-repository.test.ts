import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { GitError } from "../../src/io/git/error.ts";
import { cleanBlobs, hashFiles, statusOf } from "../../src/io/git/files.ts";
import { filesAt } from "../../src/io/git/objects.ts";
import { isAncestor, openRepository } from "../../src/io/git/repository.ts";
import { git, runGit } from "../../src/io/git/run.ts";
import { bareRemote, opened, scratch, workingCopy } from "../support/git/scratch.ts";

test("outside of a repository there is none", async () => {
  expect(await openRepository(await scratch())).toBeUndefined();
});

test("a repository is found from any folder in it, before and after its first commit", async () => {
  const dir = await scratch();
  await git(dir, ["init", "-q", "-b", "trunk"]);
  expect(await opened(dir)).toMatchObject({ head: undefined, branch: "trunk", remote: undefined });

  const copy = await workingCopy(await bareRemote());
  await mkdir(join(copy.top, "videos"));
  const head = (await git(copy.top, ["rev-parse", "HEAD"])).trim();
  const inside = await opened(join(copy.top, "videos"));
  expect(inside).toMatchObject({ top: copy.top, head, branch: "main", remote: "origin", nullId: "0".repeat(40) });
  expect(inside.commonDir).toBe(join(copy.top, ".git"));
});

test("a folder that is named counts, not the repository that a hook of another one speaks of", async () => {
  const [one, other] = [await workingCopy(), await workingCopy()];
  vi.stubEnv("GIT_DIR", join(other.top, ".git"));
  onTestFinished(() => void vi.unstubAllEnvs());
  expect((await opened(one.top)).commonDir).toBe(join(one.top, ".git"));
});

test("with several remotes it is the one that Git would push to", async () => {
  const copy = await workingCopy();
  await git(copy.top, ["remote", "add", "mine", "file:///mine"]);
  expect((await opened(copy.top)).remote).toBe("mine");
  await git(copy.top, ["remote", "add", "origin", "file:///origin"]);
  expect((await opened(copy.top)).remote).toBe("origin");
  await git(copy.top, ["config", "branch.main.pushRemote", "mine"]);
  expect((await opened(copy.top)).remote).toBe("mine");
});

test("what Git says of a remote is shown without the token in its address", async () => {
  const copy = await workingCopy({ url: "https://ada:ghp_secret@127.0.0.1:1/x.git" });
  const asked = git(copy.top, ["fetch", "origin"]);
  await expect(asked).rejects.toThrow(GitError);
  await expect(asked).rejects.not.toThrow(/ghp_secret/);
});

test("a repository that cannot be entered is an error that says where", async () => {
  await expect(runGit("/nowhere/at/all", ["status"])).rejects.toThrow("/nowhere/at/all");
});

test("text that Git gets from us is never a flag or a shell's command", async () => {
  const copy = await workingCopy();
  const names = ["--help", 'a";touch canary;#', "$(touch canary)", "ü ∞.yaml", "x blob 5", ":(top)y"];
  for (const name of names) await writeFile(join(copy.top, name), name);
  expect([...(await hashFiles(copy, names)).keys()]).toEqual(names);
  expect(await statusOf(copy, names)).toEqual(new Map([...names].sort().map((name) => [name, "??"])));
  await git(copy.top, ["add", "-A"]);
  await git(copy.top, ["commit", "-q", "-m", "names"]);
  const there = await filesAt(copy, "HEAD", [...names, "y blob 3"]);
  expect(there).toEqual(new Map(names.map((name) => [name, name])));
  expect((await git(copy.top, ["ls-files", "canary"])).trim()).toBe("");
});

test("blob ids come from the index for clean files only, and equal those of the content", async () => {
  const copy = await workingCopy();
  await mkdir(join(copy.top, "videos"));
  for (const name of ["a", "b", "c"]) await writeFile(join(copy.top, "videos", name), name);
  await git(copy.top, ["add", "videos/a", "videos/b"]);
  await writeFile(join(copy.top, "videos", "b"), "changed");
  const clean = await cleanBlobs(copy, "videos");
  expect([...clean.keys()]).toEqual(["videos/a"]);
  expect(clean.get("videos/a")).toBe((await hashFiles(copy, ["videos/a"])).get("videos/a"));
});

test("history is asked for, and a commit that is not here is nobody's forebear", async () => {
  const copy = await workingCopy();
  const head = copy.head ?? "";
  await git(copy.top, ["commit", "-q", "--allow-empty", "-m", "more"]);
  expect(await isAncestor(copy, head, "HEAD")).toBe(true);
  expect(await isAncestor(copy, "HEAD", head)).toBe(false);
  expect(await isAncestor(copy, "1".repeat(40), head)).toBe(false);
});
