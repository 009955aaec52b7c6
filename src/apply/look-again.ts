import type { Candidate } from "../model/job.ts";
import type { Attempt, FailedAttempt, JournalEntry } from "../model/journal.ts";
import type { Unit } from "../model/unit.ts";
import { begunElsewhere, isElsewhere } from "./elsewhere.ts";
import { lookFor } from "./look-for.ts";
import { note } from "./news.ts";
import type { Connection, Run } from "./ports.ts";

/** What stands in the way of making a request. */
export type Before =
  | { readonly kind: "nothing" }
  /** It was made before, and is there. */
  | { readonly kind: "found"; readonly candidate: Candidate }
  /** Another run makes it, or has made it, again. */
  | { readonly kind: "taken"; readonly entry: JournalEntry }
  | { readonly kind: "held"; readonly text: string };

/**
 * Looks in the provider's list before a request is paid for again whose job had failed, where that job was found there and
 * not heard of: it may have been another's, made by hand say, and the request's own job has come into the list since.
 */
export async function lookAgain(unit: Unit, connection: Connection, run: Run): Promise<Before> {
  const { digest, request } = unit;
  const { journal } = run.ports;
  const attempt = journal.entries().get(digest)?.attempts.find(wasFound);
  if (attempt === undefined || connection.provider.search === undefined) return { kind: "nothing" };
  const held = (why: string): Before => ({
    kind: "held",
    text: `job ${attempt.job?.id}, which failed, may not have been its own: ${why}; \`--replace ${unit.id}\` makes another in any case`,
  });
  if (isElsewhere(attempt, connection)) return held(`${begunElsewhere(attempt.provider)}; run with that one`);
  const look = (text: string) => note(run, unit, { kind: "looking", text });
  const over = (): JournalEntry | undefined => {
    const entry = journal.entries().get(digest);
    return entry?.attempts.some(({ state }) => state !== "failed") ? entry : undefined;
  };
  await look(`asking ${attempt.provider} once more for the job of ${attempt.claimedAt}`);
  const answer = await lookFor({ digest, attempt, request }, connection, run, { look, over });
  switch (answer.kind) {
    case "found":
      return answer;
    case "settled":
      return { kind: "taken", entry: answer.entry };
    case "absent":
      return { kind: "nothing" };
    case "unknown":
      return held(answer.message);
    case "stopped":
      return { kind: "held", text: "the run was stopped first" };
  }
}

const wasFound = (attempt: Attempt): attempt is FailedAttempt => attempt.state === "failed" && attempt.found === true;
