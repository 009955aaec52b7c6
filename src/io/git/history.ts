import type { GitRepository } from "./repository.ts";
import { git } from "./run.ts";

/** Each version of a file, as `path blob`, that a commit since `from` wrote whose message has a line of this beginning. */
export async function versionsSince(
  { top }: GitRepository,
  from: string,
  to: string,
  begins: string,
): Promise<ReadonlySet<string>> {
  const log = ["log", "--no-merges", "--raw", "--no-abbrev", "--no-renames", "--format=", "-z", `--grep=^${begins}`];
  const rows = await git(top, [...log, `${from}..${to}`, "--"]);
  const written = rows.matchAll(/:\d{6} \d{6} [0-9a-f]+ ([0-9a-f]+) [A-Z]\0([^\0]+)/g);
  return new Set([...written].map(([, blob, path]) => `${path} ${blob}`));
}
