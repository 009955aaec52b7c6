import type { Job } from "../model/job.ts";
import type { JournalEntries } from "../model/journal.ts";
import type { ProviderName } from "../model/unit.ts";

/** The ids by which a provider may name a job: a list may know its video where a submit named the job. */
export const idsOf = (provider: ProviderName, { id, video }: Job): readonly string[] =>
  [id, video].flatMap((name) => (name === undefined ? [] : [`${provider} ${name}`]));

/** Every id of every job that some attempt in the journal has. */
export function jobsOf(entries: JournalEntries): ReadonlySet<string> {
  const attempts = [...entries.values()].flatMap((entry) => entry.attempts);
  return new Set(
    attempts.flatMap((one) => ("job" in one && one.job !== undefined ? idsOf(one.provider, one.job) : [])),
  );
}

/** The jobs that the journal has, and those that this run was told of and the journal does not have yet. */
export class KnownJobs {
  readonly #entries: () => JournalEntries;
  readonly #told = new Set<string>();
  #read: { readonly entries: JournalEntries; readonly ids: ReadonlySet<string> } | undefined;

  constructor(entries: () => JournalEntries) {
    this.#entries = entries;
  }

  /** Notes that a request has this job. False where another has it: one job for two would be one video for both. */
  take(provider: ProviderName, job: Job): boolean {
    const ids = idsOf(provider, job);
    const known = this.#journaled();
    const free = ids.every((id) => !known.has(id) && !this.#told.has(id));
    for (const id of ids) this.#told.add(id);
    return free;
  }

  /** Read anew only when the journal is another: it is asked for every job of a batch. */
  #journaled(): ReadonlySet<string> {
    const entries = this.#entries();
    if (this.#read?.entries !== entries) this.#read = { entries, ids: jobsOf(entries) };
    return this.#read.ids;
  }
}
