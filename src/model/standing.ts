import { passing } from "./job.ts";
import type { Attempt, JournalEntry } from "./journal.ts";

const weight = { failed: 1, claimed: 2, unknown: 2, submitted: 3, ready: 4 } as const satisfies Record<
  Attempt["state"],
  number
>;

/** A claim that was given up, or turned away for a cause that passes, tells nothing of the request: what failed before still does. */
const weightOf = (attempt: Attempt): number =>
  attempt.state === "failed" && !attempt.begun && passing.has(attempt.class) ? 0 : weight[attempt.state];

/** The attempt that counts for a request: a result before a running job before a doubt before the latest failure. */
export function standing(entry: JournalEntry | undefined): Attempt | undefined {
  return entry?.attempts.reduce<Attempt | undefined>(
    (best, attempt) => (best === undefined || weightOf(attempt) >= weightOf(best) ? attempt : best),
    undefined,
  );
}
