import { shardsOf } from "../plan/shard.ts";
import { summaryMarkdown } from "../report/comment.ts";
import { planDocument } from "../report/plan-document.ts";
import { planJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import type { PlanDocument } from "../schema/plan.types.ts";
import { settingsFor } from "../spec/project.ts";
import { providerNamed } from "./connections.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { outFile } from "./out-file.ts";
import { type PlanArgs, type Planned, planned } from "./planning.ts";
import { refuse, show } from "./problems.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

export interface PlanCommandArgs extends PlanArgs {
  readonly format: "text" | "json" | "markdown" | "matrix";
  /** Into how many runs the work may be cut. */
  readonly shards?: number;
  readonly out?: string;
  readonly detailedExitcode: boolean;
}

/** Says what reconcile would do, why, and for how much. Spends nothing, changes nothing, needs no key. */
export async function plan(args: PlanCommandArgs, world: World): Promise<ExitCode> {
  const write = outFile(args.out, world);
  const made = await planned(args, world);
  if (!made.ok) return refuse(made.problems, world);
  const document = planDocument(made.value.plan, made.value.month);

  show(made.value.plan.warnings, world);
  write?.(planJson(document));
  const format = args.json && args.format !== "matrix" ? "json" : args.format;
  world.print(format === "matrix" ? matrix(made.value, args) : viewOf(document, format, world).trimEnd());
  if (made.value.plan.warnings.some(({ severity }) => severity === "error")) return exit.wrongInput;
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

/** A matrix for GitHub Actions: a run for each shard that has work. */
function matrix({ plan: { actions }, gathered: { project } }: Planned, { shards }: PlanCommandArgs): string {
  if (shards === undefined) throw new UsageError("--format matrix needs --shards", "such as --shards 8");
  const slots = actions.flatMap(({ action }) => {
    if (action.kind === "forget") return [];
    const { provider } = action.unit;
    return [settingsFor(project, provider).concurrency ?? providerNamed(provider).limits.slots];
  });
  const include = shardsOf(actions, shards, Math.max(1, ...slots)).map(({ index, of }) => ({
    shard: `${index}/${of}`,
  }));
  return JSON.stringify({ include });
}

/** Whether locks and specs disagree. A held unit does too: what it asks for is not there. */
export const changes = ({ actions }: PlanDocument): boolean => actions.some(({ kind }) => kind !== "keep");
