import { mergeEntries } from "../../../src/journal/merge.ts";
import type { JournalEntry } from "../../../src/model/journal.ts";
import type { Digest } from "../../../src/model/unit.ts";
import type { Place } from "../journal/memory-repo.ts";
import type { Story } from "./play.ts";
import type { ServerJob } from "./provider.ts";
import type { Machine, Ran } from "./run.ts";

/** What the journal says of a request, on these machines and at the remote. */
export function attemptsOf(digest: Digest, machines: readonly Machine[], { world }: Story): JournalEntry["attempts"] {
  const places = [...machines.map(({ journal }) => journal), ...(world.server === undefined ? [] : [world.server])];
  return places.flatMap((place) => place.entries().get(digest) ?? []).reduce(mergeEntries, { digest, attempts: [] })
    .attempts;
}

/** The run that began a job; undefined for one of before the story. */
export const runOf = ({ sender }: ServerJob, { runs }: Story): Ran | undefined =>
  runs.find(({ life }) => life === sender);

/** Whether somebody there had agreed that other machines may not see what is begun. */
const mayBeBlind = (job: ServerJob, story: Story): boolean => (runOf(job, story)?.run.keeping ?? "shared") !== "shared";

/**
 * The journals that had granted a job's claim when its request was sent: its disk's, and the server's where that was the
 * first. One that was alone may have been brought to the server by another run since.
 */
export function reliedOn(job: ServerJob, story: Story): readonly Place[] {
  const disk = runOf(job, story)?.run.machine.journal;
  const { server } = story.world;
  const since = (place: Place | undefined): number => place?.since(job.attempt) ?? Number.POSITIVE_INFINITY;
  const places = [disk, since(server) < since(disk) ? server : undefined];
  return places.filter((place) => place !== undefined).filter((place) => stoodAt(place, job));
}

const stoodAt = (place: Place, { attempt, sentAt }: ServerJob): boolean => (place.since(attempt) ?? Infinity) <= sentAt;

/**
 * Whether one of two jobs was begun although its run could know of the other's claim. Always so where both were begun from
 * one disk, or where both runs share all they claim.
 */
export function sawEachOther(one: ServerJob, other: ServerJob, story: Story): boolean {
  const disks = [one, other].map((job) => runOf(job, story)?.run.machine);
  if (disks[0] === disks[1]) return true;
  if (!mayBeBlind(one, story) && !mayBeBlind(other, story)) return true;
  const before = (a: ServerJob, b: ServerJob): boolean =>
    !outOfSight(a, story) &&
    reliedOn(b, story).some((place) => (place.since(a.attempt) ?? Infinity) < (place.since(b.attempt) ?? Infinity));
  return before(one, other) || before(other, one);
}

/**
 * Whether a run sent on a claim that another had settled since, which it could not hear of: the remote had gone, or did not
 * take the other's word, and somebody had agreed to go on.
 */
const outOfSight = (job: ServerJob, story: Story): boolean =>
  mayBeBlind(job, story) &&
  [...story.machines.map(({ journal }) => journal), story.world.server].some((place) => place?.wasAbsent(job.attempt));

/** Whether all that was ever written of a job went with a disk, or is on a machine that nobody ever shared it from. */
export function wentWithItsDisk(job: ServerJob, story: Story): boolean {
  const machine = runOf(job, story)?.run.machine;
  if (machine === undefined || story.kept.includes(machine) || !mayBeBlind(job, story)) return false;
  const places = [story.world.server, ...story.kept.map(({ journal }) => journal)];
  return places.every((place) => place?.since(job.attempt) === undefined) || outOfSight(job, story);
}

/** Whether a journal that is there in the end, when the remote was back for long, has never told the remote of a job. */
export function neverShared({ attempt }: ServerJob, { world, kept }: Story): boolean {
  const stands = (place: Place): boolean => place.since(attempt) !== undefined;
  return world.server !== undefined && !stands(world.server) && kept.some(({ journal }) => stands(journal));
}
