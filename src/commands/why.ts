import { planDocument } from "../report/plan-document.ts";
import { whyText } from "../report/why-text.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { planned } from "./planning.ts";
import { refuse } from "./problems.ts";
import { styleOf } from "./style.ts";
import type { CommonArgs, World } from "./world.ts";

export interface WhyArgs extends CommonArgs {
  readonly unit: string;
}

/** Says which fields of a unit differ from what was generated, and how. */
export async function why(args: WhyArgs, world: World): Promise<ExitCode> {
  const made = await planned({ ...args, selectors: [args.unit] }, world);
  if (!made.ok) return refuse(made.problems, world);
  const { emulated, actions } = planDocument(made.value.plan);
  if (actions.length === 0) throw new UsageError(`there is no unit ${args.unit}`, "`reelform status` lists every unit");

  if (args.json) world.print(JSON.stringify({ emulated, actions }, null, 2));
  else world.print(actions.map((action) => whyText(action, emulated, styleOf(world)).trimEnd()).join("\n\n"));
  return exit.done;
}
