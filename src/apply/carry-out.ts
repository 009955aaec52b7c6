import type { FailedAttempt, JournalEntry, OpenAttempt, ReadyAttempt, SubmittedAttempt } from "../model/journal.ts";
import { runningIn } from "../model/locked-attempt.ts";
import type { Action } from "../model/plan.ts";
import { standing } from "../model/standing.ts";
import { StoreError } from "../model/store.ts";
import type { Unit, UnitId } from "../model/unit.ts";
import { entryOf, submitted } from "./attempt.ts";
import { begin } from "./begin.ts";
import { describe } from "./describe.ts";
import { became, note, origin } from "./news.ts";
import { doubtOf, type Run } from "./ports.ts";
import { neverTaken, settle } from "./settle.ts";
import { watch } from "./watch.ts";

/** Resolves to whether the unit's result is there in the end: what needs it may start then. */
export async function carryOut(
  action: Action,
  estimate: string | undefined,
  run: Run,
  upstream: (id: UnitId) => Promise<boolean>,
): Promise<boolean> {
  switch (action.kind) {
    case "keep":
      return true;
    case "hold":
      return false;
    case "forget":
      await run.ports.tell({ kind: "forgotten", id: action.id, spec: action.spec });
      return false;
    case "move":
      return move(action, run);
    case "update":
      return update(action, run);
    case "resume":
      return action.of.kind === "running"
        ? watch(action.unit, attemptOf(action.unit, action.of, run), run, "before")
        : resolveDoubt(action.unit, action.of.attempt, estimate, run);
    case "reuse":
      return "unit" in action.from && !("state" in action.from)
        ? sameRequest(action.unit, action.from.unit, run, upstream)
        : reuse(action.unit, action.from as ReadyAttempt, run);
    case "create":
    case "replace":
      for (const id of action.unit.needs) {
        if (await upstream(id)) continue;
        await note(run, action.unit, { kind: "held", text: `${id} has no result yet` });
        return false;
      }
      return make(action.unit, estimate, run);
  }
}

/** From an intention to a result. A slot is taken for as long as the provider may be at work. */
async function make(unit: Unit, estimate: string | undefined, run: Run): Promise<boolean> {
  const lane = run.lane(unit.provider);
  const free = !run.begin.signal.aborted && (await lane.enter(run.entering));
  if (!free || run.begin.signal.aborted) {
    if (free) lane.withdraw();
    await note(run, unit, { kind: "held", text: whyNotBegun(lane.closed, run) });
    return false;
  }
  const begun = await begin(unit, estimate, run.ports.connect(unit.provider), run);
  switch (begun.kind) {
    case "submitted":
      return watch(unit, begun.attempt, run, begun.at);
    case "in-doubt":
      return resolveDoubt(unit, begun.attempt, estimate, run);
    case "not-begun":
      lane.withdraw();
      return false;
    case "taken":
      lane.withdraw();
      return taken(unit, begun.entry, estimate, run);
  }
}

function whyNotBegun(closed: string | undefined, run: Run): string {
  if (closed !== undefined) return closed;
  if (run.begin.signal.aborted) return "the run was stopped first";
  return "every slot of the provider is taken by a job that still runs";
}

async function resolveDoubt(
  unit: Unit,
  attempt: OpenAttempt,
  estimate: string | undefined,
  run: Run,
): Promise<boolean> {
  const settled = await settle(doubtOf(unit, attempt), run);
  switch (settled.kind) {
    case "found":
      await became(run, unit, entryOf(unit, settled.attempt, origin(run), {}));
      return watch(unit, settled.attempt, run, "before");
    case "absent": {
      const failure = failedJob(unit, run);
      if (failure !== undefined) {
        await became(run, unit, entryOf(unit, failure, origin(run), {}));
        return false;
      }
      if (run.options.submits) return make(unit, estimate, run);
      await note(run, unit, { kind: "held", text: `${neverTaken}; reconcile submits it` });
      return false;
    }
    case "unknown":
      await became(run, unit, entryOf(unit, settled.attempt, origin(run), {}));
      return false;
    case "settled":
      return taken(unit, settled.entry, estimate, run);
    case "stopped":
      return false;
  }
}

/** A job of the same request that failed, before or after: only a person has it paid again, whoever claimed it since. */
const failedJob = ({ digest }: Unit, run: Run): FailedAttempt | undefined =>
  run.ports.journal
    .entries()
    .get(digest)
    ?.attempts.findLast((one): one is FailedAttempt => one.state === "failed" && one.begun);

