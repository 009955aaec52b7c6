import { randomUUID } from "node:crypto";
import type { GitRepository } from "../io/git/repository.ts";
import { isRunning, machineName } from "../io/machine.ts";
import { alive } from "../journal/alive.ts";
import { gitJournalRepo } from "../journal/git-repo.ts";
import { type OpenJournal, openJournal } from "../journal/journal.ts";
import type { Attempt, JournalEntries, Runner } from "../model/journal.ts";
import type { World } from "./world.ts";

/** Who this run is, for other runs that find its claims. */
export function runnerOf(world: World): Runner {
  const {
    GITHUB_RUN_ID: id,
    GITHUB_RUN_ATTEMPT: attempt,
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
  } = world.env;
  const ci =
    id === undefined
      ? {}
      : { ci: { id, attempt: Number(attempt ?? "1"), url: `${server}/${repository}/actions/runs/${id}` } };
  return { run: randomUUID(), host: machineName(), pid: world.process.pid, ...ci };
}

/** Tells of any attempt whether the run that made it can still be at work. */
export const aliveFor =
  (runner: Runner, world: World) =>
  (attempt: Attempt): boolean =>
    alive(attempt, { runner, now: world.time.clock.now(), running: isRunning });

export const inCi = ({ env }: World): boolean => env.CI !== undefined && env.CI !== "" && env.CI !== "false";

/** The journal as a plan sees it: in CI what the remote has, since a fresh checkout has none; elsewhere our own copy. */
export async function readJournal(
  git: GitRepository | undefined,
  emulated: boolean,
  world: World,
): Promise<JournalEntries> {
  if (git === undefined) return new Map();
  const remote = inCi(world) ? git.remote : undefined;
  const repo = gitJournalRepo({ repository: git, emulated, remote, clock: world.time.clock });
  const shared = await repo.remote?.read(world.stop);
  if (shared?.kind === "read") return shared.snapshot.entries;
  if (shared?.kind === "failed")
    world.tell(
      `warning the journal of ${git.remote} cannot be read, so results of other runs are not counted: ${shared.why}`,
    );
  const local = await repo.local.read(world.stop);
  return local.kind === "read" ? local.snapshot.entries : new Map();
}

/** Opens the journal for a run that may spend. With a remote to push to, nothing is claimed before the remote has it. */
export function journalFor(
  git: GitRepository,
  how: { readonly emulated: boolean; readonly push: boolean; readonly runner: Runner },
  world: World,
): Promise<OpenJournal> {
  const shared = how.push || inCi(world) ? git.remote : undefined;
  if (shared === undefined && git.remote !== undefined && !how.emulated) {
    world.tell(`note: without --push, other machines cannot see what this run has begun`);
  }
  const { clock, random } = world.time;
  const repo = gitJournalRepo({ repository: git, emulated: how.emulated, remote: shared, clock });
  return openJournal({ repo, runner: how.runner, clock, random });
}
