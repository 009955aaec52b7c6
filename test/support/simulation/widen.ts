import type { Random } from "../../../src/model/clock.ts";
import type { Asset, RepoPath, Unit, UnitId } from "../../../src/model/unit.ts";
import { unit } from "../builders.ts";
import { digestNamed } from "../journal/attempts.ts";
import { seeded } from "../random.ts";
import { type Change, type PlannedRun, plain, type Schedule } from "./schedule.ts";

/** The story of a seed: the wider one, and in a part of them also specs that change and a remote that answers late. */
export function schedule(seed: number): Schedule {
  const random = seeded(seed ^ 0x2545f491);
  const odds = (part: number): boolean => random() < part;
  let drawn = wide(seed);
  if (odds(0.3)) drawn = withChanges(drawn, random);
  if (drawn.pushed && odds(0.25)) drawn = { ...drawn, lateRemote: 0.05 + random() * 0.3 };
  return drawn;
}

/**
 * A part of all stories is plain; the others get some of what follows, drawn apart, so that what is plain in the story of
 * a seed stays what it was.
 */
export function wide(seed: number): Schedule {
  const random = seeded(seed ^ 0x51ed270b);
  const odds = (part: number): boolean => random() < part;
  let drawn = plain(seed);
  if (odds(0.2)) return drawn;
  if (odds(0.25)) drawn = withShards(drawn, random);
  if (odds(0.3)) drawn = withUploads(drawn, random);
  if (drawn.pushed && odds(0.25)) drawn = withCi(drawn, random);
  if (drawn.pushed && odds(0.35)) drawn = withBlindRuns(drawn, random);
  if (odds(0.3)) drawn = { ...drawn, history: true };
  if (odds(0.2)) drawn = withWrongMonths(drawn, random);
  return drawn;
}

const everyRun = (drawn: Schedule, change: (run: PlannedRun) => Partial<PlannedRun>): Schedule => ({
  ...drawn,
  rounds: drawn.rounds.map((round) => round.map((run) => ({ ...run, ...change(run) }))),
});

/** People edit specs between rounds, and delete some, whatever became of what was begun for them. */
function withChanges(drawn: Schedule, random: Random): Schedule {
  const needed = new Set(drawn.units.flatMap(({ needs }) => needs));
  const changes = drawn.units.flatMap(({ id, take, needs, request }): readonly Change[] => {
    if (random() < 0.5) return [];
    const round = 1 + Math.floor(random() * drawn.rounds.length);
    // What others need, or a part of a plan must have, stays.
    if (random() < 0.3 && !needed.has(id) && !drawn.cut) return [{ unit: id, instead: undefined, round }];
    const prompt = `another film called ${id}`;
    return [{ unit: id, instead: unit(id, { with: { ...request.with, prompt }, take, needs }), round }];
  });
  return { ...drawn, changes };
}

