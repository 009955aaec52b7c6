import type { Attempt, JournalEntries, JournalEntry } from "../model/journal.ts";
import type { Copy, JournalRepo } from "./repo.ts";

/** How long an attempt is remembered that came to nothing: far beyond any lease, run or wrong clock. Milliseconds. */
const remembered = 30 * 24 * 60 * 60_000;

/**
 * The same journal without what no money depends on. What is not read is not in what is written next, so an entry that is
 * tried every day, by an account without credit say, does not grow for ever. Another copy may bring such an attempt
 * back as it ended: it blocks nobody and is dropped again. As it was before, the ledger of a remote does not take it.
 */
export function withoutGarbage(repo: JournalRepo, now: number): JournalRepo {
  const before = now - remembered;
  const tidy = (copy: Copy): Copy => ({
    ...copy,
    async read(signal) {
      const answer = await copy.read(signal);
      if (answer.kind === "failed") return answer;
      const { head, entries } = answer.snapshot;
      return { kind: "read", snapshot: { head, entries: swept(entries, before) } };
    },
  });
  return { ...repo, local: tidy(repo.local), remote: repo.remote && tidy(repo.remote) };
}

function swept(entries: JournalEntries, before: number): JournalEntries {
  const changed = [...entries.values()].flatMap((entry) => {
    const kept = entry.attempts.filter(
      (attempt, at) => at === entry.attempts.length - 1 || !isGarbage(attempt, before),
    );
    return kept.length === entry.attempts.length ? [] : [{ ...entry, attempts: kept } satisfies JournalEntry];
  });
  if (changed.length === 0) return entries;
  return new Map([...entries, ...changed.map((entry) => [entry.digest, entry] as const)]);
}

/**
 * Ended long ago, and nothing was begun: it was never sent, refused, or given up. An attempt that a list did not show
 * stays, since that is what keeps a second one from being believed absent too.
 */
function isGarbage(attempt: Attempt, before: number): boolean {
  if (attempt.state !== "failed" || attempt.begun || attempt.absent === true) return false;
  const cameToNothing = attempt.job === undefined && attempt.cost === undefined;
  return cameToNothing && Date.parse(attempt.failedAt) < before;
}
