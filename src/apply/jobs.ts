import { idsIn, idsOf, type Job } from "../model/job.ts";
import type { JournalEntries, JournalEntry } from "../model/journal.ts";
import { valuesSince } from "../model/overlay.ts";
import type { ProviderName } from "../model/unit.ts";

/** Every id of every job that some attempt in the journal has. */
export const jobsOf = (entries: JournalEntries): ReadonlySet<string> => new Set([...entries.values()].flatMap(jobsIn));

const jobsIn = ({ attempts }: JournalEntry): readonly string[] => attempts.flatMap(idsIn);

/** The jobs that the journal has, and those that this run was told of and the journal does not have yet. */
export class KnownJobs {
  readonly #entries: () => JournalEntries;
  readonly #ids = new Set<string>();
  readonly #read = new WeakSet<JournalEntry>();
  #last: JournalEntries | undefined;

  constructor(entries: () => JournalEntries) {
    this.#entries = entries;
  }

  /** Notes that a request has this job. False where another has it: one job for two would be one video for both. */
  take(provider: ProviderName, job: Job): boolean {
    this.#readNews();
    const ids = idsOf(provider, job);
    const free = ids.every((id) => !this.#ids.has(id));
    for (const id of ids) this.#ids.add(id);
    return free;
  }

  /** Reads what is new in the journal: it is asked for every job of a batch. */
  #readNews(): void {
    const entries = this.#entries();
    if (this.#last === entries) return;
    for (const entry of valuesSince(entries, this.#last)) {
      if (this.#read.has(entry)) continue;
      this.#read.add(entry);
      for (const id of jobsIn(entry)) this.#ids.add(id);
    }
    this.#last = entries;
  }
}
