import type { GitRepository } from "./repository.ts";
import { git, gitBytes } from "./run.ts";

/** Every file of a commit, or of one folder of it: path to blob id. */
export async function listTree(repository: GitRepository, commit: string): Promise<ReadonlyMap<string, string>> {
  const listing = await git(repository.top, ["ls-tree", "-r", "-z", "--full-tree", commit], {
    shielded: true,
  });
  const files = new Map<string, string>();
  for (const row of listing.split("\0")) {
    const tab = row.indexOf("\t");
    if (tab > 0) files.set(row.slice(tab + 1), row.slice(0, tab).split(" ")[2] ?? "");
  }
  return files;
}

const atOnce = 4096;

/** What files are in a commit. One that it does not have is not in the answer. */
export async function filesAt(
  repository: GitRepository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await readObjects(
    repository,
    paths.map((path) => `${commit}:${path}`),
  );
  return new Map([...found].map(([name, bytes]) => [name.slice(commit.length + 1), bytes.toString("utf8")]));
}

/** The content of many objects, by one process per few thousand. What Git cannot read is not in the answer. */
export async function readObjects(
  repository: GitRepository,
  names: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (let start = 0; start < names.length; start += atOnce) {
    const some = names.slice(start, start + atOnce);
    const answer = await gitBytes(repository.top, ["cat-file", "--batch"], {
      stdin: `${some.join("\n")}\n`,
      shielded: true,
    });
    let at = 0;
    for (const name of some) {
      const end = answer.indexOf(10, at);
      // A name that is missing is repeated as it is, and may look like anything.
      const [, kind, size] = /^[0-9a-f]{40,64} ([a-z]+) (\d+)$/.exec(answer.toString("latin1", at, end)) ?? [];
      at = end + 1;
      if (size === undefined) continue;
      if (kind === "blob") found.set(name, answer.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  }
  return found;
}
