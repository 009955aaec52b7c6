import type { JournalEntries, JournalEntry } from "../model/journal.ts";
import type { Allowance, Verdict, Wanted } from "./decide.ts";
import { withoutGarbage } from "./garbage.ts";
import { openNear } from "./near.ts";
import type { Pace } from "./pace.ts";
import { openPushedLedger } from "./pushed-ledger.ts";
import type { JournalRepo } from "./repo.ts";

export type Published =
  | { readonly kind: "published"; readonly verdicts: readonly Verdict[] }
  /** What was told is kept on this machine; what was wanted is not granted. */
  | { readonly kind: "unpublished"; readonly why: string };

/** The journal as one thing, however many copies it has. One call at a time. */
export interface Ledger {
  entries(): JournalEntries;
  /**
   * Whether the copy that counts was read: of who goes on alone, only its own may have been. Throws a JournalError when
   * it cannot be read and nobody agreed to go on alone.
   */
  refresh(): Promise<boolean>;
  publish(wanted: readonly Wanted[], told: readonly JournalEntry[]): Promise<Published>;
  /** Why the remote has not taken what is known here; undefined when it has, or when it was agreed to go on alone. */
  unpushed(): string | undefined;
}

/** Asked once, with the reason, when the remote does not take a claim: whether this machine's word alone will do. */
export type Alone = (why: string) => boolean;

/** What a claim needs beside being the first: whose word it takes, and what it may cost. */
export interface Terms {
  readonly mayGoOn: Alone;
  readonly allowance: Allowance | undefined;
}

export async function openLedger(everything: JournalRepo, pace: Pace, terms: Terms): Promise<Ledger> {
  const repo = withoutGarbage(everything, pace.clock.now());
  const near = await openNear(repo, pace, terms.allowance);
  if (repo.remote !== undefined) return openPushedLedger(repo, repo.remote, near, pace, terms);
  return {
    entries: () => near.snapshot().entries,
    refresh: async () => {
      await near.reread();
      return true;
    },
    publish: async (wanted, told) => ({ kind: "published", verdicts: await near.write(wanted, told) }),
    unpushed: () => undefined,
  };
}
