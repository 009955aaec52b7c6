import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git } from "./git.ts";

/** A bare repository that runs push to. */
export interface Remote {
  readonly path: string;
  /** The commit of a ref, or undefined where there is none. */
  head(ref: string): Promise<string | undefined>;
  /** Every ref it has, by full name. */
  refs(): Promise<readonly string[]>;
  /** A file as a branch has it; undefined where it has none. */
  file(branch: string, path: string): Promise<string | undefined>;
  /** A shell script that is run before (`pre-receive`) or after (`post-receive`) refs move. Undefined removes it. */
  hook(when: "pre-receive" | "post-receive", script: string | undefined): Promise<void>;
}

export async function remoteIn(folder: string): Promise<Remote> {
  const path = join(folder, "remote.git");
  const home = { HOME: folder };
  await git(folder, home, "init", "--quiet", "--bare", "--initial-branch=main", path);
  return {
    path,
    head: async (ref) => {
      const found = await git(path, home, "for-each-ref", "--format=%(objectname)", ref);
      return found === "" ? undefined : found;
    },
    refs: async () => (await git(path, home, "for-each-ref", "--format=%(refname)")).split("\n").filter(Boolean),
    file: async (branch, name) => {
      const listed = await git(path, home, "ls-tree", "--name-only", branch, "--", name);
      return listed === "" ? undefined : git(path, home, "show", `${branch}:${name}`);
    },
    hook: async (when, script) => {
      const file = join(path, "hooks", when);
      if (script === undefined) await rm(file, { force: true });
      else await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    },
  };
}

/** The text of a file on this disk, or undefined. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return undefined;
  }
}
