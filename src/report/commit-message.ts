import type { Outcome } from "../schema/result.types.ts";
import { count } from "./counts.ts";
import { tidy } from "./decimals.ts";
import { shortDigest } from "./digest-text.ts";
import type { ResultDocument } from "./result-document.ts";

/** What a commit tells of: outcomes that change a lockfile. */
const told = {
  generated: "generated",
  updated: "updated",
  reused: "reused",
  moved: "moved",
  forgotten: "forgotten",
  failed: "failed",
  running: "running",
  unknown: "unknown",
} as const satisfies Partial<Record<Outcome, string>>;

/** Whether what became of a unit is in its lockfile. */
export const changesLock = (outcome: Outcome): boolean => outcome in told;

/** What the plan's digest stands behind in the message: the sign of a commit of ours. */
export const planTrailer = "Reelform-Plan: ";

/** The message of the one commit of a run, with trailers for machines. Nothing in it is foreign text. */
export function commitMessage({ plan, totals }: ResultDocument): string {
  const counts = (Object.keys(told) as (keyof typeof told)[])
    .map((outcome) => ({ outcome, many: count(totals, outcome) }))
    .filter(({ many }) => many > 0);
  const units = counts.reduce((sum, { many }) => sum + many, 0);
  const subject = counts.map(({ outcome, many }) => `${many} ${told[outcome]}`).join(", ");
  const costs = totals.costs.length === 0 || plan.emulated ? [{ amount: "0", currency: "USD" }] : totals.costs;
  return [
    `videos: ${subject === "" ? "locks as specified" : subject}`,
    "",
    `${planTrailer}${shortDigest(plan.digest)}`,
    ...costs.map(({ amount, currency }) => `Reelform-Cost: ${tidy(amount)} ${currency}`),
    `Reelform-Units: ${units}`,
    ...(plan.emulated ? ["Reelform-Emulated: true"] : []),
    "",
  ].join("\n");
}
