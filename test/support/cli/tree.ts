import { createHash } from "node:crypto";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** One hash for each file of a folder, Git's own apart, so that two moments can be compared. */
export async function treeOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const hashes = await Promise.all(
    entries
      .map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(folder.length + 1) }))
      .filter(({ path }) => !/^\.git(\/|$)/.test(path))
      .map(async ({ entry, path }) => [path, await hashOf(join(folder, path), entry)] as const),
  );
  return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Kind {
  isSymbolicLink(): boolean;
  isFile(): boolean;
}

async function hashOf(path: string, kind: Kind): Promise<string> {
  if (kind.isSymbolicLink()) return `link to ${await readlink(path)}`;
  if (!kind.isFile()) return "folder";
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
