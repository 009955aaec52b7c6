import { assetsOf } from "../../../src/model/unit.ts";
import type { Story } from "./play.ts";
import { everyUnit } from "./schedule.ts";
import { attemptsOf, runOf } from "./sight.ts";

/** A request that names a file is sent when the provider has all of that file, which goes up once where once is enough. */
export function withoutFiles(story: Story): readonly string[] {
  const { schedule, world } = story;
  const wanted = new Map(everyUnit(schedule).map(({ digest, request }) => [digest, assetsOf(request.with)[0]?.sha256]));
  const torn = world.provider.jobs
    .filter((job) => runOf(job, story) !== undefined && job.file !== wanted.get(job.digest))
    .map(({ job, file }) => `${job.id} was sent with ${file ?? "no file"}`);
  const usable = world.provider.uploads.all.filter(({ usable }) => usable);
  const twice = usable.filter((file, at) =>
    usable.slice(0, at).some(({ sender, sha256 }) => sender === file.sender && sha256 === file.sha256),
  );
  return [...torn, ...(schedule.sharedUploads ? twice.map(({ sender }) => `run ${sender.pid} sent a file twice`) : [])];
}

/** A CI run that is started again waits for no claim of its earlier attempts. */
export function waitingForThemselves(story: Story): readonly string[] {
  return story.runs.flatMap(({ run: { ci }, held, life }) =>
    everyUnit(story.schedule).flatMap((unit) => {
      const why = held.get(unit.id);
      if (ci === undefined || why?.kind !== "theirs" || why.run !== ci.url) return [];
      const attempts = attemptsOf(unit.digest, story.machines, story)
        .filter(({ claimedAt, runner }) => claimedAt === why.since && runner.ci?.id === ci.id)
        .map(({ runner }) => runner.ci?.attempt ?? 0);
      const earlier = attempts.length > 0 && attempts.every((attempt) => attempt < ci.attempt);
      return earlier ? [`run ${life.pid} left ${unit.id} to an earlier attempt of its own`] : [];
    }),
  );
}