/** Somebody else was first. Their result is ours; what they left behind is settled; what they are at is theirs. */
async function taken(unit: Unit, entry: JournalEntry, estimate: string | undefined, run: Run): Promise<boolean> {
  const attempt = standing(entry);
  if (attempt?.state === "ready") return reuse(unit, attempt, run);
  // It failed after this run was planned, so nobody has said that it is to be made again.
  if (attempt?.state === "failed" && attempt.begun) {
    await became(run, unit, entryOf(unit, attempt, origin(run), {}));
    return false;
  }
  if (attempt?.state === "failed") {
    await note(run, unit, { kind: "held", text: `${neverTaken}; the next run submits it` });
    return false;
  }
  if (attempt === undefined || run.options.alive(attempt)) {
    await note(run, unit, {
      kind: "held",
      text: "another run has begun the same request; its result is found in the journal",
    });
    return false;
  }
  if (attempt.state === "unknown" && attempt.asked === true && attempt.again !== true) {
    await became(run, unit, entryOf(unit, attempt, origin(run), {}));
    return false;
  }
  run.lane(unit.provider).occupy();
  if (attempt.state === "submitted") {
    await became(run, unit, entryOf(unit, attempt, origin(run), {}));
    return watch(unit, attempt, run, "before");
  }
  run.doubts.set(attempt.id, doubtOf(unit, attempt));
  return resolveDoubt(unit, attempt, estimate, run);
}

async function sameRequest(
  unit: Unit,
  other: UnitId,
  run: Run,
  upstream: (id: UnitId) => Promise<boolean>,
): Promise<boolean> {
  if (await upstream(other)) {
    const entry = run.ports.journal.entries().get(unit.digest);
    const result = entry?.attempts.find((attempt) => attempt.state === "ready");
    if (result !== undefined) return reuse(unit, result, run);
  }
  await note(run, unit, { kind: "held", text: `asks for the same as ${other}, which has no result yet` });
  return false;
}

/** A result that was paid for before. Where the store has lost a file it is fetched from the provider once more. */
async function reuse(unit: Unit, from: ReadyAttempt, run: Run): Promise<boolean> {
  const kept = await whichAreKept(from, run);
  if (kept instanceof StoreError) {
    await note(run, unit, { kind: "held", text: `its files could not be looked for: ${kept.message}` });
    return false;
  }
  // A lost poster is nothing to fetch a video again for, which the provider may not have any more.
  if (!from.outputs.every(({ role }, index) => kept[index] === true || role === "poster")) {
    run.lane(unit.provider).occupy();
    return watch(unit, { ...from, state: "submitted" }, run, "before");
  }
  const found = { ...from, outputs: from.outputs.filter((_, index) => kept[index]) };
  const metadata = await describe(unit, from.job, run.ports.connect(unit.provider), run);
  await became(run, unit, entryOf(unit, found, run.options.emulated ? "emulated" : "reused", metadata));
  return true;
}

/** Only a store that says so has lost a file: one that cannot be asked has not. */
async function whichAreKept({ outputs }: ReadyAttempt, run: Run): Promise<readonly boolean[] | StoreError> {
  try {
    return await Promise.all(outputs.map((output) => run.ports.files.has(output)));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error;
  }
}

async function update({ unit, prior }: Extract<Action, { kind: "update" }>, run: Run): Promise<boolean> {
  const job = "job" in prior ? prior.job : undefined;
  const metadata = await describe(unit, job, run.ports.connect(unit.provider), run);
  if (Object.keys(metadata).length === 0) return true;
  await became(run, unit, { ...prior, metadata: { ...prior.metadata, ...metadata } });
  return true;
}

async function move({ unit, from, fromSpec, prior }: Extract<Action, { kind: "move" }>, run: Run): Promise<boolean> {
  await became(run, unit, prior);
  if (from !== unit.id || fromSpec !== unit.spec) await run.ports.tell({ kind: "forgotten", id: from, spec: fromSpec });
  return prior.state === "ready";
}

/** A lock from another machine knows the job; the journal may know the attempt, or it is made up from the lock. */
function attemptOf(
  unit: Unit,
  of: { readonly job: SubmittedAttempt["job"]; readonly submittedAt: string },
  run: Run,
): SubmittedAttempt {
  const attempts = run.ports.journal.entries().get(unit.digest)?.attempts ?? [];
  const known = attempts.find((attempt) => "job" in attempt && attempt.job?.id === of.job.id);
  if (known?.state === "submitted") return known;
  if (known !== undefined) return { ...submitted(known, of, run.ports.time.clock.now()), submittedAt: of.submittedAt };
  return runningIn(unit.id, { ...of, provider: unit.provider });
}
