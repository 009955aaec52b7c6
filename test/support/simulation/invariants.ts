import { type Attempt, unresolved } from "../../../src/model/journal.ts";
import type { LockEntry } from "../../../src/model/lock.ts";
import { standing } from "../../../src/model/standing.ts";
import type { Digest, Unit } from "../../../src/model/unit.ts";
import { waitingForThemselves, withoutFiles } from "./manners.ts";
import { overspent } from "./overspent.ts";
import type { Story } from "./play.ts";
import type { ServerJob } from "./provider.ts";
import { everyUnit, isBlind, lastUnits } from "./schedule.ts";
import { badlyCut } from "./shards.ts";
import { attemptsOf, neverShared, sawEachOther, wentWithItsDisk } from "./sight.ts";

/** What must not be, and what a person has to look at. */
export interface Judgement {
  /** Requests that were paid for again although an earlier job of theirs had not failed. */
  readonly duplicates: readonly string[];
  /** Jobs that were paid for and that nobody will ever find. */
  readonly lost: readonly string[];
  /** Units that stand still and do not say why, money beyond a budget, failures that nobody told of. */
  readonly broken: readonly string[];
  /** Units that wait for a person, with a reason. */
  readonly inDoubt: number;
}

export function judge(story: Story): Judgement {
  const { world, schedule } = story;
  const doubtful = everyUnit(schedule).filter((unit) => inDoubt(unit, story));
  const doubts = new Set(doubtful.map(({ digest }) => digest));
  const { jobs } = world.provider;
  return {
    duplicates: jobs.filter((job) => paidAgain(job, story)).map(({ job, prompt }) => `${job.id} of ${prompt}`),
    lost: jobs.flatMap((job) => lossOf(job, doubts, story)),
    broken: [
      ...lastUnits(schedule).flatMap((unit) => stuck(unit, story)),
      ...openClaims(doubts, story),
      ...overspent(story),
      ...withoutFiles(story),
      ...waitingForThemselves(story),
      ...badlyCut(story),
      ...(story.last.ran.end === "lived" ? [] : [`in a good world the last run ${story.last.ran.end}`]),
    ],
    inDoubt: doubtful.length,
  };
}

/** Without any rule broken. */
export const isSound = ({ duplicates, lost, broken }: Judgement): boolean =>
  duplicates.length + lost.length + broken.length === 0;

const entryIn = (unit: Unit, { world, last }: Story): LockEntry | undefined => world.entryOf(last.machine, unit);

/** Whether a person is asked about a unit: by its lock, or by every plan that the journal leads to. */
function inDoubt(unit: Unit, story: Story): boolean {
  if (entryIn(unit, story)?.state === "unknown") return true;
  const attempt = standing({ digest: unit.digest, attempts: attemptsOf(unit.digest, [story.last.machine], story) });
  return attempt?.state === "unknown" && attempt.asked === true;
}

/** Only a failure of the job itself lets a request be sent again, and only once a run that was asked to has claimed it; another may finish what that one left. */
function paidAgain(job: ServerJob, story: Story): boolean {
  const { jobs } = story.world.provider;
  const claims = attemptsOf(job.digest, story.machines, story);
  const asked = story.runs
    .filter(({ begunAt, run }) => run.retry?.includes("provider") === true && begunAt <= job.createdAt)
    .some(({ life }) => claims.some(({ runner }) => runner.pid === life.pid));
  return jobs
    .slice(0, jobs.indexOf(job))
    .filter((earlier) => earlier.digest === job.digest && sawEachOther(earlier, job, story))
    .some((earlier) => !(asked && earlier.fails && earlier.endsAt <= job.createdAt));
}

/** Who did not see another's job may take it for his own in the provider's list, which shows prompts. */
const blindRival = (job: ServerJob, story: Story): boolean =>
  story.world.provider.jobs.some(
    (other) => other !== job && other.prompt === job.prompt && !sawEachOther(job, other, story),
  );

