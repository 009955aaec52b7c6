import { setMaxListeners } from "node:events";
import { apply } from "../../../src/apply/apply.ts";
import type { ApplyPorts } from "../../../src/apply/ports.ts";
import { reaching } from "../../../src/commands/reach.ts";
import { alive } from "../../../src/journal/alive.ts";
import type { Allowance } from "../../../src/journal/decide.ts";
import { type OpenJournal, openJournal } from "../../../src/journal/journal.ts";
import { record } from "../../../src/lock/record.ts";
import type { Note } from "../../../src/model/event.ts";
import { type Attempt, JournalError, type Runner } from "../../../src/model/journal.ts";
import { emptyLock, type LockEntry } from "../../../src/model/lock.ts";
import { type HoldReason, idOf } from "../../../src/model/plan.ts";
import { type Store, StoreError } from "../../../src/model/store.ts";
import type { Unit, UnitId } from "../../../src/model/unit.ts";
import { lockedJobs, toBeTold } from "../../../src/plan/in-locks.ts";
import { spentInMonth } from "../../../src/plan/month.ts";
import { shareOf } from "../../../src/plan/shard.ts";
import { unaskedAttempts } from "../../../src/plan/unasked.ts";
import { output } from "../builders.ts";
import { runnerNamed } from "../journal/attempts.ts";
import { Commits, memoryRepo, Place } from "../journal/memory-repo.ts";
import { seeded } from "../random.ts";
import type { Faults } from "./faults.ts";
import { end, heardOf, type Progress, pastOf, someTime, toldThere } from "./history.ts";
import { planOf } from "./planning.ts";
import { SimulatedProvider } from "./provider.ts";
import type { Machine, Money, Ran, Reconcile, RunEnd } from "./run.ts";
import { Life, Scheduler } from "./scheduler.ts";

// Many jobs of a run wait on one signal to end; that is no leak.
setMaxListeners(0);

export interface Situation {
  readonly seed: number;
  readonly units: readonly Unit[];
  readonly faults: Faults;
  /** Whether the journal is shared through a remote, so that a new machine finds it. */
  readonly pushed: boolean;
  readonly money?: Money | undefined;
  readonly sharedUploads?: boolean;
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
  readonly #sharedUploads: boolean;
  readonly #lives = new Map<number, Life>();

