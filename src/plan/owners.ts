import { idsOf, type Job } from "../model/job.ts";
import type { JournalEntries } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import type { Digest, ProviderName } from "../model/unit.ts";

/**
 * Whether a job is known to be that of another request. A lock that names such a job was written by hand, and would hand
 * out one video as another.
 */
export function foreignJobs(
  entries: readonly LockEntry[],
  journal: JournalEntries,
): (provider: ProviderName, job: Job, digest: Digest) => boolean {
  const owners = new Map<string, Set<Digest>>();
  const note = (provider: ProviderName, job: Job | undefined, digest: Digest): void => {
    if (job === undefined) return;
    for (const id of idsOf(provider, job)) owners.set(id, (owners.get(id) ?? new Set()).add(digest));
  };
  for (const entry of entries) if ("job" in entry) note(entry.provider, entry.job, entry.digest);
  for (const [digest, { attempts }] of journal) {
    for (const attempt of attempts) if ("job" in attempt) note(attempt.provider, attempt.job, digest);
  }
  return (provider, job, digest) =>
    idsOf(provider, job).some((id) => [...(owners.get(id) ?? [])].some((owner) => owner !== digest));
}
