import type { PlanDocument } from "../schema/plan.types.ts";
import { paintOf, type Style } from "./paint.ts";
import { actionLines, sections } from "./plan-text.ts";
import { printable } from "./printable.ts";

/** Whether the locks are what the specs ask for, and which units are not. */
export function checkText(document: PlanDocument, style: Style): string {
  const plan = printable(document, style.target);
  const paint = paintOf(style);
  const all = plan.actions.length;
  const open = plan.actions.filter(({ kind }) => kind !== "keep").length;
  if (open === 0) return `${paint("green", "✓")} ${videos(all)} as specified`;
  return sections([
    actionLines(plan.actions, style),
    [paint("bold", `${open} of ${videos(all)} not as specified`)],
    [`${paint("dim", "next:")} reelform plan${plan.emulated ? " --emulate" : ""}`],
  ]);
}

const videos = (many: number): string => `${many} video${many === 1 ? "" : "s"}`;