function lossOf(job: ServerJob, doubts: ReadonlySet<Digest>, story: Story): readonly string[] {
  const name = `${job.job.id} of ${job.prompt}`;
  const names = (attempt: Attempt): boolean =>
    "job" in attempt && [job.job.id, job.job.video].includes(attempt.job?.id);
  const known = attemptsOf(job.digest, [story.last.machine], story).some(names);
  if (neverShared(job, story)) return [`${name} is on a disk that is there, and the server never heard of it`];
  if (!known && blindRival(job, story)) return [];
  const lived = story.runs.some(({ life, end }) => life === job.sender && end === "lived");
  if (job.heard && lived && !attemptsOf(job.digest, story.machines, story).some(names))
    return [`${name} was heard by a run that lived, and no journal has it`];
  if (!known && wentWithItsDisk(job, story)) return [];
  if (!known && !doubts.has(job.digest)) return [`${name} is in no journal, and nobody is asked about it`];
  if (!known || job.fails || doubts.has(job.digest)) return [];
  const asking = lastUnits(story.schedule).filter((unit) => unit.digest === job.digest);
  // What no spec asks for any more is collected for the journal.
  if (asking.length === 0) {
    const end = attemptsOf(job.digest, [story.last.machine], story).find(names)?.state;
    return end === "ready" ? [] : [`${name} is done, no spec asks for it, and the journal says ${end}`];
  }
  // A result that only has to be moved waits for a plan that may be carried out.
  if (story.refused && lockedSomewhere(job.digest, story)) return [];
  return asking
    .filter((unit) => entryIn(unit, story)?.state !== "ready")
    .map((unit) => `${name} is done, and the lock of ${unit.id} says ${entryIn(unit, story)?.state ?? "nothing"}`);
}

const lockedSomewhere = (digest: Digest, { last }: Story): boolean =>
  [...last.machine.locks.values()]
    .flatMap(({ units }) => [...units.values()])
    .some((entry) => entry.digest === digest && entry.state === "ready");

/** A unit without a result has failed, is unknown, or is held for a reason that is not another run. */
function stuck(unit: Unit, story: Story): readonly string[] {
  const locked = entryIn(unit, story);
  // What the lock still says of what the spec asked for before is no news of this.
  const entry = locked?.digest === unit.digest ? locked : undefined;
  const { held, notes, end } = story.last.ran;
  const note = notes.get(unit.id);
  switch (entry?.state) {
    case "ready":
    case "unknown":
      return [];
    case "failed": {
      const { jobs } = story.world.provider;
      const fails = jobs.some((job) => job.digest === unit.digest && job.fails);
      // Who does not see whose a job is, by a clock that is wrong by more than a month, may take an old one for his own.
      const mistaken = jobs.some((job) => job.fails && job.job.video === entry.job?.video && blindRival(job, story));
      return fails || mistaken ? [] : [`${unit.id} is locked as failed (${entry.class}), which no job of it did`];
    }
    case "submitted":
    case undefined: {
      const why = held.get(unit.id);
      if (why !== undefined) return why.kind === "theirs" ? [`${unit.id} is left to a run that is dead`] : [];
      if (entry !== undefined) return [`${unit.id} is still locked as submitted`];
      if (note?.kind === "held" || note?.kind === "turned-away") return [];
      if (story.refused) return [];
      return [`${unit.id} has no result and no reason (the last run ${end})`];
    }
  }
}

/**
 * After a run that lived, with every lease over, nothing may stand open that no person was asked about. A claim may
 * that met another's attempt only when two journals became one, or that a wrong clock put after its own job: what counts for
 * its request is the other.
 */
const openClaims = (doubts: ReadonlySet<Digest>, story: Story): readonly string[] =>
  everyUnit(story.schedule).flatMap((unit) => {
    const attempts = attemptsOf(unit.digest, [story.last.machine], story);
    const excused = isBlind(story.schedule) || story.schedule.jumps.length > 0;
    const counts = excused ? standing({ digest: unit.digest, attempts })?.id : undefined;
    return attempts
      .filter((attempt) => unresolved(attempt) && !doubts.has(unit.digest))
      .filter(({ id }) => counts === undefined || id === counts)
      .map((attempt) => `${attempt.id} of ${unit.id} still stands as ${attempt.state}`);
  });
