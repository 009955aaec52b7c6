import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type GitRepository, openRepository } from "../../../src/io/git/repository.ts";
import { git } from "../../../src/io/git/run.ts";

/** A folder that is gone after the test. */
export async function scratch(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "reelform-git-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export async function opened(dir: string): Promise<GitRepository> {
  const repository = await openRepository(dir);
  if (repository === undefined) throw new Error(`${dir} is no repository`);
  return repository;
}

/** A bare repository that others push to, by its address. */
export async function bareRemote(): Promise<{ readonly dir: string; readonly url: string }> {
  const dir = join(await scratch(), "remote.git");
  await git(tmpdir(), ["init", "-q", "--bare", "-b", "main", dir]);
  return { dir, url: `file://${dir}` };
}

/** Makes a server that refuses pushes in its own words. */
export const refuseWith = (remote: { readonly dir: string }, words: string, when = "true"): Promise<void> =>
  writeFile(
    join(remote.dir, "hooks", "pre-receive"),
    `#!/bin/sh\nwhile read -r old new ref; do if ${when}; then echo "${words}" >&2; exit 1; fi; done\n`,
    { mode: 0o755 },
  );

/** A repository with a person's identity and one commit, and the remote as its origin when there is one. */
export async function workingCopy(remote?: { readonly url: string }): Promise<GitRepository> {
  const dir = await scratch();
  await git(dir, ["init", "-q", "-b", "main"]);
  await git(dir, ["config", "user.name", "Ada"]);
  await git(dir, ["config", "user.email", "ada@example.com"]);
  if (remote !== undefined) await git(dir, ["remote", "add", "origin", remote.url]);
  await writeFile(join(dir, "README.md"), "videos\n");
  await git(dir, ["add", "README.md"]);
  await git(dir, ["commit", "-q", "-m", "begin"]);
  return opened(dir);
}

/** Another person's copy of what was pushed. */
export async function cloneOf(remote: { readonly url: string }, ...flags: readonly string[]): Promise<GitRepository> {
  const dir = await scratch();
  await git(dir, ["clone", "-q", ...flags, "--", remote.url, "copy"]);
  const copy = join(dir, "copy");
  await git(copy, ["config", "user.name", "Bob"]);
  await git(copy, ["config", "user.email", "bob@example.com"]);
  return opened(copy);
}
