import type { JournalEntry, OpenAttempt, SubmittedAttempt, UnknownAttempt } from "../model/journal.ts";
import { ask } from "./ask.ts";
import { adopted, turnedAway, unheard } from "./attempt.ts";
import { isElsewhere } from "./elsewhere.ts";
import { doubtNote } from "./news.ts";
import type { Doubt, Run } from "./ports.ts";

/** What is known of a doubt now. The journal has it. */
export type Settled =
  /** Its job holds a slot. */
  | { readonly kind: "found"; readonly attempt: SubmittedAttempt }
  /** Two complete listings, more than a visibility delay apart, do not have it: it was never taken on. */
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly attempt: UnknownAttempt }
  /** Another run has settled it meanwhile. */
  | { readonly kind: "settled"; readonly entry: JournalEntry }
  /** Not known yet: the run is ending, or cannot tell others that it looks. A later run looks again. */
  | { readonly kind: "stopped" };

/**
 * Asks the provider what became of a submit whose answer was lost, and writes it down. Never spends, and never guesses.
 * The caller holds a slot for it. It is given back where no job can run, and stays taken where one runs or may run.
 */
export async function settle(doubt: Doubt, run: Run): Promise<Settled> {
  const { attempt, digest } = doubt;
  const { journal, time } = run.ports;
  const lane = run.lane(attempt.provider);
  // Should its run be alive after all, it finds this before it sends, and sends nothing.
  const message = "its run seems to have ended before an answer came";
  if (attempt.state === "claimed") {
    await journal.tell(digest, unheard(attempt, { message, asked: false }, sentAt(attempt)));
  }
  const connection = run.ports.connect(attempt.provider);
  // Whom the mark has not reached may send even now, unless it is we: then no list says that the request never will be there.
  const mayBeSent = !run.options.alive(attempt) && journal.isClaimElsewhere(digest, attempt.id);
  const answer = await ask(doubt, connection, run);
  switch (answer.kind) {
    case "found": {
      run.doubts.delete(attempt.id);
      const known = adopted(attempt, answer.candidate, sentAt(attempt));
      await doubtNote(run, doubt, { kind: "submitted", job: known.job.id });
      await journal.tell(digest, known);
      return { kind: "found", attempt: known };
    }
    case "absent": {
      if (mayBeSent) {
        await doubtNote(run, doubt, { kind: "held", text: unbelieved(attempt) });
        lane.leaveRunning();
        return { kind: "stopped" };
      }
      if (wasHeld(attempt)) {
        const message = `not in ${attempt.provider}'s list, which did not show every job before`;
        const held = unheard(attempt, { message, asked: true }, sentAt(attempt));
        await journal.tell(digest, held);
        lane.leave();
        return { kind: "unknown", attempt: held };
      }
      run.doubts.delete(attempt.id);
      await journal.tell(digest, { ...turnedAway(attempt, "not-sent", neverTaken, time.clock.now()), absent: true });
      lane.leave();
      return { kind: "absent" };
    }
    case "unknown": {
      const held = unheard(attempt, answer, sentAt(attempt));
      await journal.tell(digest, held);
      // What an earlier run held may long have ended, and another account's job takes no slot of ours: it would keep one for ever.
      if (wasHeld(attempt) || isElsewhere(attempt, connection)) lane.leave();
      else lane.leaveRunning();
      return { kind: "unknown", attempt: held };
    }
    case "settled":
      run.doubts.delete(attempt.id);
      lane.leave();
      return answer;
    case "stopped":
      lane.leaveRunning();
      return answer;
  }
}

const unbelieved = ({ provider }: OpenAttempt): string =>
  `not in ${provider}'s list, which is believed only once the remote takes the journal; then the next run looks again`;

/** When a request went out that nobody answered, as near as it is known. Milliseconds. */
const sentAt = ({ claimedAt }: OpenAttempt): number => Date.parse(claimedAt);

/** What an absence means, in words. */
export const neverTaken = "the provider never took the request on";

const wasHeld = (attempt: OpenAttempt): boolean => attempt.state === "unknown" && attempt.again === true;
