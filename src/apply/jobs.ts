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
