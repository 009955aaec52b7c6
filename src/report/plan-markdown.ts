import type { PlanDocument, PlannedAction } from "../schema/plan.types.ts";
import { holdOf } from "./came-to.ts";
import { planCounts } from "./counts.ts";
import { shortCommit, shortDigest } from "./digest-text.ts";
import type { Section } from "./fit.ts";
import { codeSpan, joined, type Markdown, md, ours } from "./markdown.ts";
import { estimateText, isFree, monthText, totalText } from "./money-text.ts";
import { afterPlan, moves } from "./next-command.ts";
import { marked } from "./phrase.ts";
import { reasonOf } from "./reason.ts";
import { diffs, troubles, uploads, warnings } from "./sections.ts";
import { signs } from "./signs.ts";

/** What stands above a plan or a result beside what it says itself. */
export interface Heading {
  /** Which of the projects of a repository it is of. */
  readonly scope?: string | undefined;
  /** The label that approves the plan, where one does. */
  readonly approveLabel?: string | undefined;
}

/** The verdict. The only project of a repository needs no name. */
export const verdict = (all: readonly string[], { scope = "default" }: Heading): Markdown =>
  md`### 🎬 ${scope === "default" ? ours("") : md`${codeSpan(scope)} `}${counts(all)}`;

/** What a reviewer reads first: the verdict, the money, and what exactly an approval binds. */
export function planHead(plan: PlanDocument, heading: Heading): Markdown {
  const next = nextOf(plan, heading.approveLabel);
  return joined(
    [
      verdict(planCounts(plan.totals), heading),
      md`**${ours(plan.emulated ? "Emulated estimate" : "Estimated")} ${ours(totalText(plan.totals))}**${month(plan)}${emulated(plan)}`,
      next === undefined ? identity(plan) : md`${identity(plan)} · ${next}`,
    ],
    "\n",
  );
}

/** A label approves what would be done; what waits for a person wants that person's command. */
function nextOf(plan: PlanDocument, approveLabel: string | undefined): Markdown | undefined {
  const command = afterPlan(plan);
  if (command === undefined) return undefined;
  return approveLabel !== undefined && moves(plan)
    ? md`approve with label ${codeSpan(approveLabel)}`
    : md`next ${codeSpan(command)}`;
}

export const counts = (all: readonly string[]): Markdown => ours(all.length === 0 ? "nothing to do" : all.join(" · "));

export const month = (plan: PlanDocument): Markdown => ours(monthText(plan));

const emulated = (plan: PlanDocument): Markdown =>
  ours(plan.emulated ? " · **emulated: nothing is sent or paid**" : "");

export const identity = ({ digest, head }: PlanDocument): Markdown => {
  const planned = md`Plan ${codeSpan(shortDigest(digest))}`;
  return head === undefined ? planned : md`${planned} for ${codeSpan(shortCommit(head))}`;
};

/** The rest of a plan, in order of survival. */
export function planSections(plan: PlanDocument): readonly Section[] {
  return [
    troubles(plan.actions.flatMap((action) => holdOf(action) ?? [])),
    table(plan),
    uploads(plan.uploads),
    warnings(plan.warnings),
    diffs(plan.actions),
  ];
}

const table = ({ actions, emulated }: PlanDocument): Section => ({
  of: ours("videos"),
  before: md`| | Video | Step | Why | ${estimateHead(emulated)} |\n|---|---|---|---|---:|\n`,
  rows: actions.filter(({ kind }) => kind !== "keep").map((action) => md`${planCells(action)} |`),
  between: "\n",
  after: ours(""),
  share: 1,
});

/** What stands above a column of estimates. */
export const estimateHead = (emulated: boolean): Markdown => ours(emulated ? "Emulated est." : "Est.");

/** The cells that a plan and its result have in common, without the row's end. */
export const planCells = (action: PlannedAction, sign: string = signs[action.kind].emoji): Markdown =>
  md`| ${ours(sign)} | ${codeSpan(videoOf(action))} | ${stepOf(action)} | ${marked(reasonOf(action))} | ${price(action)}`;

const videoOf = ({ unit }: PlannedAction): string => unit.split("#")[0] ?? unit;

const stepOf = ({ kind, step }: PlannedAction): Markdown =>
  step === undefined || kind === "update" || kind === "move" ? ours("–") : codeSpan(step);

function price({ kind, estimate }: PlannedAction): Markdown {
  if (kind === "hold" || kind === "forget") return ours("");
  if (estimate.kind === "unknown") return ours("unknown ⚠");
  return ours(isFree(estimate) ? "$0" : estimateText(estimate));
}
