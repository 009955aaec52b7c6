import { setTimeout as sleep } from "node:timers/promises";
import { GitError } from "./error.ts";
import type { GitRepository } from "./repository.ts";
import { git, runGit } from "./run.ts";
import { clearStaleLock, refFileExists } from "./stale-lock.ts";

/** What a ref says. Undefined when there is none; a GitError when there is one that cannot be read. */
export async function readRef(repository: GitRepository, ref: string): Promise<string | undefined> {
  const before = await listed(repository, ref);
  if (before !== undefined || !(await refFileExists(repository, ref))) return before;
  // Git passes over a torn ref with a warning. To us it is a record that was lost, never one that was not made. But another
  // run may have made it between the two looks.
  const now = await listed(repository, ref);
  if (now === undefined && (await refFileExists(repository, ref)))
    throw new GitError("for-each-ref", 0, `${ref} is broken: not a commit`);
  return now;
}

async function listed(repository: GitRepository, ref: string): Promise<string | undefined> {
  const rows = await git(repository.top, ["for-each-ref", "--format=%(objectname) %(refname)", "--", ref], {
    shielded: true,
  });
  for (const row of rows.split("\n")) {
    const [id, name] = row.split(" ");
    if (name === ref) return id;
  }
  return undefined;
}

const tries = 8;

/** Compare-and-swap: the ref says `to` afterwards, or it did not say `from` any more and is left alone. */
export async function moveRef(
  repository: GitRepository,
  ref: string,
  to: string,
  from: string | undefined,
): Promise<"done" | "moved"> {
  for (let round = 1; ; round++) {
    const answer = await runGit(repository.top, ["update-ref", ref, to, from ?? ""], { shielded: true });
    if (answer.code === 0) return "done";
    const now = await readRef(repository, ref);
    if (now === to) return "done";
    if (now !== from) return "moved";
    if (round === tries) throw new GitError("update-ref", answer.code, answer.stderr);
    await clearStaleLock(repository, ref);
    await sleep(20 * round);
  }
}
