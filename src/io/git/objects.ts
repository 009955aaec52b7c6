import type { GitRepository } from "./repository.ts";
import { git, gitBytes } from "./run.ts";

/** Every file of a commit, or of one folder of it: path to blob id. */
export async function listTree(repository: GitRepository, commit: string): Promise<ReadonlyMap<string, string>> {
  const listing = await git(repository.top, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  const files = new Map<string, string>();
  for (const row of listing.split("\0")) {
    const tab = row.indexOf("\t");
    if (tab > 0) files.set(row.slice(tab + 1), row.slice(0, tab).split(" ")[2] ?? "");
  }
  return files;
}

const atOnce = 4096;

/** The content of many objects, by one process per few thousand. What Git cannot read is not in the answer. */
export async function readObjects(
  repository: GitRepository,
  names: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (let start = 0; start < names.length; start += atOnce) {
    const some = names.slice(start, start + atOnce);
    const answer = await gitBytes(repository.top, ["cat-file", "--batch"], { stdin: `${some.join("\n")}\n` });
    let at = 0;
    for (const name of some) {
      const end = answer.indexOf(10, at);
      const [, kind, size] = answer.toString("latin1", at, end).split(" ");
      at = end + 1;
      if (kind !== "blob" || size === undefined) continue;
      found.set(name, answer.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  }
  return found;
}
