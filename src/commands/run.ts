import { join } from "node:path";
import { apply } from "../apply/apply.ts";
import type { Past } from "../apply/experience.ts";
import { bytesOf } from "../io/inputs.ts";
import { replaceFile } from "../io/replace-file.ts";
import type { OpenJournal } from "../journal/journal.ts";
import { instant } from "../model/clock.ts";
import type { Event, Note, RefusedField } from "../model/event.ts";
import { goesOn, type Runner, type Unasked } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import { idOf, type Plan } from "../model/plan.ts";
import type { Upload } from "../model/provider.ts";
import type { Result, ResultRow } from "../model/result.ts";
import type { Asset, ProviderName, RepoPath, UnitId } from "../model/unit.ts";
import { lockedJobs, toBeTold } from "../plan/in-locks.ts";
import { type Shard, shareOf } from "../plan/shard.ts";
import { ProviderError } from "../providers/error.ts";
import { eventText } from "../report/event-text.ts";
import { noProgress, progressed, progressLines, progressTitle } from "../report/progress.ts";
import { settingsFor } from "../spec/project.ts";
import { checkBalances } from "./balances.ts";
import { closeRun } from "./close-run.ts";
import { checkKeys, connections } from "./connections.ts";
import { emulation } from "./emulation.ts";
import { type Gathered, lockNow, requireGit, sourceOf } from "./gather.ts";
import { warnOfRunner } from "./kept-files.ts";
import { type LockBook, openLockBook } from "./lock-book.ts";
import { exitCodes } from "./outcome.ts";
import { filePorts } from "./outputs.ts";
import { postersOf } from "./posters.ts";
import { show } from "./problems.ts";
import { refusals } from "./refusals.ts";
import { aliveFor } from "./run-journal.ts";
import { openScratch } from "./scratch.ts";
import { prepareStore, storeOf } from "./store.ts";
import { standOf, withKeys } from "./unasked.ts";
import type { CommonArgs, World } from "./world.ts";

export interface RunArgs extends CommonArgs {
  readonly wait?: number | undefined;
  readonly failFast?: boolean;
  readonly concurrency?: number | undefined;
  readonly events: boolean;
  /** Whether a comment will tell of this run. */
  readonly comment: boolean;
  /** This run's part of the plan, and so of slots and rates. */
  readonly shard?: Shard;
  /** False for `resume`. */
  readonly submits: boolean;
  /** What is paid for beside the plan, and is finished for the journal. */
  readonly unasked: readonly Unasked[];
}

export interface Ran {
  readonly result: Result;
  readonly book: LockBook;
}

/** How long the last news may take to reach the remote at the end of a run. Milliseconds. */
const flushWithin = 3_000;

/** Carries a plan out, from the first claim to the last lock on disk. */
export async function run(
  plan: Plan,
  gathered: Gathered,
  journal: OpenJournal,
  runner: Runner,
  args: RunArgs,
  world: World,
): Promise<Ran> {
  const git = requireGit(gathered);
  const { clock } = world.time;
  const startedAt = instant(clock.now());
  const news = new Map<UnitId, Note>();
  const refused = new Map<UnitId, readonly RefusedField[]>();
  const kinds = new Map(plan.actions.map(({ action }) => [idOf(action), action.kind]));
  const working = plan.actions.filter(({ action }) => !["keep", "hold", "forget"].includes(action.kind));
  const total = working.length + args.unasked.length;
  let progress = noProgress(total);
  let filesArePublic = false;

  const watch = (event: Event): void => {
    progress = progressed(progress, event);
    const note = event.kind === "note" && event.unasked === undefined ? event.note : undefined;
    if (note !== undefined && /^(held|turned-away|trouble)$/.test(note.kind)) news.set(event.id, note);
    if (event.kind === "became") news.delete(event.id);
    if (note?.kind === "refused-fields") refused.set(event.id, note.fields);
    if (args.events) world.print(JSON.stringify({ at: instant(clock.now()), ...event }));
    const line = world.terminal.live || args.quiet ? undefined : eventText(event, kinds.get(event.id), args.verbose);
    if (line !== undefined) world.tell(line);
  };
  const scratch = openScratch(git.commonDir, clock.now());
  const book = openLockBook(gathered.locks, {
    read: lockNow(gathered),
    sourceOf: sourceOf(gathered),
    watch,
    write: (path, wanted) => replaceFile(join(gathered.root, path), wanted, scratch),
  });

  const goingOn = args.unasked.filter(({ attempt }) => goesOn(attempt));
  const isAsked = plan.actions.some(needsProvider) || goingOn.length > 0;
  const emulator = args.emulate && isAsked ? await emulation(git.commonDir, world) : undefined;
  try {
    const connect = connections(world, emulator?.address);
    await checkKeys(providersOf(plan), connect, world, args.emulate);
    const unasked = await withKeys(args.unasked, connect, world, args.emulate);
    await checkBalances(plan, providersOf(plan), connect);
    const store = await storeOf(gathered, args, world);
    if (plan.actions.some(keepsFiles) || goingOn.length > 0) {
      warnOfRunner(gathered, args, world);
      await prepareStore(store);
    }
    const posters = postersOf({ store, scratch, emulator: emulator?.address, world });
    const files = filePorts({
      store,
      scratch,
      posters,
      read: (asset) => readAgain(asset, gathered),
      entry: entryIn(book, gathered),
      emulator: emulator?.address,
      world,
    });
    const { phase } = await phases(total, args, world);
    await phase(
      "generate",
      () =>
        apply(
          plan.actions,
          {
            unasked,
            lockedJobs: lockedJobs(gathered.locks, args.emulate),
            lockedOnly: toBeTold(
              plan.actions.map(({ action }) => action),
              { ...gathered, journal: journal.entries() },
              args.emulate,
            ),
          },
          { journal, connect, files, tell: book.tell, time: world.time },
          {
            emulated: args.emulate,
            submits: args.submits,
            wait: args.wait,
            failFast: args.failFast ?? false,
            alive: aliveFor(runner, world),
            stop: world.stop,
            past: args.emulate ? [] : pastOf(gathered),
            concurrency: (name) =>
              shareOf(
                args.concurrency ?? settingsFor(gathered.project, name).concurrency ?? connect(name).limits.slots,
                args.shard,
              ),
            submitsPerMinute: (name) =>
              (settingsFor(gathered.project, name).submitsPerMinute ?? connect(name).limits.submitsPerMinute) /
              (args.shard?.of ?? 1),
          },
        ),
      () => ({ title: progressTitle(progress), lines: progressLines(progress, 8) }),
    );
    filesArePublic = await posters.close(args);
  } finally {
    await closeRun(journal, emulator, flushWithin);
  }
  show(refusals(refused, gathered), world);
  const rows = plan.actions.map((planned) => rowOf(planned, gathered, book, news));
  const endedAt = instant(clock.now());
  const beside = args.unasked.map((job) => standOf(job, journal.entries()));
  const codes = exitCodes(plan, rows, beside);
  return { result: { plan, rows, unasked: beside, startedAt, endedAt, filesArePublic, exitCodes: codes }, book };
}

