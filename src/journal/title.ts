import type { Attempt, JournalEntry } from "../model/journal.ts";

const order = ["claimed", "submitted", "ready", "failed", "unknown"] as const satisfies readonly Attempt["state"][];

/** What a commit of the journal says: "claimed 3, ready 1", by each entry's newest attempt. */
export function title(changed: readonly JournalEntry[]): string {
  const states = changed.map((entry) => entry.attempts.at(-1)?.state);
  const counts = order.map((state) => [state, states.filter((one) => one === state).length] as const);
  return `${counts
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${state} ${count}`)
    .join(", ")}\n`;
}
