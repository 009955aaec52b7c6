import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitRepository, openRepository } from "../../src/io/git/repository.ts";

export interface Home {
  readonly path: string;
  readonly repository: GitRepository;
  /** Every push that the remote has taken to the journal. */
  pushes(): number;
}

export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" });

/** A repository on the disk, with a bare remote where wanted. It stays until all is measured. */
export async function openHome(remote: boolean): Promise<Home> {
  const path = mkdtempSync(join(tmpdir(), "reelform-bench-"));
  const top = join(path, "repository");
  for (const folder of [join(top, "videos"), join(path, "scratch")]) mkdirSync(folder, { recursive: true });
  git(top, "init", "--quiet", "--initial-branch=main");
  git(top, "config", "user.name", "Ada");
  git(top, "config", "user.email", "ada@example.com");
  const bare = join(path, "remote.git");
  if (remote) {
    git(path, "init", "--quiet", "--bare", bare);
    git(bare, "config", "core.logAllRefUpdates", "always");
    git(top, "remote", "add", "origin", bare);
  }
  const repository = await openRepository(top);
  if (repository === undefined) throw new Error(`${top} is no repository`);
  const log = "refs/reelform/journal-emulated";
  return { path, repository, pushes: () => git(bare, "reflog", "show", log).split("\n").filter(Boolean).length };
}
