import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { decimal, type Estimate, usd } from "../model/money.ts";
import { type Plan, paid } from "../model/plan.ts";
import { type Approved, essenceOfLines, nothingNew, onlyApproved } from "../plan/approve.ts";
import { overBudget } from "../plan/budget.ts";
import { ceiling } from "../plan/price.ts";
import { readPlan } from "../report/plan-json.ts";
import type { EstimateDocument, PlanDocument } from "../schema/plan.types.ts";
import { validate as validatePlan } from "../schema/plan.validate.js";
import { type Decision, digestOver, planOf } from "./decide.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { documentIn } from "./named-file.ts";
import type { World } from "./world.ts";

export interface ApprovalArgs {
  readonly plan?: string | undefined;
  readonly expect?: string | undefined;
  readonly yes: boolean;
  readonly emulate: boolean;
}

/** The plan with everything held that is not what was approved. Without `--plan` or `--expect` it is the plan itself. */
export function asApproved(plan: Plan, decision: Decision, args: ApprovalArgs, world: World): Plan {
  if (args.plan !== undefined && args.expect !== undefined) {
    throw new UsageError("--plan and --expect exclude each other", "a plan file holds its own digest");
  }
  if (args.plan !== undefined) return planOf(onlyApproved(plan.actions, approvedIn(args.plan, args, world)), decision);
  if (args.expect === undefined || isNamed(plan.digest, args.expect)) return plan;
  return planOf(nothingNew(plan.actions), decision);
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
  if (digestOver(essenceOfLines(bound)) !== document.digest) {
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

/** Why a plan may not begin, as an exit code that has been explained; undefined when it may. */
export async function mayBegin(
  plan: Plan,
  decision: Decision,
  args: ApprovalArgs,
  world: World,
): Promise<ExitCode | undefined> {
  const tooMuch = overBudget(plan.totals.high, decision.budget);
  if (tooMuch !== undefined) {
    world.tell(`refused: ${tooMuch}`);
    world.tell("hint: nothing was submitted; raise the limit, or choose fewer units with a selector");
    return exit.refused;
  }
  const spending = plan.actions.filter(({ action, estimate }) => paid(action) || (ceiling(estimate) ?? 1) > 0);
  const agreed = args.yes || args.emulate || args.plan !== undefined || args.expect !== undefined;
  if (spending.length === 0 || agreed) return undefined;
  if (!world.terminal.interactive) {
    world.tell("refused: this plan spends money and nobody has agreed to it");
    world.tell("hint: add --yes, or --expect with the digest of the plan that was reviewed");
    return exit.refused;
  }
  const unpriced = plan.totals.unpriced === 0 ? "" : ` and ${plan.totals.unpriced} of unknown price`;
  if (await world.confirm(`spend up to $${decimal(plan.totals.high)}${unpriced}?`)) return undefined;
  world.tell("nothing was submitted");
  return exit.refused;
}
