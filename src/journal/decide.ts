import type { Attempt, ClaimedAttempt, Intent, JournalEntries, JournalEntry } from "../model/journal.ts";
import { plus, type Usd, usd, zero } from "../model/money.ts";
import type { Digest } from "../model/unit.ts";
import { mergeEntries } from "./merge.ts";

/** An intent, and the claim as it would stand in the journal. */
export interface Wanted {
  readonly intent: Intent;
  readonly attempt: ClaimedAttempt;
  /** What the journal knew of the request when the run was planned. */
  readonly planned: JournalEntry | undefined;
}

export type Verdict =
  | { readonly kind: "granted"; readonly wanted: Wanted }
  /** Granted already: an earlier push took effect although its answer was lost. */
  | { readonly kind: "written"; readonly wanted: Wanted }
  /** `ours` when our own claim stands there as well and has to be taken back. */
  | { readonly kind: "taken"; readonly entry: JournalEntry; readonly ours: ClaimedAttempt | undefined }
  | { readonly kind: "too-dear"; readonly why: string };

/** What all claims together may cost. Runs that plan at once do not see each other; their claims do. */
export interface Allowance {
  readonly limit: Usd;
  /** How a claim is refused that would pass it. */
  readonly why: string;
  readonly used: (entries: JournalEntries) => Usd;
}

/**
 * A job that failed after a run was planned: nobody there has said that it is to be made, and paid, again. It may have been
 * begun by that very run, and found in the provider's list by another that took its claim for dead.
 */
function failedUnseen(attempt: Attempt, { planned }: Wanted): boolean {
  const seen = planned?.attempts.some(({ id, state }) => id === attempt.id && state === "failed") ?? false;
  return attempt.state === "failed" && attempt.begun && !seen;
}

/**
 * Who may go on. An attempt keeps all others away until it has failed, alive or not: only its settlement ends it. A job
 * that failed keeps those away who were planned before it did.
 */
export function decide(
  entries: JournalEntries,
  wanted: readonly Wanted[],
  allowance: Allowance | undefined,
): readonly Verdict[] {
  const promised = new Map<Digest, JournalEntry>();
  let used = wanted.length === 0 ? undefined : allowance?.used(entries);
  return wanted.map((one): Verdict => {
    const { digest } = one.intent;
    const entry = promised.get(digest) ?? entries.get(digest) ?? { digest, attempts: [] };
    const open = entry.attempts.filter((attempt) => attempt.state !== "failed" || failedUnseen(attempt, one));
    const ours = open.find((attempt) => attempt.state === "claimed" && attempt.id === one.attempt.id);
    if (open.length > (ours === undefined ? 0 : 1)) return { kind: "taken", entry, ours: ours && one.attempt };
    if (allowance !== undefined && used !== undefined && ours === undefined) {
      const most = usd(one.intent.estimate ?? 0);
      const after = plus(used, most);
      if (most > zero && after > allowance.limit) return { kind: "too-dear", why: allowance.why };
      used = after;
    }
    promised.set(digest, mergeEntries(entry, { digest, attempts: [one.attempt] }));
    return { kind: ours === undefined ? "granted" : "written", wanted: one };
  });
}
