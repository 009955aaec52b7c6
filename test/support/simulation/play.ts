import type { Trouble } from "../journal/memory-repo.ts";
import { type PlannedRun, type Schedule, type Span, schedule } from "./schedule.ts";
import { type Machine, type Ran, SimulatedWorld } from "./world.ts";

/** What there is to judge when a story is over. */
export interface Story {
  readonly schedule: Schedule;
  readonly world: SimulatedWorld;
  /** Every machine that there ever was. */
  readonly machines: readonly Machine[];
  readonly runs: readonly Ran[];
  /** Where the last run lived, in a world where nothing went wrong any more and every lease had run out. */
  readonly last: { readonly machine: Machine; readonly ran: Ran };
}

/** Longer than any lease, and than any clock was wrong. Milliseconds. */
const longEnough = 8 * 60 * 60_000;

/** Plays the story of a seed: rounds of runs in a bad world, then runs that live in a good one. */
export async function play(seed: number): Promise<Story> {
  const drawn = schedule(seed);
  const world = new SimulatedWorld(drawn);
  world.scheduler.stragglers = drawn.stragglers;
  const { scheduler, server } = world;
  const within = (span: Span | undefined): boolean =>
    span !== undefined && scheduler.steps >= span.from && scheduler.steps < span.to;
  if (server !== undefined) server.trouble = () => remoteTrouble(drawn, within(drawn.remoteGone), scheduler.random());

  const all: Machine[] = [];
  const machine = (nth: number): Machine => {
    const made = world.machine(drawn.oneHost ? "one host" : `host ${all.length} ${nth}`);
    made.journal.trouble = () => (within(drawn.diskFull) ? "unreachable" : undefined);
    all.push(made);
    return made;
  };
  const fleet = (): Machine[] => Array.from({ length: drawn.machines }, (_, nth) => machine(nth));
  let machines = fleet();
  for (const { machine: nth, step, by } of drawn.jumps) {
    scheduler.in(step, () => {
      const jumping = machines[nth];
      if (jumping !== undefined) jumping.ahead += by;
    });
  }

  const runs: Ran[] = [];
  const on = (nth: number): Machine => machines[nth] ?? machine(nth);
  for (const round of drawn.rounds) {
    runs.push(...(await world.together(round.map((run: PlannedRun) => ({ ...run, machine: on(run.machine) })))));
    if (drawn.wiped) machines = fleet();
  }

  world.provider.calm();
  scheduler.stragglers = 0;
  for (const place of [server, ...all.map(({ journal }) => journal)]) if (place) place.trouble = () => undefined;
  for (const one of all) one.ahead = 0;
  runs.push(...(await world.together([{ machine: on(0) }])));
  await world.pass(longEnough);
  runs.push(...(await world.together([{ machine: on(0) }])));
  const finished = await world.together([{ machine: on(0), submits: runs.at(-1)?.end !== "refused" }]);
  runs.push(...finished);
  const [ran] = finished;
  if (ran === undefined) throw new Error("no run was the last");
  return { schedule: drawn, world, machines: all, runs, last: { machine: on(0), ran } };
}

function remoteTrouble({ remoteTrouble }: Schedule, gone: boolean, draw: number): Trouble {
  if (gone) return "unreachable";
  if (draw >= remoteTrouble) return undefined;
  const kinds = ["unreachable", "answer lost", "refuses"] as const;
  return kinds[Math.floor((draw / remoteTrouble) * kinds.length)];
}
