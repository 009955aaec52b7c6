import type { Job } from "../model/job.ts";
import type { JournalEntries } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import type { Digest } from "../model/unit.ts";

/**
 * Whether a job is known to be that of another request. A lock that names such a job was written by hand, and would hand
 * out one video as another.
 */
export function foreignJobs(
  entries: readonly LockEntry[],
  journal: JournalEntries,
): (job: Job, digest: Digest) => boolean {
  const owners = new Map<string, Set<Digest>>();
  const note = (job: Job | undefined, digest: Digest): void => {
    if (job !== undefined) owners.set(job.id, (owners.get(job.id) ?? new Set()).add(digest));
  };
  for (const entry of entries) if ("job" in entry) note(entry.job, entry.digest);
  for (const [digest, { attempts }] of journal) {
    for (const attempt of attempts) if ("job" in attempt) note(attempt.job, digest);
  }
  return ({ id }, digest) => [...(owners.get(id) ?? [])].some((owner) => owner !== digest);
}
