import { join } from "node:path";
import { entryOf, submitted, turnedAway } from "../apply/attempt.ts";
import { isElsewhere } from "../apply/elsewhere.ts";
import type { Connection } from "../apply/ports.ts";
import { replaceFile } from "../io/replace-file.ts";
import type { OpenJournal } from "../journal/journal.ts";
import type { Candidate, Found, Job } from "../model/job.ts";
import { type Attempt, type JournalEntries, JournalError, type OpenAttempt, unresolved } from "../model/journal.ts";
import type { Unknown } from "../model/lock.ts";
import type { Unit, UnitId } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { type Question, type Resolution, resolveJson, resolveText } from "../report/resolve-text.ts";
import { closeRun } from "./close-run.ts";
import { connections } from "./connections.ts";
import { heldEntry, type OpenSubmit, openSubmit, othersOpen, traitsIn } from "./doubt.ts";
import { emulation } from "./emulation.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { type Gathered, gather, lockNow, requireGit, sourceOf } from "./gather.ts";
import { openLockBook } from "./lock-book.ts";
import { namedJob, ownerOf } from "./named-job.ts";
import { refuse } from "./problems.ts";
import { aliveFor, journalFor, opened, runnerOf } from "./run-journal.ts";
import { openScratch } from "./scratch.ts";
import { styleOf } from "./style.ts";
import type { CommonArgs, World } from "./world.ts";

export interface ResolveArgs extends CommonArgs {
  readonly unit: string;
  readonly job: string | undefined;
  readonly none: boolean;
  readonly abandon: boolean;
  readonly push: boolean;
}

/** Settles a submit whose answer was lost: shows what the provider has, or writes down what a person found out. */
export async function resolve(args: ResolveArgs, world: World): Promise<ExitCode> {
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const id = args.unit as UnitId;
  const unit = gathered.value.units.find((one) => one.id === id);
  const git = requireGit(gathered.value);
  const runner = runnerOf(world);
  const journal = await opened(git, () => journalFor(git, { emulated: args.emulate, push: args.push, runner }, world));
  const say = (resolution: Resolution): void =>
    world.print(args.json ? resolveJson(resolution) : resolveText(resolution, args.emulate, styleOf(world)));

  const held = heldEntry(id, unit, gathered.value, args.emulate);
  const open = openSubmit(id, unit, held, journal.entries(), aliveFor(runner, world));
  if (open === undefined) {
    if (unit === undefined) throw new UsageError(`there is no unit ${id}`, "`reelform status` lists every unit");
    say({ kind: "nothing-open", unit: id });
    return exit.done;
  }
  const asked = unit !== undefined && [unit.digest, held?.digest].includes(open.digest);
  if (mayStillBeSent(open.attempt, aliveFor(runner, world))) {
    const { ci, host } = open.attempt.runner;
    throw new UsageError(`${id} is being submitted by another run (${ci?.url ?? host})`, undefined, exit.running);
  }

  const emulator = args.emulate ? await emulation(git.commonDir, world) : undefined;
  try {
    const connection = () => connections(world, emulator?.address)(open.attempt.provider);
    const named = ({ job }: ResolveArgs) =>
      job === undefined
        ? undefined
        : namedJob(job, unit, open, { locks: gathered.value.locks, journal: journal.entries() }, connection(), world);
    const settled = decided(open.attempt, await named(args), args, world.time.clock.now());
    if (settled === undefined) {
      const others = othersOpen(id, open, journal.entries());
      const known = { locks: gathered.value.locks, journal: journal.entries() };
      const isFree = ({ job }: Candidate): boolean => ownerOf(job, open, known) === undefined;
      const what = await question(unit, open, asked, connection());
      say({
        ...what,
        ...(what.candidates && { candidates: what.candidates.filter(isFree) }),
        ...(others > 0 ? { others } : {}),
      });
      return exit.humanNeeded;
    }
    await journal.tell(open.digest, settled);
    // Two people may have settled it at once: what stands in the end is what counts, and what is said.
    const { attempts } = (await asShared(journal)).get(open.digest) ?? { attempts: [] };
    const stands = attempts.find(({ id }) => id === settled.id) ?? settled;
    if (unit !== undefined && held?.digest === open.digest) await intoLock(unit, held, stands, gathered.value, world);
    say(recorded(id, asked, stands));
  } finally {
    await closeRun(journal, emulator, 5_000);
  }
  const unpushed = journal.unpushed();
  if (unpushed === undefined) return exit.done;
  world.tell(`warning the journal is not pushed yet (${unpushed}); it is safe here and the next run pushes it`);
  return exit.failed;
}

