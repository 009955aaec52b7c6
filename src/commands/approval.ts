import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ceiling, decimal, type Estimate, usd } from "../model/money.ts";
import { type Plan, paid } from "../model/plan.ts";
import { type Approved, essenceOfLines, linesOf, linesWithout, nothingNew, onlyApproved } from "../plan/approve.ts";
import { beforeRun, failedSince } from "../plan/before.ts";
import { overBudget } from "../plan/budget.ts";
import type { Shard } from "../plan/shard.ts";
import { readPlan } from "../report/plan-json.ts";
import type { EstimateDocument, PlanDocument } from "../schema/plan.types.ts";
import { validate as validatePlan } from "../schema/plan.validate.js";
import { leftOf } from "./approved-since.ts";
import { type Decision, decide, digestOver, partOf, planOf } from "./decide.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { documentIn } from "./named-file.ts";
import type { Planned } from "./planning.ts";
import { ciRunOf } from "./run-journal.ts";
import type { World } from "./world.ts";

export interface ApprovalArgs {
  readonly plan?: string | undefined;
  readonly expect?: string | undefined;
  /** The commit that the expected plan was made for. */
  readonly since?: string | undefined;
  readonly shard?: Shard | undefined;
  readonly yes: boolean;
  readonly emulate: boolean;
}

/** The plan with everything held that is not what was approved. Without `--plan` or `--expect` it is the plan itself. */
export async function asApproved(made: Made, args: ApprovalArgs, world: World): Promise<Plan> {
  const { plan, decision } = made;
  if (args.plan !== undefined && args.expect !== undefined) {
    throw new UsageError("--plan and --expect exclude each other", "a plan file holds its own digest");
  }
  if (args.plan !== undefined) return planOf(onlyApproved(plan.actions, approvedIn(args.plan, args, world)), decision);
  if (args.expect === undefined) return plan;
  const approved = await planNamed(args.expect, args, made, world);
  return planOf(
    approved === undefined ? nothingNew(plan.actions) : onlyApproved(plan.actions, approved.lines),
    decision,
  );
}

interface Named {
  readonly plan: Plan;
  /** What may be begun of it. */
  readonly lines: readonly Approved[];
}

type Made = Pick<Planned, "plan" | "decision" | "gathered">;

/**
 * The plan that a digest names, by its own or by that of a part: as things are now, or as they were before this run of
 * the CI system began anything. What was begun under an approval makes it no other one, neither for the jobs beside it
 * nor when a job is run once more. With `since` it is what runs before this one have left of it.
 */
export async function planNamed(
  digest: string,
  { shard, since }: Pick<ApprovalArgs, "shard" | "since">,
  made: Made,
  world: World,
): Promise<Named | undefined> {
  const { plan, decision } = made;
  const fits = (one: Plan): boolean => isNamed(partOf(one, shard).digest, digest) || isNamed(one.digest, digest);
  if (fits(plan)) return named(plan);
  const before = beforeThisRun(decision, world);
  if (before !== undefined && fits(before.plan)) return before;
  const left = since === undefined ? undefined : await leftOf(fits, since, made);
  return left === undefined ? undefined : named(left);
}

const named = (plan: Plan): Named => ({ plan, lines: linesOf(plan.actions) });

function beforeThisRun(decision: Decision, world: World): Named | undefined {
  const ci = ciRunOf(world);
  if (ci === undefined) return undefined;
  const { known } = decision;
  const journal = beforeRun(known.journal, ci.id);
  const plan = decide({ ...decision, known: { ...known, journal } });
  return { plan, lines: linesWithout(plan.actions, failedSince(journal, known.journal)) };
}

/** `--expect` takes what a plan or a comment shows: ten digits at least, with or without what stands before them. */
function isNamed(digest: string, expected: string): boolean {
  const digits = expected.replace(/^(plan|sha256):/, "");
  if (!/^[0-9a-f]{10,64}$/.test(digits))
    throw new UsageError(`--expect ${expected} is not a plan's digest`, "`reelform plan` shows it");
  return digest.startsWith(`sha256:${digits}`);
}

function approvedIn(file: string, { emulate }: ApprovalArgs, world: World): readonly Approved[] {
  const readFile = (name: string): string => readFileSync(resolve(world.cwd, name), "utf8");
  const document: PlanDocument = documentIn({ name: file, hint: "`reelform plan --out` makes one", readFile }, (text) =>
    readPlan(file, text, validatePlan),
  );
  if (document.emulated && !emulate) {
    const hint = "make it again without --emulate, or carry it out with --emulate";
    throw new UsageError(`${file} was made with --emulate, so nobody approved to pay for it`, hint, exit.refused);
  }
  const bound = document.actions.map(({ unit, kind, digest, prior, estimate }) => ({
    ...{ unit, kind, digest },
    prior: prior?.digest ?? null,
    estimate: estimateIn(estimate),
  }));
  if (digestOver(essenceOfLines(bound), document.emulated) !== document.digest) {
    const hint =
      "what was reviewed is what is carried out: make it again with `reelform plan --out`, and have it reviewed";
    throw new UsageError(`${file} was changed after it was made`, hint, exit.refused);
  }
  return bound.map(({ unit, kind, digest, estimate }) => ({ unit, kind, digest, most: ceiling(estimate) }));
}

function estimateIn(written: EstimateDocument): Estimate {
  switch (written.kind) {
    case "exact":
      return { ...written, amount: usd(written.amount) };
    case "range":
      return { ...written, low: usd(written.low), high: usd(written.high) };
    case "unknown":
      return written;
  }
}

/** Why a plan may not be carried out as a whole, in words; undefined where it may. */
export function tooDear({ totals, emulated }: Plan, { budget }: Decision): string | undefined {
  const why = overBudget(totals.high, budget);
  return why === undefined ? undefined : `${emulated ? "by emulated prices " : ""}${why}`;
}

/**
 * Why a part of a plan may not begin, as an exit code that has been explained; undefined when it may. Limits are for the
 * plan as a whole: the other parts spend as well.
 */
export async function mayBegin(
  part: Plan,
  whole: Plan,
  decision: Decision,
  args: ApprovalArgs,
  world: World,
): Promise<ExitCode | undefined> {
  const spending = part.actions.filter(({ action, estimate }) => paid(action) || (ceiling(estimate) ?? 1) > 0);
  if (spending.length === 0) return undefined;
  const dear = tooDear(whole, decision);
  if (dear !== undefined) {
    world.tell(`refused: ${dear}`);
    world.tell("hint: nothing was submitted; raise the limit, or choose fewer units with a selector");
    return exit.refused;
  }
  if (args.yes || args.emulate || args.plan !== undefined || args.expect !== undefined) return undefined;
  if (!world.terminal.interactive) {
    world.tell("refused: this plan spends money and nobody has agreed to it");
    world.tell("hint: add --yes, or --expect with the digest of the plan that was reviewed");
    return exit.refused;
  }
  const { high, unpriced } = part.totals;
  const unknown = unpriced === 0 ? "" : ` and ${unpriced} of unknown price`;
  if (await world.confirm(`spend up to $${decimal(high)}${unknown}?`)) return undefined;
  world.tell("nothing was submitted");
  return exit.refused;
}
