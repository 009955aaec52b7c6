import type { Attempt, ClaimedAttempt, JournalEntries, JournalEntry } from "../model/journal.ts";
import { type Allowance, decide, type Verdict, type Wanted } from "./decide.ts";
import { changes, withChanges } from "./merge.ts";
import { type Pace, triesWhenMoved, waitAfterFailure, waitAfterMoved } from "./pace.ts";
import type { Copy, Snapshot } from "./repo.ts";

/** What is to get into a copy of the journal. */
export interface News {
  readonly wanted: readonly Wanted[];
  readonly allowance: Allowance | undefined;
  /** Asked again whenever the copy turns out to have moved. */
  readonly told: (standing: Snapshot) => Promise<readonly JournalEntry[]>;
  /** How a claim is taken back that must not be used. */
  readonly withdraw: (claim: ClaimedAttempt) => Attempt;
  /** Makes the commit that brings the changes into the copy as it stands. */
  readonly commit: (standing: Snapshot, changed: readonly JournalEntry[]) => Promise<string>;
}

export type Swapped =
  | { readonly kind: "done"; readonly snapshot: Snapshot; readonly verdicts: readonly Verdict[] }
  | { readonly kind: "failed"; readonly snapshot: Snapshot; readonly why: string };

/**
 * Brings news into one copy of the journal by compare-and-swap. Whenever somebody else was faster everything is decided
 * again on top of what he wrote; so it does not matter whether an earlier offer, whose answer was lost, took effect.
 */
export async function swap(copy: Copy, from: Snapshot, news: News, tries: () => number, pace: Pace): Promise<Swapped> {
  let standing = from;
  let moved = 0;
  let failed = 0;
  for (;;) {
    const { changed, verdicts } = weigh(standing.entries, await news.told(standing), news);
    if (changed.length === 0) return { kind: "done", snapshot: standing, verdicts };

    const commit = await news.commit(standing, changed);
    const offered = await copy.offer(commit, standing.head, pace.cut);
    if (offered.kind === "done") {
      const snapshot = { head: commit, entries: withChanges(standing.entries, changed) };
      return { kind: "done", snapshot, verdicts };
    }
    if (offered.kind === "failed") {
      failed += 1;
      if (failed >= tries()) return { kind: "failed", snapshot: standing, why: offered.why };
      await waitAfterFailure(pace, failed);
    } else {
      moved += 1;
      const why = `others moved it ${moved} times while we tried`;
      if (moved >= triesWhenMoved) return { kind: "failed", snapshot: standing, why };
      await waitAfterMoved(pace, moved);
    }

    const read = await copy.read(pace.cut);
    if (read.kind === "failed") continue;
    // A refusal because of a rival's push is no failure of the copy.
    if (read.snapshot.head !== standing.head) failed = 0;
    standing = read.snapshot;
  }
}

function weigh(standing: JournalEntries, told: readonly JournalEntry[], { wanted, allowance, withdraw }: News) {
  const heard = changes(standing, told);
  const verdicts = decide(withChanges(standing, heard), wanted, allowance);
  const claims = verdicts.flatMap((verdict) => claimsOf(verdict, withdraw));
  return { verdicts, changed: changes(standing, [...heard, ...claims]) };
}

/** What has to be written so that a verdict comes true. */
function claimsOf(verdict: Verdict, withdraw: News["withdraw"]): readonly JournalEntry[] {
  switch (verdict.kind) {
    case "granted":
      return [{ digest: verdict.wanted.intent.digest, attempts: [verdict.wanted.attempt] }];
    case "written":
    case "too-dear":
      return [];
    case "taken":
      if (verdict.ours === undefined) return [];
      return [{ digest: verdict.entry.digest, attempts: [withdraw(verdict.ours)] }];
  }
}
