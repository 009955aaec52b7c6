import { setMaxListeners } from "node:events";
import { apply } from "../../../src/apply/apply.ts";
import type { ApplyPorts } from "../../../src/apply/ports.ts";
import { alive } from "../../../src/journal/alive.ts";
import { openJournal } from "../../../src/journal/journal.ts";
import { record } from "../../../src/lock/record.ts";
import type { Attempt } from "../../../src/model/journal.ts";
import { emptyLock, type Lock, type LockEntry } from "../../../src/model/lock.ts";
import type { RepoPath, Unit } from "../../../src/model/unit.ts";
import { diff } from "../../../src/plan/diff.ts";
import { price } from "../../../src/plan/price.ts";
import { output } from "../builders.ts";
import { runnerNamed } from "../journal/attempts.ts";
import { Commits, memoryRepo, Place } from "../journal/memory-repo.ts";
import { seeded } from "../random.ts";
import { type Faults, SimulatedProvider } from "./provider.ts";
import { Life, Scheduler } from "./scheduler.ts";

// Many jobs of a run wait on one signal to end; that is no leak.
setMaxListeners(0);

/** A machine: what is on its disk outlives every run on it, and is lost with it. */
interface Machine {
  readonly name: string;
  readonly journal: Place;
  locks: ReadonlyMap<RepoPath, Lock>;
}

export interface Situation {
  readonly seed: number;
  readonly units: readonly Unit[];
  readonly faults: Faults;
  /** Whether the journal is shared through a remote, so that a new machine finds it. */
  readonly pushed: boolean;
}

/** A provider, a Git server and machines, with runs that live and die on them, all from one seed. */
export class SimulatedWorld {
  readonly scheduler: Scheduler;
  readonly provider: SimulatedProvider;
  readonly #commits = new Commits();
  readonly #server: Place | undefined;
  readonly #units: readonly Unit[];
  readonly #lives = new Map<number, Life>();

  constructor({ seed, units, faults, pushed }: Situation) {
    this.scheduler = new Scheduler(seeded(seed));
    this.provider = new SimulatedProvider(this.scheduler, faults);
    this.#server = pushed ? new Place(this.#commits) : undefined;
    this.#units = units;
  }

  machine(name: string): Machine {
    return { name, journal: new Place(this.#commits), locks: new Map() };
  }

  /** One run of reconcile. It dies at the given step of the world, or lives to its end. */
  async run(machine: Machine, diesAfter: number | undefined): Promise<"lived" | "died"> {
    const life = new Life(this.scheduler, this.#lives.size + 1);
    this.#lives.set(life.pid, life);
    const last = diesAfter === undefined ? undefined : this.scheduler.steps + diesAfter;
    const death = new Promise<"died">((resolve) => {
      this.scheduler.onStep = (step) => {
        if (last === undefined || step < last || life.dead) return;
        life.dead = true;
        resolve("died");
      };
    });
    const end = await this.scheduler.until(
      Promise.race([this.#reconcile(machine, life).then(() => "lived" as const), death]),
    );
    // A process that has ended is not at work either.
    life.dead = true;
    return end;
  }

  /** Several runs at once, on machines of their own; resolves when all have ended. */
  async together(machines: readonly Machine[]): Promise<void> {
    const lives = machines.map(() => {
      const life = new Life(this.scheduler, this.#lives.size + 1);
      this.#lives.set(life.pid, life);
      return life;
    });
    const runs = machines.map((machine, index) =>
      this.#reconcile(machine, lives[index] ?? new Life(this.scheduler, 0)),
    );
    await this.scheduler.until(Promise.all(runs));
    for (const life of lives) life.dead = true;
  }

  async #reconcile(machine: Machine, life: Life): Promise<void> {
    const { clock } = life;
    const { random } = this.scheduler;
    const runner = runnerNamed(`run-${life.pid}`, { host: "one machine", pid: life.pid });
    const repo = memoryRepo(life, machine.journal, this.#server);
    const journal = await openJournal({ repo, runner, clock, random });
    const running = (pid: number): boolean => this.#lives.get(pid)?.dead === false;
    const isAlive = (attempt: Attempt): boolean => alive(attempt, { runner, now: clock.now(), running });
    const actions = diff(
      this.#units,
      {
        locks: machine.locks,
        journal: journal.entries(),
        alive: isAlive,
      },
      { emulated: false, retry: new Set(), forget: true },
    );
    const ports: ApplyPorts = {
      journal,
      connect: () => connection,
      files: {
        reach: () => Promise.reject(new Error("these requests have no files")),
        keep: (unit, job) => life.outside(() => ({ ...output, url: `out/${unit.id}.${job.id}.mp4` })),
        has: () => life.outside(() => true),
      },
      tell: (event) =>
        life.outside(() => {
          if (event.kind === "note") return;
          const lock = machine.locks.get(event.spec) ?? emptyLock;
          machine.locks = new Map(machine.locks).set(event.spec, record(lock, event));
        }, 2),
      time: { clock, random },
    };
    const connection = this.provider.connect(life);
    await apply(
      price(actions, () => ({ kind: "unknown", because: "simulated" })),
      ports,
      {
        emulated: false,
        submits: true,
        wait: undefined,
        failFast: false,
        alive: isAlive,
        stop: new AbortController().signal,
        concurrency: () => undefined,
        past: [],
        submitsPerMinute: () => undefined,
      },
    );
    await journal.flush(1_000);
  }

  entryOf({ locks }: Machine, unit: Unit): LockEntry | undefined {
    return locks.get(unit.spec)?.units.get(unit.id);
  }
}
