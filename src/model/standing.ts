import type { Attempt, JournalEntry } from "./journal.ts";

const weight = { failed: 0, claimed: 1, unknown: 1, submitted: 2, ready: 3 } as const satisfies Record<
  Attempt["state"],
  number
>;

/** The attempt that counts for a request: a result before a running job before a doubt before the latest failure. */
export function standing(entry: JournalEntry | undefined): Attempt | undefined {
  return entry?.attempts.reduce<Attempt | undefined>(
    (best, attempt) => (best === undefined || weight[attempt.state] >= weight[best.state] ? attempt : best),
    undefined,
  );
}
