import type { GitRepository } from "../../../src/io/git/repository.ts";
import { git } from "../../../src/io/git/run.ts";
import { gitJournalRepo } from "../../../src/journal/git-repo.ts";
import { type OpenJournal, openJournal } from "../../../src/journal/journal.ts";
import { hastyClock } from "../hasty-clock.ts";
import { runnerNamed } from "./attempts.ts";

export const journalRef = "refs/reelform/journal";

/** The journal of a real repository, shared through its remote when that is named. */
export function journalIn(
  repository: GitRepository,
  run: string,
  remote?: string,
  emulated = false,
): Promise<OpenJournal> {
  return openJournal({
    repo: gitJournalRepo({ repository, emulated, remote, clock: hastyClock }),
    runner: runnerNamed(run),
    clock: hastyClock,
    random: Math.random,
  });
}

/** How many commits the journal has, merges and all. */
export const commitsIn = async (dir: string): Promise<number> =>
  Number(await git(dir, ["rev-list", "--count", journalRef]));
