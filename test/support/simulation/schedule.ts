import type { Random } from "../../../src/model/clock.ts";
import type { FailureClass } from "../../../src/model/job.ts";
import type { Runner } from "../../../src/model/journal.ts";
import { usd } from "../../../src/model/money.ts";
import type { Unit, UnitId } from "../../../src/model/unit.ts";
import type { Shard } from "../../../src/plan/shard.ts";
import { unit } from "../builders.ts";
import { seeded } from "../random.ts";
import { type Faults, noFaults } from "./faults.ts";
import type { Keeping, Money } from "./run.ts";

/** A part of a world's story, counted in its steps. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One run, and what is to become of it. */
export interface PlannedRun {
  readonly machine: number;
  readonly begins: number;
  readonly dies: number | undefined;
  readonly stops: number | undefined;
  readonly only: ReadonlySet<UnitId> | undefined;
  readonly wait: number | undefined;
  readonly failFast: boolean;
  readonly submits: boolean;
  readonly retry: readonly FailureClass[];
  readonly keeping: Keeping;
  readonly ci: Runner["ci"];
  readonly shard: Shard | undefined;
}

/** Everything that is drawn from a seed before a story begins. */
export interface Schedule {
  readonly seed: number;
  readonly units: readonly Unit[];
  readonly faults: Faults;
  readonly pushed: boolean;
  readonly machines: number;
  /** Whether each round has new disks, as a CI runner has. */
  readonly wiped: boolean;
  /** Whether the machines know of each other's processes. Otherwise only the lease of a claim tells. */
  readonly oneHost: boolean;
  readonly money: Money | undefined;
  /** How often the remote does not answer, answers too late, or refuses. */
  readonly remoteTrouble: number;
  readonly remoteGone: Span | undefined;
  /** Whether a remote that is gone can still be read. */
  readonly remoteRefuses: boolean;
  readonly diskFull: Span | undefined;
  readonly stragglers: number;
  readonly jumps: readonly { readonly machine: number; readonly step: number; readonly by: number }[];
  /** Runs of one round are at work at once. */
  readonly rounds: readonly (readonly PlannedRun[])[];
  /** Whether each run has a machine of its own, as a CI job has. */
  readonly ownMachines: boolean;
  /** Whether one upload serves every request of a run that names the same bytes. */
  readonly sharedUploads: boolean;
  /** Whether the journals have attempts of long ago in them. */
  readonly history: boolean;
  /** Whether plans are cut among runs. */
  readonly cut: boolean;
  readonly changes: readonly Change[];
  /** How often the remote does as it is told and says so only minutes later. */
  readonly lateRemote: number;
}

/** A spec asks for something else, or is gone. */
export interface Change {
  readonly unit: UnitId;
  readonly instead: Unit | undefined;
  /** From this round on, counted from 0; what follows the last round is a round more. */
  readonly round: number;
}

/** What the specs ask for in a round. */
export const unitsIn = ({ units, changes }: Schedule, round: number): readonly Unit[] =>
  units.flatMap((unit) => {
    const change = changes.find((one) => one.unit === unit.id && one.round <= round);
    return change === undefined ? [unit] : (change.instead ?? []);
  });

/** What they ask for in the end. */
export const lastUnits = (schedule: Schedule): readonly Unit[] => unitsIn(schedule, schedule.rounds.length);

/** All that they ever asked for. */
export const everyUnit = ({ units, changes }: Schedule): readonly Unit[] => [
  ...units,
  ...changes.flatMap(({ instead }) => instead ?? []),
];

/** Journals that all runs share, or no remote at all; no files, no history, no shards. */
export function plain(seed: number): Schedule {
  const random = seeded(seed ^ 0x9e3779b9);
  const odds = (part: number): boolean => random() < part;
  const upTo = (most: number): number => 1 + Math.floor(random() * most);
  const units = unitsOf(random);
  const pushed = odds(0.75);
  const machines = pushed ? upTo(3) : 1;
  const span = (): Span => {
    const from = upTo(600);
    return { from, to: from + upTo(600) };
  };
  const budgeted = odds(0.4);
  return {
    seed,
    units,
    faults: faultsOf(random),
    pushed,
    machines,
    wiped: pushed && odds(0.4),
    oneHost: !pushed || odds(0.5),
    money: budgeted
      ? { each: usd(1), perRun: odds(0.5) ? usd(upTo(6)) : undefined, perMonth: odds(0.7) ? usd(upTo(9)) : undefined }
      : undefined,
    remoteTrouble: pushed && odds(0.4) ? 0.05 + random() * 0.3 : 0,
    remoteGone: pushed && odds(0.25) ? span() : undefined,
    remoteRefuses: false,
    diskFull: odds(0.1) ? span() : undefined,
    stragglers: odds(0.4) ? random() * 0.1 : 0,
    jumps: odds(0.25)
      ? Array.from({ length: upTo(3) }, () => ({
          machine: Math.floor(random() * machines),
          step: upTo(600),
          by: (odds(0.5) ? 1 : -1) * random() ** 3 * 2 * hour,
        }))
      : [],
    rounds: Array.from({ length: upTo(3) }, () => roundOf(random, machines, units, budgeted)),
    ownMachines: false,
    sharedUploads: true,
    history: false,
    cut: false,
    changes: [],
    lateRemote: 0,
  };
}

const hour = 60 * 60_000;

function faultsOf(random: Random): Faults {
  if (random() < 0.25) return noFaults;
  const some = (most: number): number => (random() < 0.5 ? random() * most : 0);
  return {
    lostRequest: some(0.2),
    lostAnswer: some(0.3),
    lateAnswer: some(0.2),
    rateLimit: some(0.4),
    longPause: some(0.05),
    outOfCredit: some(0.05),
    unreachable: some(0.2),
    pollTrouble: some(0.2),
    jobFails: some(0.3),
    replicaLag: some(0.5),
    storeTrouble: some(0.4),
    uploadRefused: 0,
    uploadLost: 0,
    uploadSlow: 0,
    bug: 0,
  };
}

