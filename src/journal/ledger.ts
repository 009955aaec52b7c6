import type { JournalEntries, JournalEntry } from "../model/journal.ts";
import type { Digest } from "../model/unit.ts";
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

/** `begun`: by the clock that never goes back. `whole`: of who goes on alone, only this machine's copy may have been read. */
export interface Reading {
  readonly begun: number;
  readonly whole: boolean;
}

/** The journal as one thing, however many copies it has. One call at a time. */
export interface Ledger {
  entries(): JournalEntries;
  /** Throws a JournalError when the copy that counts cannot be read, and nobody agreed to go on alone. */
  refresh(): Promise<Reading>;
  publish(wanted: readonly Wanted[], told: readonly JournalEntry[]): Promise<Published>;
  /** Why the remote has not taken what is known here; undefined when it has, or when it was agreed to go on alone. */
  unpushed(): string | undefined;
  /** Whether the remote, as last seen, has an attempt as a claim. */
  isClaimElsewhere(digest: Digest, attempt: string): boolean;
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
    async refresh() {
      const begun = pace.clock.monotonic();
      await near.reread();
      return { begun, whole: true };
    },
    isClaimElsewhere: () => false,
    publish: async (wanted, told) => ({ kind: "published", verdicts: await near.write(wanted, told) }),
    unpushed: () => undefined,
  };
}
