import type { JournalEntries } from "../model/journal.ts";

/** The journal as if a run of a CI system had begun nothing yet, in none of its jobs and none of its attempts. */
export function beforeRun(journal: JournalEntries, run: string): JournalEntries {
  return new Map(
    [...journal].flatMap(([digest, entry]) => {
      const attempts = entry.attempts.filter(({ runner }) => runner.ci?.id !== run);
      return attempts.length === 0 ? [] : [[digest, { ...entry, attempts }] as const];
    }),
  );
}
