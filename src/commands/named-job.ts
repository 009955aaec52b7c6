import { begunElsewhere, isElsewhere } from "../apply/elsewhere.ts";
import type { Connection } from "../apply/ports.ts";
import { idsIn, idsOf, type Job } from "../model/job.ts";
import type { JournalEntries, OpenAttempt } from "../model/journal.ts";
import { lockRunner } from "../model/locked-attempt.ts";
import type { Unit } from "../model/unit.ts";
import type { Known } from "../plan/diff.ts";
import { ProviderError } from "../providers/error.ts";
import { type OpenSubmit, openOf, traitsIn } from "./doubt.ts";
import { UsageError } from "./exit.ts";
import type { World } from "./world.ts";

/**
 * The job that a person names as the lost one, with all ids that the provider's list has for it. One that is known to
 * be another's, or that the provider does not have, is a mistake: it would be waited for, or shown, in vain.
 */
export async function namedJob(
  id: string,
  unit: Unit | undefined,
  open: OpenSubmit,
  { journal, locks }: Pick<Known, "journal" | "locks">,
  connection: Connection,
  world: World,
): Promise<Job> {
  const hint = "`reelform resolve` with the unit alone lists the jobs that may be it";
  const free = (job: Job): Job => {
    const owner = ownerOf(job, open, { journal, locks });
    if (owner !== undefined) throw new UsageError(`job ${id} is that of ${owner}`, hint);
    return job;
  };
  const known = free({ id });
  const { provider, wire } = connection;
  try {
    const { search } = provider;
    const traits = search && traitsIn(open, unit, search);
    const { claimedAt } = open.attempt;
    const found = traits === undefined ? undefined : await search?.find({ traits, claimedAt }, wire);
    const all = [...(found?.candidates ?? []), ...(found?.early ?? [])].map(({ job }) => job);
    const listed = all.find((job) => Object.values(job).includes(id));
    if (listed !== undefined) return free(listed);
    await provider.poll(known, wire);
    // The list may show it under a name that the person did not say.
    const job = free((await search?.names?.(known, wire)) ?? known);
    const isListed = (jobs: readonly Job[]): boolean =>
      jobs.some(({ video }) => video !== undefined && video === job.video);
    if (found?.complete === true && !isListed(all)) {
      const other = await anotherOf(open, isListed, journal, connection);
      if (other !== undefined) {
        const what = `job ${id} looks like the request that was sent for ${open.attempt.unit} at ${other.claimedAt}`;
        throw new UsageError(`${what}, not like the one of ${claimedAt}`, hint);
      }
      world.tell(`warning in ${provider.name}'s list job ${id} does not look like this request; recorded as you say`);
    }
    return job;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.status === 404 || error.status === 410) {
      const other = isElsewhere(open.attempt, connection);
      const ours = other ? `${begunElsewhere(provider.name)}; name its job with that one` : hint;
      throw new UsageError(`${provider.name} knows no job ${id}`, ours);
    }
    world.tell(`warning ${provider.name} could not be asked about job ${id} (${error.message}); recorded as you say`);
  }
  return known;
}

/** Another open request of the same unit that a job fits, where its claim tells what it asked for. */
async function anotherOf(
  { attempt }: OpenSubmit,
  isListed: (jobs: readonly Job[]) => boolean,
  journal: JournalEntries,
  { provider, wire }: Connection,
): Promise<OpenAttempt | undefined> {
  for (const { attempt: other } of openOf(attempt.unit, journal)) {
    if (other.id === attempt.id || other.provider !== provider.name || other.traits === undefined) continue;
    const found = await provider.search?.find({ traits: other.traits, claimedAt: other.claimedAt }, wire);
    if (isListed([...(found?.candidates ?? []), ...(found?.early ?? [])].map(({ job }) => job))) return other;
  }
  return undefined;
}

/** Whose job it is by the journal or a lock, where it is not the open submit's own. */
export function ownerOf(
  job: Job,
  { attempt, digest }: OpenSubmit,
  { journal, locks }: Pick<Known, "journal" | "locks">,
): string | undefined {
  const names = new Set(idsOf(attempt.provider, job));
  const isIt = (of: Parameters<typeof idsIn>[0]): boolean => idsIn(of).some((name) => names.has(name));
  const attempts = [...journal.values()].flatMap((entry) => entry.attempts);
  // What was made up from a lock of this very request is no other's.
  const ours = new Set(journal.get(digest)?.attempts.filter(({ runner }) => runner.run === lockRunner.run));
  const owner = attempts.find((one) => one.id !== attempt.id && !ours.has(one) && isIt(one));
  const entries = [...locks.values()].flatMap(({ units }) => [...units]);
  const [holder] = entries.find(([, entry]) => entry.digest !== digest && isIt(entry)) ?? [];
  return owner?.unit ?? holder;
}
