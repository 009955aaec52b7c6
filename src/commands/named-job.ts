import { begunElsewhere, isElsewhere } from "../apply/elsewhere.ts";
import type { Connection } from "../apply/ports.ts";
import type { Job } from "../model/job.ts";
import type { Unit } from "../model/unit.ts";
import type { Known } from "../plan/diff.ts";
import { ProviderError } from "../providers/error.ts";
import { type OpenSubmit, traitsIn } from "./doubt.ts";
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
  const owner = ownerOf(id, open, { journal, locks });
  if (owner !== undefined) throw new UsageError(`job ${id} is that of ${owner}`, hint);
  const { provider, wire } = connection;
  try {
    const { search } = provider;
    const traits = search && traitsIn(open, unit, search);
    const { claimedAt } = open.attempt;
    const found = traits === undefined ? undefined : await search?.find({ traits, claimedAt }, wire);
    const listed = [...(found?.candidates ?? []), ...(found?.early ?? [])].find(({ job }) =>
      Object.values(job).includes(id),
    );
    if (listed !== undefined) return listed.job;
    await provider.poll({ id }, wire);
    if (found?.complete === true)
      world.tell(`warning in ${provider.name}'s list job ${id} does not look like this request; recorded as you say`);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.status === 404 || error.status === 410) {
      const other = isElsewhere(open.attempt, connection);
      const ours = other ? `${begunElsewhere(provider.name)}; name its job with that one` : hint;
      throw new UsageError(`${provider.name} knows no job ${id}`, ours);
    }
    world.tell(`warning ${provider.name} could not be asked about job ${id} (${error.message}); recorded as you say`);
  }
  return { id };
}

/** Whose job it is by the journal or a lock, where it is not the open submit's own. */
function ownerOf(
  id: string,
  { attempt, digest }: OpenSubmit,
  { journal, locks }: Pick<Known, "journal" | "locks">,
): string | undefined {
  const attempts = [...journal.values()].flatMap((entry) => entry.attempts);
  const owner = attempts.find(
    (one) =>
      one.provider === attempt.provider &&
      one.id !== attempt.id &&
      "job" in one &&
      one.job !== undefined &&
      Object.values(one.job).includes(id),
  );
  const entries = [...locks.values()].flatMap(({ units }) => [...units]);
  const [holder] =
    entries.find(
      ([, entry]) =>
        entry.provider === attempt.provider &&
        entry.digest !== digest &&
        "job" in entry &&
        Object.values(entry.job ?? {}).includes(id),
    ) ?? [];
  return owner?.unit ?? holder;
}