async function phases(total: number, args: RunArgs, world: World) {
  const { livePhases, plainPhases } = await import("../io/terminal.ts");
  const shown = total > 0 && !args.quiet && !args.events && !args.json;
  return world.terminal.live && shown ? livePhases : plainPhases;
}

const needsProvider = ({ action }: Plan["actions"][number]): boolean =>
  ["create", "replace", "update", "resume", "reuse"].includes(action.kind);

const keepsFiles = (planned: Plan["actions"][number]): boolean =>
  needsProvider(planned) && planned.action.kind !== "update";

const providersOf = (plan: Plan): readonly ProviderName[] =>
  plan.actions.filter(needsProvider).flatMap(({ action }) => (action.kind === "forget" ? [] : [action.unit.provider]));

function entryIn(book: LockBook, { units }: Gathered): (id: UnitId) => LockEntry | undefined {
  const specs = new Map(units.map(({ id, spec }) => [id, spec]));
  return (id) => {
    const spec = specs.get(id);
    return spec === undefined ? undefined : book.entry(spec, id);
  };
}

/** How long the real jobs took that the locks know of, those that ended last at the end. */
function pastOf({ locks }: Gathered): readonly Past[] {
  return [...locks.values()]
    .flatMap(({ units }) => [...units.values()])
    .flatMap((entry) => (entry.state === "ready" && entry.origin === "generated" ? [entry] : []))
    .sort((one, other) => Date.parse(one.completedAt) - Date.parse(other.completedAt))
    .map(({ provider, fields, submittedAt, completedAt }) => ({
      provider,
      fields,
      milliseconds: Date.parse(completedAt) - Date.parse(submittedAt),
    }))
    .filter(({ milliseconds }) => milliseconds > 0);
}

/** What is sent is what was planned: a file that changed in between is not. */
function readAgain(asset: Asset, { repository }: Gathered): Upload {
  const bytes = bytesOf(repository, asset);
  if (bytes === undefined) {
    throw new ProviderError(`${asset.asset} changed after it was planned`, { class: "invalid", outcome: "notSent" });
  }
  const name = asset.asset.slice(asset.asset.lastIndexOf("/") + 1);
  return { name, mediaType: asset.mediaType, bytes, sha256: asset.sha256 };
}

function rowOf(
  planned: ResultRow["planned"],
  gathered: Gathered,
  book: LockBook,
  news: ReadonlyMap<UnitId, Note>,
): ResultRow {
  const { action } = planned;
  const id = idOf(action);
  const spec: RepoPath = action.kind === "forget" ? action.spec : action.unit.spec;
  const note = news.get(id);
  return {
    planned,
    before: gathered.locks.get(spec)?.units.get(id),
    after: book.entry(spec, id),
    note: note !== undefined && "text" in note ? note.text : undefined,
    ...(note?.kind === "turned-away" ? { turnedAway: { class: note.class, message: note.text } } : {}),
  };
}
