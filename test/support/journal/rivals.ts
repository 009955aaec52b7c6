import type { OpenJournal } from "../../../src/journal/journal.ts";
import { intentsFor } from "./attempts.ts";

/** Claims films as a run does: each unit for itself, all at once, some a little later. The units it got. */
export async function claimAll(journal: OpenJournal, count: number): Promise<readonly string[]> {
  const claims = await Promise.all(
    intentsFor("film", count).map(async (intent, index) => {
      if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      return journal.claim([intent]);
    }),
  );
  return claims.flat().flatMap((claim) => (claim.kind === "claimed" ? [claim.intent.unit] : []));
}
