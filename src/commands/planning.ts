import type { Allowance } from "../journal/decide.ts";
import { type FailureClass, failureClasses } from "../model/job.ts";
import type { JournalEntries, Runner } from "../model/journal.ts";
import { decimal, type Usd, usd } from "../model/money.ts";
import type { Plan } from "../model/plan.ts";
import type { Checked, Problem } from "../model/problem.ts";
import type { Budget } from "../plan/budget.ts";
import { spentInMonth } from "../plan/month.ts";
import type { Month } from "../schema/plan.types.ts";
import { locksByHand } from "./base-locks.ts";
import { type Decision, decide } from "./decide.ts";
import { UsageError } from "./exit.ts";
import { explained } from "./explain.ts";
import { factsOf } from "./facts.ts";
import { type Gathered, gather } from "./gather.ts";
import { aliveFor, inCi, readJournal, runnerOf, tellNoJournal } from "./run-journal.ts";
import { selection } from "./selection.ts";
import type { CommonArgs, World } from "./world.ts";

export interface PlanArgs extends CommonArgs {
  readonly selectors: readonly string[];
  readonly exclude?: readonly string[];
  readonly replace?: readonly string[];
  readonly retry?: readonly string[];
  readonly base?: string | undefined;
  readonly locks?: string | undefined;
  readonly maxCost?: string | undefined;
  readonly allowUnknownCost?: boolean;
}

export interface Planned {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly plan: Plan;
  readonly month: Month;
}

/** From the project's files to a plan. Needs no key, and no network outside CI. */
export async function planned(args: PlanArgs, world: World): Promise<Checked<Planned>> {
  const gathered = await gather(args, args.replace ?? [], world);
  if (!gathered.ok) return gathered;
  const journal = await readJournal(gathered.value.git, args.emulate, world);
  const what = "this plan does not know what was made before, or elsewhere";
  if (journal.size === 0 && !args.emulate && !args.quiet && !inCi(world))
    tellNoJournal(gathered.value, false, what, world);
  return {
    ok: true,
    value: await planWith(gathered.value, journal, runnerOf(world), args, world),
    warnings: gathered.warnings,
  };
}

/** The plan that the files and this journal make, held to the project's budget and policy unless it is told to another. */
export async function planWith(
  gathered: Gathered,
  journal: JournalEntries,
  runner: Runner,
  args: PlanArgs,
  world: World,
  budget?: Budget,
): Promise<Planned> {
  const { units, whole } = await selection(gathered, args.selectors, args.exclude ?? []);
  const spentThisMonth = spentInMonth({ locks: gathered.locks, journal }, args.emulate, world.time.clock.now());
  const decision: Decision = {
    units,
    known: { locks: gathered.locks, journal, alive: aliveFor(runner, world) },
    budget: budget ?? budgetOf(gathered, args, spentThisMonth),
    emulated: args.emulate,
    retry: classesIn(args.retry ?? []),
    whole,
    head: gathered.git?.head,
    facts: factsOf(gathered),
    warnings: [...gathered.warnings, ...(await byHand(gathered, args))],
  };
  const month = monthOf(gathered, journal, args.emulate, world);
  return { gathered, decision, plan: await explained(decide(decision), gathered, args.base), month };
}

/** Where the base's own locks count, what was made of them here has been told. */
async function byHand({ root, git, project }: Gathered, { base, locks }: PlanArgs): Promise<readonly Problem[]> {
  return base === undefined || locks !== undefined ? [] : locksByHand(base, { root, git, videos: project.videos });
}

/** The month's budget as every claim is held to it: runs that were planned at once see each other's claims only there. */
export function allowanceOf({ project, locks }: Gathered, emulated: boolean, world: World): Allowance | undefined {
  const { perMonth } = project.budget;
  if (perMonth === undefined) return undefined;
  return {
    limit: perMonth,
    why: `${emulated ? "by emulated prices, and " : ""}with what other runs have begun meanwhile, this would pass budget.perMonth of $${decimal(perMonth)}`,
    used: (journal) => spentInMonth({ locks, journal }, emulated, world.time.clock.now()),
  };
}

/** What this month has cost so far, beside its limit. */
export function monthOf(gathered: Gathered, journal: JournalEntries, emulated: boolean, world: World): Month {
  const { perMonth } = gathered.project.budget;
  const spent = decimal(spentInMonth({ locks: gathered.locks, journal }, emulated, world.time.clock.now()));
  return { spent, ...(perMonth === undefined ? {} : { limit: decimal(perMonth) }) };
}

function budgetOf({ project }: Gathered, args: PlanArgs, spentThisMonth: Usd): Budget {
  const { budget, policy } = project;
  return {
    perRun: budget.perRun,
    perMonth: budget.perMonth,
    maxCost: args.maxCost === undefined ? undefined : usd(args.maxCost),
    spentThisMonth,
    unknown: args.allowUnknownCost === true || (args.emulate && budget.unknown === "ask") ? "allow" : budget.unknown,
    providers: policy.providers,
    maxSeconds: policy.maxSeconds,
  };
}

/** What was given up by hand is not tried again by a flag. */
const retried = failureClasses.filter((one) => one !== "unknown");

function classesIn(asked: readonly string[]): readonly FailureClass[] {
  return asked.flatMap((name) => {
    if (name === "failed") return retried;
    const known = retried.find((one) => one === name);
    if (known === undefined)
      throw new UsageError(
        `--retry ${name}: there is no such class of failures`,
        `one of failed, ${retried.join(", ")}`,
      );
    return [known];
  });
}
