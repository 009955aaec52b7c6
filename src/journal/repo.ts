import type { JournalEntries, JournalEntry } from "../model/journal.ts";

/** A copy of the journal at one instant. */
export interface Snapshot {
  /** Undefined before the first claim. */
  readonly head: string | undefined;
  readonly entries: JournalEntries;
}

/** What came of offering a commit. `failed` says nothing of whether it took effect: only reading does. */
export type Offered =
  | { readonly kind: "done" }
  /** The copy holds something else meanwhile. */
  | { readonly kind: "moved" }
  | { readonly kind: "failed"; readonly why: string };

export type Read =
  | { readonly kind: "read"; readonly snapshot: Snapshot }
  | { readonly kind: "failed"; readonly why: string };

/** One place where the journal is kept. It goes forward only, one commit after another. */
export interface Copy {
  /** Throws a JournalError for what is there and cannot be understood. */
  read(signal: AbortSignal): Promise<Read>;
  /** Makes `commit` the head, if the head is still `from`. */
  offer(commit: string, from: string | undefined, signal: AbortSignal): Promise<Offered>;
}

export interface Draft {
  /** The first one's tree is what `changed` is laid over. */
  readonly parents: readonly string[];
  readonly changed: readonly JournalEntry[];
  readonly message: string;
}

/** Where journals are kept. Over Git in earnest; in memory where whole runs are simulated. */
export interface JournalRepo {
  readonly local: Copy;
  /** What outlives this machine. Undefined where the local copy is all there is. */
  readonly remote: Copy | undefined;
  /** Writes a commit that no copy names yet. Throws a JournalError when the disk will not have it. */
  write(draft: Draft): Promise<string>;
  /** Whether `ancestor` is in the history of `commit`. */
  contains(commit: string, ancestor: string): Promise<boolean>;
  /** What was known when two commits parted, all of it; nothing where they never were one, or nobody can tell. */
  parted(one: string, other: string): Promise<JournalEntries>;
}
