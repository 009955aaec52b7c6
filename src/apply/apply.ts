import { inTurns } from "../model/in-turns.ts";
import { type Attempt, type Unasked, unresolved } from "../model/journal.ts";
import { ceiling, decimal, type Estimate } from "../model/money.ts";
import type { Action, PricedAction } from "../model/plan.ts";
import { idOf } from "../model/plan.ts";
import type { Digest, ProviderName, UnitId } from "../model/unit.ts";
import { atMost } from "./at-most.ts";
import { carryOut } from "./carry-out.ts";
import { Experience } from "./experience.ts";
import { KnownJobs } from "./jobs.ts";
import { Lane } from "./lane.ts";
import { type ApplyOptions, type ApplyPorts, doubtOf, type LockedJob, type Run } from "./ports.ts";
import { followUnasked, registerUnasked } from "./unasked.ts";

/** What is paid for, or may be, beside a plan. */
export interface Beside {
  /** Is finished for the journal. */
  readonly unasked: readonly Unasked[];
  /** Is known by locks alone, which may say something else soon: so it goes into the journal first. */
  readonly lockedOnly: readonly { readonly digest: Digest; readonly attempt: Attempt }[];
  /** Every job that a lock names, by the request that it is said to be of. */
  readonly lockedJobs: readonly LockedJob[];
}

/**
 * Carries a plan out, and finishes beside it what no spec asks for. Every promise is settled before it returns, what
 * happened has been told, and a bug of ours in one unit begins nothing more, and is thrown only after all others have
 * been brought to where they can be left.
 */
export async function apply(
  actions: readonly PricedAction[],
  { unasked, lockedOnly, lockedJobs }: Beside,
  ports: ApplyPorts,
  options: ApplyOptions,
): Promise<void> {
  const run = open(ports, options, lockedJobs);
  try {
    await carryOutAll(actions, { unasked, lockedOnly }, run);
  } finally {
    run.end();
  }
}

async function carryOutAll(
  actions: readonly PricedAction[],
  { unasked, lockedOnly }: Omit<Beside, "lockedJobs">,
  run: Run,
): Promise<void> {
  const { ports } = run;
  const finished = new Map<UnitId, Promise<boolean>>();
  await Promise.all(lockedOnly.map(({ digest, attempt }) => ports.journal.tell(digest, attempt)));
  const first = (a: PricedAction, b: PricedAction): number => urgency[a.action.kind] - urgency[b.action.kind];

  // What is paid for already takes its slots before anything new may.
  for (const { action } of actions) register(action, run);
  for (const one of unasked) registerUnasked(one, run);

  const start = (planned: PricedAction): Promise<boolean> => {
    const known = finished.get(idOf(planned.action));
    if (known !== undefined) return known;
    const work = carryOut(planned.action, price(planned.estimate), run, async (id) => {
      const upstream = byId.get(id);
      // A plan without the step was made only because the step's result is there.
      return upstream === undefined ? true : start(upstream);
    });
    // Who fell over keeps its slot, so nobody may go on waiting for one.
    work.catch(() => run.begin.abort());
    finished.set(idOf(planned.action), work);
    return work;
  };
  const byId = new Map(actions.map((planned) => [idOf(planned.action), planned]));
  const planned: Promise<boolean>[] = [];
  await inTurns([...actions].sort(first), (action) => planned.push(start(action)), ports.time.clock);
  const collected = unasked.map((one) => followUnasked(one, run));
  for (const work of collected) work.catch(() => run.begin.abort());
  const results = await Promise.allSettled([...planned, ...collected]);
  const bug = results.find((result) => result.status === "rejected");
  if (bug !== undefined) throw bug.reason;
}

/** Free and paid-for things first: they cost nothing and may end what a new submit would wait for. */
const urgency = {
  move: 0,
  forget: 0,
  keep: 0,
  hold: 0,
  reuse: 1,
  resume: 1,
  update: 2,
  replace: 3,
  create: 3,
} as const satisfies Record<Action["kind"], number>;

function register(action: Action, run: Run): void {
  if (action.kind === "hold") registerHeld(action, run);
  if (action.kind !== "resume") return;
  run.lane(action.unit.provider).occupy();
  if (action.of.kind !== "running") {
    run.doubts.set(action.of.attempt.id, doubtOf(action.unit, action.of.attempt));
  }
}

/** What waits for a person is a rival only to those who ask for the same. */
function registerHeld({ unit, because }: Extract<Action, { kind: "hold" }>, { doubts, ports }: Run): void {
  if (because.kind !== "unknown") return;
  const attempts = ports.journal.entries().get(unit.digest)?.attempts ?? [];
  const attempt = attempts.filter(unresolved).find(({ id }) => id === because.attempt);
  if (attempt !== undefined) doubts.set(attempt.id, doubtOf(unit, attempt));
}

/** The reservation that a claim carries: the most it may cost, or nothing where nobody knows. */
function price(estimate: Estimate): string | undefined {
  const most = ceiling(estimate);
  return most === undefined ? undefined : decimal(most);
}

const fetchesAtOnce = 32;

function open(
  ports: ApplyPorts,
  options: ApplyOptions,
  lockedJobs: readonly LockedJob[],
): Run & { readonly end: () => void } {
  const { clock, random } = ports.time;
  const lanes = new Map<ProviderName, Lane>();
  const begin = new AbortController();
  const patience = new AbortController();
  const end = new AbortController();
  const stop = (): void => {
    begin.abort();
    patience.abort();
    end.abort();
  };
  if (options.stop.aborted) stop();
  options.stop.addEventListener("abort", stop, { once: true });
  if (options.wait === 0) patience.abort();
  else if (options.wait !== undefined) {
    void clock.sleep(options.wait, end.signal).then(() => patience.abort());
  }

  const lane = (name: ProviderName): Lane => {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const { limits } = ports.connect(name);
    const slots = options.concurrency(name) ?? limits.slots;
    const submitsPerMinute = options.submitsPerMinute(name) ?? limits.submitsPerMinute;
    const made = new Lane({ slots, submitsPerMinute }, clock, random);
    lanes.set(name, made);
    return made;
  };
  return {
    ports,
    options,
    lane,
    experience: new Experience(options.past, clock),
    fetching: atMost(fetchesAtOnce),
    begin,
    entering: AbortSignal.any([patience.signal, begin.signal]),
    patience: patience.signal,
    doubts: new Map(),
    jobs: new KnownJobs(ports.journal.entries),
    lockedJobs,
    end: () => {
      options.stop.removeEventListener("abort", stop);
      end.abort();
    },
  };
}
