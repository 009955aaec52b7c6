import { randomUUID } from "node:crypto";
import type { GitRepository } from "../io/git/repository.ts";
import { isRunning, machineName } from "../io/machine.ts";
import { alive } from "../journal/alive.ts";
import type { Allowance } from "../journal/decide.ts";
import { gitJournalRepo } from "../journal/git-repo.ts";
import { type OpenJournal, openJournal } from "../journal/journal.ts";
import { type Attempt, type JournalEntries, JournalError, type Runner, TornJournal } from "../model/journal.ts";
import { exit, UsageError } from "./exit.ts";
import type { Gathered } from "./gather.ts";
import { runUrl } from "./run-url.ts";
import { torn } from "./torn.ts";
import type { World } from "./world.ts";

/** Who this run is, for other runs that find its claims. */
export function runnerOf(world: World): Runner {
  const ci = ciRunOf(world);
  return { run: randomUUID(), host: machineName(), pid: world.process.pid, ...(ci === undefined ? {} : { ci }) };
}

/** The run of the CI system that this run is a job of. */
export function ciRunOf({ env }: World): Runner["ci"] {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt = "1" } = env;
  return id === undefined ? undefined : { id, attempt: Number(attempt), url: runUrl(env) ?? `run ${id}` };
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

/** What to do about a remote that does not take what a run is about to pay for. */
export const unjournaled =
  "what is paid for must be written down where it lasts; mend the remote, or accept the risk with --allow-unjournaled";

export interface JournalWish {
  readonly emulated: boolean;
  readonly push: boolean;
  /** Somebody accepts that other machines may not see what this run begins. */
  readonly unjournaled?: boolean;
  readonly allowance?: Allowance | undefined;
  readonly runner: Runner;
}

/** Opens the journal for a run that may spend. With a remote to push to, nothing is claimed before the remote has it. */
export async function journalFor(git: GitRepository, wish: JournalWish, world: World): Promise<OpenJournal> {
  const { emulated, push, runner, allowance } = wish;
  const { clock, random } = world.time;
  const goOn = (why: string): void =>
    world.tell(`warning ${why}; going on with the journal of this machine alone, as --allow-unjournaled says`);
  const alone = (why: string): boolean => {
    if (wish.unjournaled === true) goOn(why);
    else world.tell(`error nothing more is submitted: ${why}\nhint: ${unjournaled}`);
    return wish.unjournaled === true;
  };
  const open = (remote: string | undefined): Promise<OpenJournal> =>
    openJournal({
      repo: gitJournalRepo({ repository: git, emulated, remote, clock }),
      runner,
      clock,
      random,
      alone,
      stop: world.stop,
      allowance,
    });

  const shared = push || inCi(world) ? git.remote : undefined;
  if (shared === undefined) {
    if (git.remote !== undefined && !emulated) {
      await beginAsRemote(git, git.remote, world);
      world.tell("note: without --push, other machines cannot see what this run has begun");
    }
    return open(undefined);
  }
  try {
    return await open(shared);
  } catch (error) {
    if (!(error instanceof JournalError) || error instanceof TornJournal || wish.unjournaled !== true) throw error;
    goOn(error.message);
    return open(undefined);
  }
}

/**
 * A clone that has no journal yet begins with its remote's: what was made elsewhere is not paid for again, pushed or not.
 * One that it cannot have is told, and stops nothing: nobody said that this run shares a journal.
 */
async function beginAsRemote(repository: GitRepository, remote: string, world: World): Promise<void> {
  const { clock } = world.time;
  const repo = gitJournalRepo({ repository, emulated: false, remote, clock });
  const here = await repo.local.read(world.stop);
  if (here.kind === "failed" || here.snapshot.head !== undefined) return;
  const there = await repo.remote?.read(world.stop);
  if (there?.kind === "read" && there.snapshot.head !== undefined) {
    await repo.local.offer(there.snapshot.head, undefined, world.stop);
  }
  if (there?.kind === "failed") {
    world.tell(
      `warning there is no journal here and that of ${remote} cannot be read, so what was made elsewhere is not known: ${there.why}`,
    );
  }
}

/** What a clone without a journal cannot know, and how to get it. */
export function tellNoJournal(
  { git, locks }: Pick<Gathered, "git" | "locks">,
  emulated: boolean,
  what: string,
  { tell }: World,
): void {
  const entries = [...locks.values()].flatMap(({ units }) => [...units.values()]);
  const made = entries.some(({ origin }) => (origin === "emulated") === emulated);
  if (git?.remote === undefined || !made) return;
  const ref = `refs/reelform/journal${emulated ? "-emulated" : ""}`;
  tell(`note: there is no journal here, so ${what}`);
  tell(`hint: \`git fetch ${git.remote} ${ref}:${ref}\` gets the journal, where the remote has one`);
}

/** A journal that cannot be opened where it must be stops the run before anything is spent. */
export async function opened(
  git: GitRepository,
  open: () => Promise<OpenJournal>,
  hint = "what is paid for is safe at the provider; mend the remote and run it again",
): Promise<OpenJournal> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const message = `nothing was submitted: ${error.message}`;
    if (error instanceof TornJournal) throw new UsageError(message, torn(git, error.ref), exit.failed);
    throw new UsageError(message, hint, exit.failed);
  }
}