/** Films, some of which need another one, ask for the same as another one, or for another take of it. */
function unitsOf(random: Random): readonly Unit[] {
  const units: Unit[] = [];
  const [chained, copied, taken] = [random() < 0.3, random() < 0.3, random() < 0.2];
  const count = 3 + Math.floor(random() * 5);
  for (let nth = 0; nth < count; nth += 1) {
    const name = `film${nth}`;
    const other = units[Math.floor(random() * units.length)];
    const same = other === undefined ? {} : { with: other.request.with };
    if (other !== undefined && copied && random() < 0.3) units.push(unit(name, { ...same, take: other.take }));
    else if (other !== undefined && taken && random() < 0.3) units.push(unit(name, { ...same, take: nth + 2 }));
    else if (other !== undefined && chained && random() < 0.6) units.push(unit(name, { needs: [other.id] }));
    else units.push(unit(name));
  }
  return units;
}

function roundOf(random: Random, machines: number, units: readonly Unit[], budgeted: boolean): readonly PlannedRun[] {
  const odds = (part: number): boolean => random() < part;
  const runs = odds(0.4) ? 1 : 2 + Math.floor(random() * 3);
  const step = (): number => 1 + Math.floor(random() ** 2 * 500);
  return Array.from({ length: runs }, () => {
    const fate = random();
    return {
      machine: Math.floor(random() * machines),
      begins: odds(0.5) ? 0 : random() ** 2 * 60_000,
      dies: fate < 0.5 ? step() : undefined,
      stops: fate >= 0.5 && fate < 0.7 ? step() : undefined,
      only: odds(budgeted ? 0.7 : 0.2) ? new Set(units.filter(() => odds(0.5)).map(({ id }) => id)) : undefined,
      wait: odds(0.15) ? (odds(0.5) ? 0 : random() * 60_000) : undefined,
      failFast: odds(0.1),
      submits: !odds(0.1),
      retry: odds(0.15) ? (["provider"] as const) : [],
      keeping: "shared",
      ci: undefined,
      shard: undefined,
    };
  });
}

/** Whether some run may begin what others do not see. */
export const isBlind = ({ rounds }: Schedule): boolean => rounds.flat().some(({ keeping }) => keeping !== "shared");

/** A schedule in a line, so that whoever reads of a failure knows what sort of story it was. */
export function flagsOf(schedule: Schedule): string {
  const { faults, rounds, remoteGone, diskFull, money } = schedule;
  const spent = (limit: number | undefined): string => (limit === undefined ? "-" : `$${limit / 1e6}`);
  return [
    schedule.pushed ? "pushed" : "alone",
    ...(schedule.wiped ? ["new disks"] : []),
    ...(schedule.oneHost ? ["one host"] : []),
    ...(schedule.ownMachines ? ["a machine for each run"] : []),
    ...(schedule.history ? ["old attempts"] : []),
    ...(schedule.cut ? ["shards"] : []),
    ...(schedule.units.some(({ request }) => "image" in request.with)
      ? [schedule.sharedUploads ? "shared uploads" : "uploads"]
      : []),
    `${schedule.machines} machines`,
    `${schedule.units.length} units`,
    `runs ${rounds.map((round) => round.map(fateOf).join("+")).join(" then ")}`,
    ...Object.entries(faults).flatMap(([name, rate]) => (rate === 0 ? [] : [`${name} ${rate.toFixed(2)}`])),
    ...schedule.changes.map(({ unit, instead, round }) => `${unit} ${instead ? "changes" : "goes"} in ${round}`),
    ...(schedule.lateRemote > 0 ? [`remote late ${schedule.lateRemote.toFixed(2)}`] : []),
    ...(schedule.remoteTrouble > 0 ? [`remote trouble ${schedule.remoteTrouble.toFixed(2)}`] : []),
    ...(remoteGone === undefined
      ? []
      : [`remote ${schedule.remoteRefuses ? "refuses" : "gone"} ${remoteGone.from} to ${remoteGone.to}`]),
    ...(diskFull === undefined ? [] : [`disk full ${diskFull.from} to ${diskFull.to}`]),
    ...(schedule.stragglers > 0 ? [`stragglers ${schedule.stragglers.toFixed(2)}`] : []),
    ...schedule.jumps.map(({ machine, step, by }) => `clock ${machine} jumps ${Math.round(by / 1000)} s at ${step}`),
    ...(money === undefined ? [] : [`budget ${spent(money.perRun)} a run ${spent(money.perMonth)} a month`]),
  ].join(", ");
}

function fateOf(run: PlannedRun): string {
  const { machine, dies, stops, only, submits, wait, retry, keeping, ci, shard } = run;
  const fate = dies !== undefined ? ` dies ${dies}` : stops !== undefined ? ` stops ${stops}` : "";
  const how = `${submits ? "" : " resume"}${wait === undefined ? "" : ` wait ${Math.round(wait)}`}`;
  const who = [
    ...(keeping === "shared" ? [] : [keeping]),
    ...(ci === undefined ? [] : [`${ci.id}/${ci.attempt}`]),
    ...(shard === undefined ? [] : [`shard ${shard.index}/${shard.of}`]),
  ].map((word) => ` ${word}`);
  return `[${machine}${who.join("")}${fate}${how}${only === undefined ? "" : ` only ${[...only].join(" ")}`}${retry.length > 0 ? " retry" : ""}]`;
}
