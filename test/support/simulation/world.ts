import { setMaxListeners } from "node:events";
import { apply } from "../../../src/apply/apply.ts";
import type { ApplyPorts } from "../../../src/apply/ports.ts";
import { alive } from "../../../src/journal/alive.ts";
import type { Allowance } from "../../../src/journal/decide.ts";
import { type OpenJournal, openJournal } from "../../../src/journal/journal.ts";
import { record } from "../../../src/lock/record.ts";
import type { Note } from "../../../src/model/event.ts";
import type { FailureClass } from "../../../src/model/job.ts";
import { type Attempt, JournalError } from "../../../src/model/journal.ts";
import { emptyLock, type Lock, type LockEntry } from "../../../src/model/lock.ts";
import type { Usd } from "../../../src/model/money.ts";
import type { HoldReason, PricedAction } from "../../../src/model/plan.ts";
import { StoreError } from "../../../src/model/store.ts";
import type { RepoPath, Unit, UnitId } from "../../../src/model/unit.ts";
import { type Budget, overBudget, withinRules } from "../../../src/plan/budget.ts";
import { diff, type Known } from "../../../src/plan/diff.ts";
import { finishing } from "../../../src/plan/finishing.ts";
import { spentInMonth } from "../../../src/plan/month.ts";
import { price, totals } from "../../../src/plan/price.ts";
import { waiting } from "../../../src/plan/waiting.ts";
import { output } from "../builders.ts";
import { runnerNamed } from "../journal/attempts.ts";
import { Commits, memoryRepo, Place } from "../journal/memory-repo.ts";
import { seeded } from "../random.ts";
import type { Faults } from "./faults.ts";
import { SimulatedProvider } from "./provider.ts";
import { Life, Scheduler } from "./scheduler.ts";

// Many jobs of a run wait on one signal to end; that is no leak.
setMaxListeners(0);

/** A machine: what is on its disk outlives every run on it, and is lost with it. */
export interface Machine {
  /** Two machines of one name are one to the claims: what they say of each other's processes is believed. */
  readonly name: string;
  readonly journal: Place;
  locks: ReadonlyMap<RepoPath, Lock>;
  /** Milliseconds by which its wall clock is wrong. */
  ahead: number;
}

/** One run of reconcile, and what becomes of it. Without an end of its own it lives. */
export interface Reconcile {
  readonly machine: Machine;
  /** After how many steps of the world it is switched off. */
  readonly dies?: number | undefined;
  /** After how many steps of the world it is told to stop. It is switched off when it does not. */
  readonly stops?: number | undefined;
  /** Milliseconds until it is started. */
  readonly begins?: number;
  /** The units that somebody chose; all of them where nobody did. */
  readonly only?: ReadonlySet<UnitId> | undefined;
  readonly wait?: number | undefined;
  readonly failFast?: boolean;
  /** False for `resume`. */
  readonly submits?: boolean;
  readonly retry?: readonly FailureClass[];
}

/** How a run ended: `refused` before it began anything; `broken` because the disk took nothing more. */
export type RunEnd = "lived" | "died" | "stopped" | "refused" | "broken";

/** A run, and what it said of every unit at last. */
export interface Ran {
  readonly end: RunEnd;
  readonly life: Life;
  readonly begunAt: number;
  readonly retry: readonly FailureClass[];
  readonly held: ReadonlyMap<UnitId, HoldReason>;
  readonly notes: ReadonlyMap<UnitId, Note>;
}

/** What every request costs, and no more may be spent than. */
export interface Money {
  readonly each: Usd;
  readonly perRun: Usd | undefined;
  readonly perMonth: Usd | undefined;
}

export interface Situation {
  readonly seed: number;
  readonly units: readonly Unit[];
  readonly faults: Faults;
  /** Whether the journal is shared through a remote, so that a new machine finds it. */
  readonly pushed: boolean;
  readonly money?: Money | undefined;
}

/** The disk took nothing more. */
class DiskFull extends Error {}

/** How long a run has that was told to stop. Milliseconds. */
const grace = 4_800;

/** A provider, a Git server and machines, with runs that live and die on them, all from one seed. */
export class SimulatedWorld {
  readonly scheduler: Scheduler;
  readonly provider: SimulatedProvider;
  readonly server: Place | undefined;
  readonly #commits = new Commits();
  readonly #units: readonly Unit[];
  readonly #money: Money | undefined;
  readonly #lives = new Map<number, Life>();