/** Where the remote cannot be asked, what is written here is what is known. */
async function asShared(journal: OpenJournal): Promise<JournalEntries> {
  try {
    return await journal.refresh();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return journal.entries();
  }
}

/** A run that has asked the provider and given up leaves the rest to a person, alive or not. */
const mayStillBeSent = (attempt: Attempt, alive: (attempt: Attempt) => boolean): boolean =>
  !(attempt.state === "unknown" && attempt.asked === true) && alive(attempt);

function decided(
  attempt: OpenAttempt,
  job: Job | undefined,
  { none, abandon }: ResolveArgs,
  now: number,
): Attempt | undefined {
  if (job !== undefined) return submitted(attempt, { job }, now);
  if (none) return turnedAway(attempt, "not-sent", "somebody saw that the provider never took it on", now);
  if (!abandon) return undefined;
  const sent = attempt.state === "unknown" ? { submittedAt: attempt.submittedAt } : {};
  return {
    ...turnedAway(attempt, "unknown", "given up: whether it was billed is not known", now),
    ...sent,
    begun: true,
  };
}

function recorded(unit: UnitId, asked: boolean, attempt: Attempt): Resolution {
  if ("job" in attempt && attempt.job !== undefined) return { kind: "submitted", unit, job: attempt.job.id };
  return { kind: attempt.state === "failed" && attempt.begun ? "given-up" : "not-begun", unit, ...unlessAsked(asked) };
}

const unlessAsked = (asked: boolean): { readonly unasked?: true } => (asked ? {} : { unasked: true });

/** The lock that held the unit says what stands now; of what never began it says nothing. */
async function intoLock(unit: Unit, held: Unknown, stands: Attempt, gathered: Gathered, world: World): Promise<void> {
  if (unresolved(stands)) return;
  const scratch = openScratch(requireGit(gathered).commonDir, world.time.clock.now());
  const book = openLockBook(gathered.locks, {
    read: lockNow(gathered),
    sourceOf: sourceOf(gathered),
    watch: () => {},
    write: (path, wanted) => replaceFile(join(gathered.root, path), wanted, scratch),
  });
  const { id, spec } = unit;
  if (stands.state === "failed" && !stands.begun) return book.tell({ kind: "forgotten", id, spec });
  const { digest, take, fields, origin, metadata } = held;
  const entry = entryOf({ ...unit, digest, take, fields }, stands, origin, metadata);
  return book.tell({ kind: "became", id, spec, entry });
}

/** A person knows better than two clocks which is the one. */
const all = ({ candidates, early = [] }: Found): readonly Candidate[] => [...candidates, ...early];

/** Asks the provider what it has that may be it. */
async function question(
  unit: Unit | undefined,
  open: OpenSubmit,
  asked: boolean,
  connection: Connection,
): Promise<Question> {
  const { provider, wire } = connection;
  const { claimedAt, estimate, unit: id } = open.attempt;
  const price = estimate === undefined ? {} : { estimate };
  const what = { kind: "open", unit: unit?.id ?? id, provider: provider.name, claimedAt } as const;
  const about = { ...what, ...price, ...unlessAsked(asked) };
  if (isElsewhere(open.attempt, connection)) return { ...about, elsewhere: true };
  const { search } = provider;
  if (search === undefined) return about;
  const traits = traitsIn(open, unit, search);
  if (traits === undefined) return { ...about, nameless: true };
  try {
    return { ...about, candidates: all(await search.find({ traits, claimedAt }, wire)) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const hint =
      "what a person finds at the provider can be written down without asking it: --job, --none or --abandon";
    throw new UsageError(`${provider.name} could not be asked: ${error.message}`, hint, exit.humanNeeded);
  }
}
