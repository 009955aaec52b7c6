import { idsIn, type Job } from "../model/job.ts";
import type { JournalEntries } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import type { Digest, ProviderName } from "../model/unit.ts";

/**
 * Whether a job is known to be that of another request. A lock that names such a job was written by hand, and would hand
 * out one video as another.
 */
export function foreignJobs(entries: readonly LockEntry[], journal: JournalEntries): (of: OfARequest) => boolean {
  const owners = new Map<string, Set<Digest>>();
  const note = (of: Omit<OfARequest, "job"> & { readonly job?: Job | undefined }): void => {
    for (const id of idsIn(of)) owners.set(id, (owners.get(id) ?? new Set()).add(of.digest));
  };
  for (const entry of entries) note(entry);
  for (const [digest, { attempts }] of journal) for (const attempt of attempts) note({ ...attempt, digest });
  return (of) => idsIn(of).some((id) => [...(owners.get(id) ?? [])].some((owner) => owner !== of.digest));
}

/** A job, and the request that it is said to be of. */
interface OfARequest {
  readonly provider: ProviderName;
  readonly digest: Digest;
  readonly job: Job;
}
