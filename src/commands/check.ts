import { checkText } from "../report/check-text.ts";
import { planDocument } from "../report/plan-document.ts";
import { planJson } from "../report/plan-json.ts";
import { type ExitCode, exit } from "./exit.ts";
import { tellMissing } from "./kept-files.ts";
import { changes } from "./plan.ts";
import { type PlanArgs, planned } from "./planning.ts";
import { refuse, show } from "./problems.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

/** Do the locks have what the specs ask for? A gate for CI: no key, no network, no secrets. */
export async function check(args: PlanArgs, world: World): Promise<ExitCode> {
  const made = await planned(args, world);
  if (!made.ok) return refuse(made.problems, world);
  const { plan, gathered, decision } = made.value;
  const document = planDocument(plan);

  show(plan.warnings, world);
  tellMissing(decision.units, gathered, args, world);
  world.print((args.json ? planJson(document) : checkText(document, styleOf(world))).trimEnd());
  return changes(document) ? exit.changes : exit.done;
}
