import { withoutFilters } from "./filters.ts";
import type { GitRepository } from "./repository.ts";
import { git } from "./run.ts";

/** Blob ids of the tracked files under a folder whose working copy is what the index says, by path from the top. */
export async function cleanBlobs(repository: GitRepository, folder: string): Promise<ReadonlyMap<string, string>> {
  const under = ["--", `:(top,literal)${folder}`];
  const [staged, changed] = await Promise.all([
    git(repository.top, ["ls-files", "-z", "--stage", ...under]),
    git(repository.top, ["ls-files", "-z", "--modified", "--deleted", ...under]),
  ]);
  const dirty = new Set(changed.split("\0"));
  const blobs = new Map<string, string>();
  for (const row of staged.split("\0")) {
    const [, id, stage, path] = /^\d+ ([0-9a-f]+) (\d)\t(.+)$/s.exec(row) ?? [];
    if (id !== undefined && path !== undefined && stage === "0" && !dirty.has(path)) blobs.set(path, id);
  }
  return blobs;
}

/** The blob ids that files would have if they were added as they are. No filter program is run for it. */
export async function hashFiles(
  repository: GitRepository,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const named = paths.filter((path) => !path.includes("\n"));
  if (named.length === 0) return new Map();
  const ids = await git(repository.top, ["hash-object", "--stdin-paths"], {
    stdin: `${named.join("\n")}\n`,
    config: await withoutFilters(repository, named),
  });
  const rows = ids.split("\n");
  return new Map(named.map((path, index) => [path, rows[index] ?? ""]));
}

/** Git's two letters (" M", "??", "A ") for those of the paths that differ from HEAD. */
export async function statusOf(
  repository: GitRepository,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const wanted = paths.map((path) => `:(top,literal)${path}`);
  const args = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored", "--", ...wanted];
  const rows = (await git(repository.top, args)).split("\0").filter((row) => row !== "");
  return new Map(rows.map((row) => [row.slice(3), row.slice(0, 2)]));
}