  constructor({ seed, units, faults, pushed, money, sharedUploads = true }: Situation) {
    this.scheduler = new Scheduler(seeded(seed));
    this.provider = new SimulatedProvider(this.scheduler, faults);
    this.server = pushed ? new Place(this.#commits) : undefined;
    this.#units = units;
    this.#money = money;
    this.#sharedUploads = sharedUploads;
  }

  machine(name: string): Machine {
    return { name, journal: new Place(this.#commits), locks: new Map(), ahead: 0 };
  }

  /** What happened months before: the server has heard of all of it, and each disk of a part, in other states. */
  remember(machines: readonly Machine[], seed: number): void {
    const random = seeded(seed);
    const past = pastOf(this.#units, this.#money && "1.00", this.scheduler.now, random);
    for (const { job } of [...past.values()].flat()) if (job !== undefined) this.provider.remember(job);
    const write = (parents: readonly string[], progress: Progress): string =>
      this.#commits.add({ parents, entries: heardOf(past, progress) });
    const parted = someTime(past, random);
    const root = write([], parted);
    const whole = write([root], end(past));
    if (this.server !== undefined) this.server.move(whole);
    for (const { journal } of machines) {
      if (this.server === undefined) journal.move(whole);
      else if (random() < 0.7) journal.move(random() < 0.5 ? root : write([root], toldThere(past, parted, random)));
    }
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
    const ran: Going = { run, life, begunAt, held: new Map<UnitId, HoldReason>(), notes: new Map<UnitId, Note>() };
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
    const work = life.alive(this.scheduler.after(begins)).then(() => this.#reconcile(ran, stop.signal));
    const end = await Promise.race([work, over]);
    // A process that has ended is not at work either.
    life.dead = true;
    return { ...ran, plan: ran.plan, end };
  }

  async #reconcile(going: Going, stop: AbortSignal): Promise<RunEnd> {
    const { run, life, held, notes } = going;
    const { machine, ci, shard } = run;
    const { clock } = life;
    const { random } = this.scheduler;
    const me = { host: machine.name, pid: life.pid, ...(ci === undefined ? {} : { ci }) };
    const runner = runnerNamed(`run-${life.pid}`, me);
    // The files are read first, and others may go on while the journal is opened.
    const { locks } = machine;
    let journal: OpenJournal;
    try {
      journal = await this.#journal(run, life, runner, locks);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      return "refused";
    }
    const running = (pid: number): boolean => this.#lives.get(pid)?.dead === false;
    const isAlive = (attempt: Attempt): boolean => alive(attempt, { runner, now: clock.now(), running });

    const known = { locks, journal: journal.entries(), alive: isAlive };
    const units = run.units ?? this.#units;
    const plan = planOf(run, units, this.#money, known, clock.now());
    if (plan === undefined) return "refused";
    const actions = plan.own;
    going.plan = actions.map(({ action }) => idOf(action));
    for (const { action } of actions) if (action.kind === "hold") held.set(action.unit.id, action.because);
    const connection = this.provider.connect(life, () => this.#commits.moves, this.#sharedUploads);
    const ports: ApplyPorts = {
      journal,
      connect: () => connection,
      files: {
        reach: reaching({
          store: noStore,
          scratch: "",
          read: ({ asset, mediaType, sha256 }) => ({ name: asset, mediaType, sha256, bytes: new Uint8Array() }),
          entry: () => undefined,
          clock,
          emulated: false,
        }),
        keep: (unit, job) =>
          life.outside(() => {
            if (!this.provider.delivers()) throw new StoreError("the store does not answer");
            return { ...output, url: `out/${unit}.${job.id}.mp4` };
          }),
        has: () => life.outside(() => this.provider.delivers()),
      },
      tell: (event) =>
        life.outside(() => {
          if (event.kind === "note") {
            if (event.unasked === undefined) notes.set(event.id, event.note);
            return;
          }
          if (machine.journal.trouble() !== undefined) throw new DiskFull();
          const lock = machine.locks.get(event.spec) ?? emptyLock;
          machine.locks = new Map(machine.locks).set(event.spec, record(lock, event));
        }, 2),
      time: { clock, random },
    };
    const { slots, submitsPerMinute } = connection.limits;
    // Who resumes a part may be on a branch that has no more.
    const unasked = run.submits === false ? unaskedAttempts(plan.all, known, false) : [];
    const lockedOnly = toBeTold(
      actions.map(({ action }) => action),
      { locks, journal: journal.entries() },
      false,
    );
    try {
      await apply(actions, { unasked, lockedOnly, lockedJobs: lockedJobs(locks, false) }, ports, {
        emulated: false,
        submits: run.submits ?? true,
        wait: run.wait,
        failFast: run.failFast ?? false,
        alive: isAlive,
        stop,
        concurrency: () => shareOf(slots, shard),
        past: [],
        submitsPerMinute: () => submitsPerMinute / (shard?.of ?? 1),
      });
    } catch (error) {
      if (!(error instanceof JournalError || error instanceof DiskFull)) throw error;
      await journal.flush(3_000);
      return "broken";
    }
    await journal.flush(3_000);
    return "lived";
  }

  async #journal(
    { machine, keeping = "shared" }: Reconcile,
    life: Life,
    runner: Runner,
    locks: Machine["locks"],
  ): Promise<OpenJournal> {
    const mayGoOn = keeping === "shared if it can be";
    const open = (server: Place | undefined): Promise<OpenJournal> =>
      openJournal({
        repo: memoryRepo(life, machine.journal, server),
        runner,
        clock: life.clock,
        random: this.scheduler.random,
        alone: () => mayGoOn,
        allowance: this.#allowance(locks, () => life.clock.now()),
      });
    if (keeping === "here") return open(undefined);
    try {
      return await open(this.server);
    } catch (error) {
      if (!(error instanceof JournalError) || !mayGoOn) throw error;
      return open(undefined);
    }
  }

  #allowance(locks: Machine["locks"], now: () => number): Allowance | undefined {
    const limit = this.#money?.perMonth;
    if (limit === undefined) return undefined;
    return { limit, why: "too dear", used: (journal) => spentInMonth({ locks, journal }, false, now()) };
  }
}

/** A run that is at work, and what it said so far. */
type Going = Omit<Ran, "end" | "plan" | "held" | "notes"> & {
  plan?: readonly UnitId[];
  readonly held: Map<UnitId, HoldReason>;
  readonly notes: Map<UnitId, Note>;
};

const unused = (): never => {
  throw new Error("these requests have no files in a store");
};
const noStore: Store = { prepare: unused, isPublic: unused, put: unused, has: unused, get: unused };