/** Plans that are cut among the runs of a round. What needs one another is one video, and so in one part. */
function withShards(drawn: Schedule, random: Random): Schedule {
  const names = new Map<UnitId, UnitId>();
  for (const { id, needs } of drawn.units) {
    const [first] = needs;
    const cell = first === undefined ? undefined : names.get(first)?.replace(/#.*$/, "");
    names.set(id, (cell === undefined ? id : `${cell}#${id}`) as UnitId);
  }
  const named = (id: UnitId): UnitId => names.get(id) ?? id;
  const units = drawn.units.map(({ id, take, needs, request }) =>
    unit(named(id), { with: request.with, take, needs: needs.map(named) }),
  );
  const rounds = drawn.rounds.map((round) => {
    const [first] = round;
    const all = round.map((run) => ({ ...run, only: run.only && new Set([...run.only].map(named)) }));
    if (first === undefined || random() < 0.3) return all;
    const of = Math.max(2, round.length);
    const only = all[0]?.only;
    return all.map((run, at) => ({ ...run, only, submits: true, shard: { index: at + 1, of } }));
  });
  return { ...drawn, units, rounds, cut: true };
}

/** Two files, each of which several requests need. */
const files = ["a", "b"].map(
  (name): Asset => ({
    asset: `images/${name}.png` as RepoPath,
    sha256: digestNamed(name).slice("sha256:".length),
    bytes: 6,
    mediaType: "image/png",
  }),
);

function withUploads(drawn: Schedule, random: Random): Schedule {
  const some = (most: number): number => (random() < 0.5 ? random() * most : 0);
  const chosen = new Map<unknown, Asset | undefined>();
  for (const { request } of drawn.units) {
    const draw = Math.floor(random() * (files.length + 1));
    if (!chosen.has(request.with.prompt)) chosen.set(request.with.prompt, files[draw]);
  }
  const units = drawn.units.map((one): Unit => {
    const { id, take, needs, request } = one;
    const image = chosen.get(request.with.prompt);
    return image === undefined ? one : unit(id, { with: { ...request.with, image }, take, needs });
  });
  const faults = { ...drawn.faults, uploadRefused: some(0.3), uploadLost: some(0.2), uploadSlow: some(0.3) };
  return { ...drawn, units, faults, sharedUploads: random() < 0.7 };
}

/**
 * Jobs of a CI system: a machine for each, and runs of it that somebody starts again, in some stories a few seconds after
 * the one before, which is at work and waits for the provider.
 */
function withCi(drawn: Schedule, random: Random): Schedule {
  const attempts = [0, 0].slice(0, 1 + Math.floor(random() * 2));
  const hasty = random() < 0.5;
  const faults = hasty ? { ...drawn.faults, rateLimit: 0.2 + random() * 0.5 } : drawn.faults;
  const rounds = drawn.rounds.map((round) =>
    [...round]
      .sort((a, b) => a.begins - b.begins)
      .map((run, at) => (hasty ? { ...run, begins: at * 10_000 * random(), dies: undefined } : run))
      .map((run): PlannedRun => {
        const workflow = Math.floor(random() * attempts.length);
        const before = attempts[workflow] ?? 0;
        const attempt = before === 0 || random() < 0.7 ? before + 1 : before;
        attempts[workflow] = attempt;
        const id = `workflow-${workflow}`;
        return { ...run, ci: { id, attempt, url: `https://ci.invalid/${id}` } };
      }),
  );
  return { ...drawn, faults, rounds, ownMachines: true };
}

/** Runs that go on where the remote takes nothing, or never ask it, and a remote that is often away from the beginning. */
function withBlindRuns(drawn: Schedule, random: Random): Schedule {
  const odds = (part: number): boolean => random() < part;
  const from = odds(0.5) ? 0 : Math.floor(random() * 300);
  const span = { from, to: from + 200 + Math.floor(random() * 900) };
  const remoteGone = odds(0.7) ? span : drawn.remoteGone;
  const placed = odds(0.4) ? { ...everyRun(drawn, () => ({ machine: 0 })), machines: 1, oneHost: true } : drawn;
  const [needy, local] = [0.3 + random() * 0.7, odds(0.5) ? 0.2 + random() * 0.4 : 0];
  return {
    ...everyRun(placed, ({ ci }) => {
      if (ci === undefined && odds(local)) return { keeping: "here" };
      return { keeping: odds(needy) ? "shared if it can be" : "shared" };
    }),
    wiped: drawn.wiped && odds(0.5),
    remoteGone,
    remoteRefuses: odds(0.5),
  };
}

const day = 24 * 60 * 60_000;

/** Clocks that are wrong by more than a month, from the beginning or all at once. */
function withWrongMonths(drawn: Schedule, random: Random): Schedule {
  const wrong = Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
    machine: Math.floor(random() * drawn.machines),
    step: random() < 0.5 ? 0 : 1 + Math.floor(random() * 400),
    by: (random() < 0.5 ? 1 : -1) * 40 * day,
  }));
  return { ...drawn, jumps: [...drawn.jumps, ...wrong] };
}
