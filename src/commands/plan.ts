import type { Plan } from "../model/plan.ts";
import { type Shard, shardsOf } from "../plan/shard.ts";
import { summaryMarkdown } from "../report/comment.ts";
import { bareDigest, shortDigest } from "../report/digest-text.ts";
import { planDocument } from "../report/plan-document.ts";
import { planJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import type { PlanDocument } from "../schema/plan.types.ts";
import { type Project, settingsFor } from "../spec/project.ts";
import { planNamed, tooDear } from "./approval.ts";
import { providerNamed } from "./connections.ts";
import { partOf } from "./decide.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { outFile } from "./out-file.ts";
import { type PlanArgs, planned } from "./planning.ts";
import { refuse, show } from "./problems.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

export interface PlanCommandArgs extends PlanArgs {
  readonly format: "text" | "json" | "markdown" | "matrix";
  /** Into how many runs the work may be cut. */
  readonly shards?: number;
  /** The part to show, where a run of several asks for itself. */
  readonly shard?: Shard | undefined;
  readonly expect?: string | undefined;
  readonly since?: string | undefined;
  readonly out?: string;
  readonly detailedExitcode: boolean;
}

/** Says what reconcile would do, why, and for how much. Spends nothing, changes nothing, needs no key. */
export async function plan(args: PlanCommandArgs, world: World): Promise<ExitCode> {
  const write = outFile(args.out, world);
  const made = await planned(args, world);
  if (!made.ok) return refuse(made.problems, world);
  const { plan: whole, month, gathered, decision } = made.value;
  const approved = args.expect === undefined ? whole : (await planNamed(args.expect, args, made.value, world))?.plan;
  if (approved === undefined) {
    world.tell(`refused: the plan is ${shortDigest(partOf(whole, args.shard).digest)}, and another one was approved`);
    world.tell("hint: `reelform plan` shows it; have it reviewed, and expect its digest");
    return exit.stale;
  }
  const document = planDocument(partOf(whole, args.shard), month);

  show(whole.warnings, world);
  write?.(planJson(document));
  const format = args.json && args.format !== "matrix" ? "json" : args.format;
  world.print(
    format === "matrix" ? matrix(approved, gathered.project, args) : viewOf(document, format, world).trimEnd(),
  );
  const dear = tooDear(whole, decision);
  if (dear !== undefined && format === "text" && !args.quiet) {
    world.tell(`warning reconcile refuses this: ${dear}`);
    world.tell("hint: raise the limit, or choose fewer units with a selector");
  }
  if (whole.warnings.some(({ severity }) => severity === "error")) return exit.wrongInput;
  return args.detailedExitcode && changes(document) ? exit.changes : exit.done;
}

function viewOf(document: PlanDocument, format: "text" | "json" | "markdown", world: World): string {
  switch (format) {
    case "text":
      return planText(document, styleOf(world));
    case "json":
      return planJson(document);
    case "markdown":
      return summaryMarkdown({ plan: document });
  }
}

/** A matrix for GitHub Actions: a run for each shard that has work, with what binds it to this plan. */
function matrix(plan: Plan, project: Project, { shards }: PlanCommandArgs): string {
  if (shards === undefined) throw new UsageError("--format matrix needs --shards", "such as --shards 8");
  const slots = plan.actions.flatMap(({ action }) => {
    if (action.kind === "forget") return [];
    const { provider } = action.unit;
    return [settingsFor(project, provider).concurrency ?? providerNamed(provider).limits.slots];
  });
  const include = shardsOf(plan.actions, shards, Math.max(1, ...slots)).map((shard) => ({
    shard: `${shard.index}/${shard.of}`,
    expect: bareDigest(partOf(plan, shard).digest),
  }));
  return JSON.stringify({ include });
}

/** Whether locks and specs disagree. A held unit does too: what it asks for is not there. */
export const changes = ({ actions }: PlanDocument): boolean => actions.some(({ kind }) => kind !== "keep");
