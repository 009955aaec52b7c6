import type { Trouble } from "../journal/memory-repo.ts";
import type { Machine, Ran, Reconcile } from "./run.ts";
import { isBlind, lastUnits, type PlannedRun, type Schedule, type Span, unitsIn } from "./schedule.ts";
import { SimulatedWorld } from "./world.ts";

/** What there is to judge when a story is over. */
export interface Story {
  readonly schedule: Schedule;
  readonly world: SimulatedWorld;
  /** Every machine that there ever was. */
  readonly machines: readonly Machine[];
  /** Those whose disks are there in the end. */
  readonly kept: readonly Machine[];
  readonly runs: readonly Ran[];
  /** Where the last run lived, in a world where nothing went wrong any more and every lease had run out. */
  readonly last: { readonly machine: Machine; readonly ran: Ran };
  /** Whether the last plan cost too much as a whole, which was said: the last run resumes then. */
  readonly refused: boolean;
}

const hour = 60 * 60_000;
const day = 24 * hour;

/** Plays a story: rounds of runs in a bad world, then runs that live in a good one. */
export async function play(drawn: Schedule): Promise<Story> {
  const world = new SimulatedWorld(drawn);
  world.scheduler.stragglers = drawn.stragglers;
  const { scheduler, server } = world;
  const within = (span: Span | undefined): boolean =>
    span !== undefined && scheduler.steps >= span.from && scheduler.steps < span.to;
  const gone = drawn.remoteRefuses ? "refuses" : "unreachable";
  if (server !== undefined) {
    server.trouble = () => {
      const trouble = remoteTrouble(drawn, scheduler.random());
      if (within(drawn.remoteGone)) return gone;
      return drawn.lateRemote > 0 && scheduler.random() < drawn.lateRemote ? "answers late" : trouble;
    };
  }

  let calm = false;
  const all: Machine[] = [];
  const machine = (nth: number): Machine => {
    const made = world.machine(drawn.oneHost && !drawn.ownMachines ? "one host" : `host ${all.length} ${nth}`);
    made.journal.trouble = () => (!calm && within(drawn.diskFull) ? "unreachable" : undefined);
    all.push(made);
    return made;
  };
  const fleet = (): Machine[] => Array.from({ length: drawn.machines }, (_, nth) => machine(nth));
  let machines = fleet();
  if (drawn.history) world.remember(machines, drawn.seed);
  for (const { machine: nth, step, by } of drawn.jumps) {
    const jump = (): void => {
      const jumping = machines[nth];
      if (jumping !== undefined && !(calm && Math.abs(by) > day)) jumping.ahead += by;
    };
    if (step === 0) jump();
    else scheduler.in(step, jump);
  }

  const runs: Ran[] = [];
  const on = (nth: number): Machine => {
    if (drawn.ownMachines || machines[nth] === undefined) machines[nth] = machine(nth);
    return machines[nth] as Machine;
  };
  for (const [nth, round] of drawn.rounds.entries()) {
    const units = unitsIn(drawn, nth);
    runs.push(...(await world.together(round.map((run: PlannedRun) => ({ ...run, units, machine: on(run.machine) })))));
    if (drawn.wiped) machines = fleet();
  }

  world.provider.calm();
  scheduler.stragglers = 0;
  calm = true;
  if (server !== undefined) server.trouble = () => undefined;
  for (const one of all) one.ahead = 0;
  const again = async (run: Omit<Reconcile, "machine">, nth = 0): Promise<Ran> => {
    const [ran] = await world.together([{ ...run, units: lastUnits(drawn), machine: on(nth) }]);
    if (ran === undefined) throw new Error("no run was the last");
    runs.push(ran);
    return ran;
  };
  const ci = nextAttempt(drawn);
  // Where somebody went on with one machine's journal alone, each machine that is left has its say.
  const others = isBlind(drawn) && !drawn.ownMachines ? machines.slice(1) : [];
  for (const [at] of others.entries()) await again({ ci }, at + 1);
  await again({ ci });
  await world.pass(longEnough(drawn));
  // As scheduled runs do, for what no spec asks for any more.
  if (drawn.changes.length > 0) await again({ ci, submits: false });
  const before = await again({ ci });
  // What a first resume settles, a second writes into every lock.
  if (before.end === "refused") await again({ ci, submits: false });
  const ran = await again({ ci, submits: before.end !== "refused" });
  return {
    schedule: drawn,
    world,
    machines: all,
    kept: drawn.ownMachines ? [ran.run.machine] : machines,
    runs,
    last: { machine: ran.run.machine, ran },
    refused: before.end === "refused",
  };
}

/** Longer than any lease, and than any clock was wrong. Milliseconds. */
const longEnough = ({ jumps }: Schedule): number =>
  8 * hour + Math.max(0, ...jumps.map(({ by }) => (by > day ? 2 * by : 0)));

/** Somebody starts the first CI run of the story once more. */
function nextAttempt({ rounds }: Schedule): Reconcile["ci"] {
  const attempts = rounds.flat().flatMap(({ ci }) => (ci?.id === "workflow-0" ? [ci.attempt] : []));
  const [url, id] = ["https://ci.invalid/workflow-0", "workflow-0"];
  return attempts.length === 0 ? undefined : { id, attempt: Math.max(...attempts) + 1, url };
}

function remoteTrouble({ remoteTrouble }: Schedule, draw: number): Trouble {
  if (draw >= remoteTrouble) return undefined;
  const kinds = ["unreachable", "answer lost", "refuses"] as const;
  return kinds[Math.floor((draw / remoteTrouble) * kinds.length)];
}
