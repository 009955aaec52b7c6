import type { Story } from "./play.ts";
import type { ServerJob } from "./provider.ts";
import { reliedOn, runOf } from "./sight.ts";

/** A run by what it began, and every month by what whoever claimed in it could see. */
export function overspent(story: Story): readonly string[] {
  const { money } = story.schedule;
  if (money === undefined) return [];
  const { perRun = Number.POSITIVE_INFINITY, perMonth = Number.POSITIVE_INFINITY } = money;
  const costs = (jobs: readonly ServerJob[]): number => jobs.length * money.each;
  const begun = story.world.provider.jobs.filter((job) => runOf(job, story) !== undefined);
  const dear = story.runs.filter(({ life }) => costs(begun.filter(({ sender }) => sender === life)) > perRun);
  const months = begun.flatMap((job) => {
    const seen = begun.filter((other) => sameMonth(job, other) && (other === job || claimedBefore(other, job, story)));
    return costs(seen) > perMonth ? [`${job.job.id} was begun after ${seen.length - 1} others of its month`] : [];
  });
  return [...dear.map(({ life }) => `run ${life.pid} spent more than perRun`), ...months];
}

const sameMonth = (one: ServerJob, other: ServerJob): boolean =>
  one.claimedAt.slice(0, 7) === other.claimedAt.slice(0, 7);

/** Whether some journal that a job's claim stood in when it was sent had another's claim first. */
const claimedBefore = (other: ServerJob, job: ServerJob, story: Story): boolean =>
  reliedOn(job, story).some((place) => {
    const [since, own] = [place.since(other.attempt), place.since(job.attempt)];
    return since !== undefined && own !== undefined && since <= own;
  });
