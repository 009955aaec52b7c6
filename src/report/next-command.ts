import type { PlanDocument, PlannedAction } from "../schema/plan.types.ts";
import { adviceOnFailure, adviceOnHold, inRun } from "./advice.ts";
import { tidy } from "./decimals.ts";
import { shortDigest } from "./digest-text.ts";
import { came, type ResultDocument } from "./result-document.ts";

/** Whether carrying the plan out does anything. */
export const moves = ({ actions }: PlanDocument): boolean =>
  actions.some(({ kind }) => kind !== "hold" && kind !== "keep");

/** The one command that goes on from a plan, or undefined when nothing is left to do. */
export function afterPlan(plan: PlanDocument): string | undefined {
  if (!moves(plan)) return asEmulated(mostUrgentHold(plan.actions), plan);
  const unpriced = plan.actions.some(({ kind, estimate }) => kind !== "hold" && estimate.kind === "unknown");
  return [
    `reelform reconcile --expect ${shortDigest(plan.digest)}`,
    ...(Number(plan.totals.high) > 0 ? [`--max-cost ${tidy(plan.totals.high)}`] : []),
    ...(unpriced ? ["--allow-unknown-cost"] : []),
    ...(plan.emulated ? ["--emulate"] : []),
  ].join(" ");
}

/** The one command that goes on from a run: a person's word first, then what runs by itself, then what failed. */
export const afterRun = (result: ResultDocument): string | undefined => asEmulated(nextOf(result), result.plan);

const asEmulated = (command: string | undefined, { emulated }: PlanDocument): string | undefined =>
  command === undefined ? undefined : inRun(command, emulated);

/** What tells of jobs that failed and may have been charged, where this run had one; emulated ones never are. */
export function claimsAfter({ plan, rows, unasked = [] }: ResultDocument): string | undefined {
  const failed =
    rows.some(({ outcome, after }) => outcome === "failed" && after?.job !== undefined) ||
    unasked.some(({ outcome }) => outcome === "failed");
  return failed && !plan.emulated ? "reelform status --claims" : undefined;
}

function nextOf(result: ResultDocument): string | undefined {
  const rows = came(result);
  const first = (outcome: string) => rows.find(({ row }) => row.outcome === outcome);

  const doubtful = first("unknown") ?? rows.find(({ action }) => action.because.kind === "unknown");
  if (doubtful !== undefined) return adviceOnFailure("unknown", doubtful.action).command;
  const unasked = result.unasked?.find(({ outcome }) => outcome === "unknown");
  if (unasked !== undefined) return adviceOnFailure("unknown", unasked).command;
  const runs = first("running") !== undefined || result.unasked?.some(({ outcome }) => outcome === "running") === true;
  if (runs) return "reelform resume";
  const failed = first("failed") ?? first("turned-away");
  if (failed !== undefined) {
    const { after, turnedAway } = failed.row;
    return adviceOnFailure(turnedAway?.class ?? after?.class ?? "unknown", failed.action).command;
  }
  if (first("not-begun") !== undefined) return "reelform plan";
  return mostUrgentHold(result.plan.actions);
}

function mostUrgentHold(actions: readonly PlannedAction[]): string | undefined {
  const held = actions.filter(({ kind }) => kind === "hold");
  const urgent = held.find(({ because }) => because.kind === "unknown") ?? held[0];
  return urgent === undefined ? undefined : adviceOnHold(urgent.because, urgent)?.command;
}