  constructor({ seed, units, faults, pushed, money }: Situation) {
    this.scheduler = new Scheduler(seeded(seed));
    this.provider = new SimulatedProvider(this.scheduler, faults);
    this.server = pushed ? new Place(this.#commits) : undefined;
    this.#units = units;
    this.#money = money;
  }

  machine(name: string): Machine {
    return { name, journal: new Place(this.#commits), locks: new Map(), ahead: 0 };
  }

  /** Several runs at once; resolves when all have ended. */
  together(runs: readonly Reconcile[]): Promise<readonly Ran[]> {
    return this.scheduler.until(Promise.all(runs.map((run) => this.#live(run))));
  }

  /** Nothing happens for so many milliseconds but what is under way. */
  pass(milliseconds: number): Promise<void> {
    return this.scheduler.until(this.scheduler.after(milliseconds));
  }

  entryOf({ locks }: Machine, unit: Unit): LockEntry | undefined {
    return locks.get(unit.spec)?.units.get(unit.id);
  }

  async #live(run: Reconcile): Promise<Ran> {
    const { machine, begins = 0 } = run;
    const begunAt = this.scheduler.now + begins;
    const life = new Life(this.scheduler, this.#lives.size + 1, () => machine.ahead);
    this.#lives.set(life.pid, life);
    const [held, notes] = [new Map<UnitId, HoldReason>(), new Map<UnitId, Note>()];
    const stop = new AbortController();
    const over = new Promise<RunEnd>((resolve) => {
      const end = (how: RunEnd): void => {
        life.dead = true;
        resolve(how);
      };
      if (run.dies !== undefined) this.scheduler.in(run.dies, () => end("died"));
      if (run.stops !== undefined) {
        this.scheduler.in(run.stops, () => {
          stop.abort();
          void this.scheduler.after(grace).then(() => end("stopped"));
        });
      }
    });
    const work = life
      .alive(this.scheduler.after(begins))
      .then(() => this.#reconcile(run, life, stop.signal, held, notes));
    const end = await Promise.race([work, over]);
    // A process that has ended is not at work either.
    life.dead = true;
    return { end, life, begunAt, retry: run.retry ?? [], held, notes };
  }

  async #reconcile(
    run: Reconcile,
    life: Life,
    stop: AbortSignal,
    held: Map<UnitId, HoldReason>,
    notes: Map<UnitId, Note>,
  ): Promise<RunEnd> {
    const { machine } = run;
    const { clock } = life;
    const { random } = this.scheduler;
    const runner = runnerNamed(`run-${life.pid}`, { host: machine.name, pid: life.pid });
    // The files are read first, and others may go on while the journal is opened.
    const { locks } = machine;
    let journal: OpenJournal;
    try {
      journal = await openJournal({
        repo: memoryRepo(life, machine.journal, this.server),
        runner,
        clock,
        random,
        allowance: this.#allowance(locks, () => clock.now()),
      });
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      return "refused";
    }
    const running = (pid: number): boolean => this.#lives.get(pid)?.dead === false;
    const isAlive = (attempt: Attempt): boolean => alive(attempt, { runner, now: clock.now(), running });

    const actions = this.#plan(run, { locks, journal: journal.entries(), alive: isAlive }, clock.now());
    if (actions === undefined) return "refused";
    for (const { action } of actions) if (action.kind === "hold") held.set(action.unit.id, action.because);
    const connection = this.provider.connect(life);
    const ports: ApplyPorts = {
      journal,
      connect: () => connection,
      files: {
        reach: () => Promise.reject(new Error("these requests have no files")),
        keep: (unit, job) =>
          life.outside(() => {
            if (!this.provider.delivers()) throw new StoreError("the store does not answer");
            return { ...output, url: `out/${unit.id}.${job.id}.mp4` };
          }),
        has: () => life.outside(() => this.provider.delivers()),
      },
      tell: (event) =>
        life.outside(() => {
          if (event.kind === "note") {
            notes.set(event.id, event.note);
            return;
          }
          if (machine.journal.trouble() !== undefined) throw new DiskFull();
          const lock = machine.locks.get(event.spec) ?? emptyLock;
          machine.locks = new Map(machine.locks).set(event.spec, record(lock, event));
        }, 2),
      time: { clock, random },
    };
    try {
      await apply(actions, ports, {
        emulated: false,
        submits: run.submits ?? true,
        wait: run.wait,
        failFast: run.failFast ?? false,
        alive: isAlive,
        stop,
        concurrency: () => undefined,
        past: [],
        submitsPerMinute: () => undefined,
      });
    } catch (error) {
      if (!(error instanceof JournalError || error instanceof DiskFull)) throw error;
      await journal.flush(3_000);
      return "broken";
    }
    await journal.flush(3_000);
    return "lived";
  }

  #allowance(locks: Machine["locks"], now: () => number): Allowance | undefined {
    const limit = this.#money?.perMonth;
    if (limit === undefined) return undefined;
    return { limit, why: "too dear", used: (journal) => spentInMonth({ locks, journal }, false, now()) };
  }

  /** As the command does it: decide, price, hold what a rule forbids; undefined where the whole costs too much. */
  #plan(
    { only, retry = [], submits = true }: Reconcile,
    known: Known,
    now: number,
  ): readonly PricedAction[] | undefined {
    const units = this.#units.filter(({ id }) => only?.has(id) ?? true);
    const decided = diff(units, known, { emulated: false, retry: new Set(retry), forget: only === undefined });
    const money = this.#money;
    const exact = { kind: "exact", source: "simulated", asOf: "" } as const;
    const priced = price(decided, () =>
      money === undefined ? { kind: "unknown", because: "simulated" } : { ...exact, amount: money.each },
    );
    const budget: Budget = {
      perRun: money?.perRun,
      perMonth: money?.perMonth,
      maxCost: undefined,
      spentThisMonth: spentInMonth(known, false, now),
      unknown: "allow",
      providers: undefined,
      maxSeconds: undefined,
    };
    const ready = new Set([...known.locks.values()].flatMap((lock) => [...lock.units]).flatMap(readyOnes));
    const actions = waiting(
      withinRules(priced, budget, () => undefined),
      (id) => ready.has(id),
    );
    if (!submits) return finishing(actions);
    return overBudget(totals(actions).high, budget) === undefined ? actions : undefined;
  }
}

const readyOnes = ([id, entry]: readonly [UnitId, LockEntry]): readonly UnitId[] =>
  entry.state === "ready" ? [id] : [];
