import type { Candidate } from "../model/job.ts";
import type { JournalEntry } from "../model/journal.ts";
import type { Unit } from "../model/unit.ts";
import { begunElsewhere, isElsewhere } from "./elsewhere.ts";
import { lookFor } from "./look-for.ts";
import { note } from "./news.ts";
import { perhapsAnothers } from "./perhaps-anothers.ts";
import type { Connection, Run } from "./ports.ts";

/** What stands in the way of making a request. */
export type Before =
  | { readonly kind: "nothing" }
  /** It was made before, and is there. */
  | { readonly kind: "found"; readonly candidate: Candidate }
  /** Another run makes it, or has made it, again. */
  | { readonly kind: "taken"; readonly entry: JournalEntry }
  | { readonly kind: "held"; readonly text: string };

/** Before a failed request is paid for again: where its job was only found in the provider's list, its own may be there too. */
export async function lookAgain(unit: Unit, connection: Connection, run: Run): Promise<Before> {
  const { digest, request } = unit;
  const { journal } = run.ports;
  const [attempt] = perhapsAnothers(journal.entries().get(digest)?.attempts ?? []);
  if (attempt === undefined || connection.provider.search === undefined) return { kind: "nothing" };
  const held = (why: string, next: string): Before => ({
    kind: "held",
    text: `job ${attempt.job?.id}, which failed, may not have been its own: ${why}; ${next}`,
  });
  const another = `\`--replace ${unit.id}\` makes another in any case`;
  if (isElsewhere(attempt, connection)) return held(`${begunElsewhere(attempt.provider)}; run with that one`, another);
  await note(run, unit, {
    kind: "looking",
    text: `asking ${attempt.provider} once more for the job of ${attempt.claimedAt}`,
  });
  const answer = await lookFor({ digest, attempt, request }, connection, run, {
    look: (text) => note(run, unit, { kind: "looking", text }),
    over: () => {
      const entry = journal.entries().get(digest);
      return entry?.attempts.some(({ state }) => state !== "failed") ? entry : undefined;
    },
    // It is taken once it is claimed.
    take: () => true,
  });
  switch (answer.kind) {
    case "found":
      return answer;
    case "settled":
      return { kind: "taken", entry: answer.entry };
    case "absent":
      return { kind: "nothing" };
    case "unknown":
      return held(answer.message, answer.asked ? another : "the next run with `--retry` looks again");
    case "stopped":
      return { kind: "held", text: "the run was stopped first" };
  }
}
