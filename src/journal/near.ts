import { type JournalEntry, JournalError } from "../model/journal.ts";
import type { Allowance, Verdict, Wanted } from "./decide.ts";
import { changes } from "./merge.ts";
import type { Pace } from "./pace.ts";
import type { JournalRepo, Snapshot } from "./repo.ts";
import { swap } from "./swap.ts";
import { title } from "./title.ts";
import { withdrawn } from "./withdraw.ts";

/** The journal's copy on this machine. */
export interface Near {
  snapshot(): Snapshot;
  reread(): Promise<void>;
  /** Resolves when it is on the disk; throws a JournalError when the disk will not have it. */
  write(wanted: readonly Wanted[], told: readonly JournalEntry[]): Promise<readonly Verdict[]>;
  /** Takes some attempts for none of ours until it is read again. */
  forget(attempts: ReadonlySet<string>): void;
  /** Makes the remote's head our own, where that forgets nothing that is only here. */
  follow(far: Snapshot): Promise<void>;
}

export async function openNear(repo: JournalRepo, pace: Pace, allowance: Allowance | undefined): Promise<Near> {
  const copy = repo.local;
  let snapshot = await read();

  async function read(): Promise<Snapshot> {
    const answer = await copy.read(pace.cut);
    if (answer.kind === "failed") throw new JournalError(`the journal cannot be read: ${answer.why}`);
    return answer.snapshot;
  }

  return {
    snapshot: () => snapshot,
    async reread() {
      snapshot = await read();
    },
    async write(wanted, told) {
      const news = {
        wanted,
        allowance,
        told: async () => told,
        withdraw: withdrawn(pace.clock),
        commit: ({ head }: Snapshot, changed: readonly JournalEntry[]) =>
          repo.write({ parents: head === undefined ? [] : [head], changed, message: title(changed) }),
      };
      const swapped = await swap(copy, snapshot, news, () => 1, pace);
      if (swapped.kind === "failed") throw new JournalError(`the journal cannot be written: ${swapped.why}`);
      snapshot = swapped.snapshot;
      return swapped.verdicts;
    },
    forget(attempts) {
      const { head, entries } = snapshot;
      const kept = [...entries.values()].flatMap((entry) => {
        const others = entry.attempts.filter(({ id }) => !attempts.has(id));
        return others.length === 0 ? [] : [[entry.digest, { ...entry, attempts: others }] as const];
      });
      snapshot = { head, entries: new Map(kept) };
    },
    async follow(far) {
      if (far.head === undefined || far.head === snapshot.head) return;
      if (changes(far.entries, snapshot.entries.values()).length > 0) return;
      const offered = await copy.offer(far.head, snapshot.head, pace.cut);
      if (offered.kind === "done") snapshot = far;
      if (offered.kind === "moved") snapshot = await read();
    },
  };
}
