import { type JournalEntry, unresolved } from "../model/journal.ts";
import { begunElsewhere, isElsewhere } from "./elsewhere.ts";
import { type Answer, lookFor } from "./look-for.ts";
import { doubtNote } from "./news.ts";
import type { Connection, Doubt, Run } from "./ports.ts";

/** Asks the provider's list what became of a submit whose answer was lost. */
export async function ask(doubt: Doubt, connection: Connection, run: Run): Promise<Answer> {
  const { provider } = connection;
  const { attempt } = doubt;
  if (provider.search === undefined) {
    return { kind: "unknown", asked: true, message: `${provider.name} has no list of jobs to look in` };
  }
  if (isElsewhere(attempt, connection)) {
    const message = `${begunElsewhere(provider.name)}; run with that one, or settle it with resolve`;
    return { kind: "unknown", asked: false, message };
  }
  const look = (text: string) => doubtNote(run, doubt, { kind: "looking", text });
  await look(`asking ${provider.name} whether the request of ${attempt.claimedAt} arrived`);
  const answer = await lookFor(doubt, connection, run, {
    look,
    over: () => settledEntry(doubt, run),
    take: (job) => run.jobs.take(provider.name, job),
  });
  if (answer.kind === "absent") return absent(doubt, run);
  if (answer.kind !== "unknown" || answer.again !== true) return answer;
  return { ...answer, message: `${answer.message}; later runs look again` };
}

/** A list is believed once that it never had a request. Where a second one is missing too, the list may be what is wrong. */
function absent({ digest, attempt: { provider } }: Doubt, run: Run): Answer {
  const attempts = run.ports.journal.entries().get(digest)?.attempts ?? [];
  if (!attempts.some((one) => one.state === "failed" && one.absent === true)) return { kind: "absent" };
  const message = `${provider}'s list has neither this request nor the one before it`;
  return { kind: "unknown", asked: true, message };
}

function settledEntry({ digest, attempt }: Doubt, run: Run): JournalEntry | undefined {
  const entry = run.ports.journal.entries().get(digest);
  const now = entry?.attempts.find(({ id }) => id === attempt.id);
  return now === undefined || unresolved(now) ? undefined : entry;
}
