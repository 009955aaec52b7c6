import type { Note } from "../../../src/model/event.ts";
import type { FailureClass } from "../../../src/model/job.ts";
import type { Runner } from "../../../src/model/journal.ts";
import type { Lock } from "../../../src/model/lock.ts";
import type { Usd } from "../../../src/model/money.ts";
import type { HoldReason } from "../../../src/model/plan.ts";
import type { RepoPath, Unit, UnitId } from "../../../src/model/unit.ts";
import type { Shard } from "../../../src/plan/shard.ts";
import type { Place } from "../journal/memory-repo.ts";
import type { Life } from "./scheduler.ts";

/** A machine: what is on its disk outlives every run on it, and is lost with it. */
export interface Machine {
  /** Two machines of one name are one to the claims: what they say of each other's processes is believed. */
  readonly name: string;
  readonly journal: Place;
  locks: ReadonlyMap<RepoPath, Lock>;
  /** Milliseconds by which its wall clock is wrong. */
  ahead: number;
}

/**
 * What a run does where the remote does not take its journal: stops, or goes on with its machine's own copy, as
 * `--allow-unjournaled` says. `here`: without `--push` it never asks the remote.
 */
export type Keeping = "shared" | "shared if it can be" | "here";

/** One run of reconcile, and what becomes of it. Without an end of its own it lives. */
export interface Reconcile {
  readonly machine: Machine;
  /** After how many steps of the world it is switched off. */
  readonly dies?: number | undefined;
  /** After how many steps of the world it is told to stop. It is switched off when it does not. */
  readonly stops?: number | undefined;
  /** Milliseconds until it is started. */
  readonly begins?: number;
  /** What the specs ask for by now; what they asked for at first unless told. */
  readonly units?: readonly Unit[];
  /** The units that somebody chose; all of them where nobody did. */
  readonly only?: ReadonlySet<UnitId> | undefined;
  readonly wait?: number | undefined;
  readonly failFast?: boolean;
  /** False for `resume`. */
  readonly submits?: boolean;
  readonly retry?: readonly FailureClass[];
  readonly keeping?: Keeping;
  readonly ci?: Runner["ci"];
  /** The part of the plan that it carries out. */
  readonly shard?: Shard | undefined;
}

/** How a run ended: `refused` before it began anything; `broken` because the disk took nothing more. */
export type RunEnd = "lived" | "died" | "stopped" | "refused" | "broken";

/** A run, and what it said of every unit at last. */
export interface Ran {
  readonly run: Reconcile;
  readonly end: RunEnd;
  readonly life: Life;
  readonly begunAt: number;
  /** The units of its own part of the plan; undefined where it came to none. */
  readonly plan: readonly UnitId[] | undefined;
  readonly held: ReadonlyMap<UnitId, HoldReason>;
  readonly notes: ReadonlyMap<UnitId, Note>;
}

/** What every request costs, and no more may be spent than. */
export interface Money {
  readonly each: Usd;
  readonly perRun: Usd | undefined;
  readonly perMonth: Usd | undefined;
}
