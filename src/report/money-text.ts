import type { EstimateDocument, PlanDocument, PlanTotals } from "../schema/plan.types.ts";
import type { ActualCost, ResultTotals } from "../schema/result.types.ts";
import { tidy } from "./decimals.ts";

export const dollars = (amount: string): string => `$${tidy(amount)}`;

/** "$4.00", "$1.00 to $3.00", or "unknown", which is never shown as nothing. */
export function estimateText(estimate: EstimateDocument): string {
  switch (estimate.kind) {
    case "exact":
      return dollars(estimate.amount);
    case "range":
      return `${dollars(estimate.low)} to ${dollars(estimate.high)}`;
    case "unknown":
      return "unknown";
  }
}

/** "$6.40 + 1 unknown price" */
export function totalText({ low, high, unpriced }: PlanTotals): string {
  const known = low === high ? dollars(high) : `${dollars(low)} to ${dollars(high)}`;
  return plusUnknown(known, unpriced, "unknown price");
}

/** " · this month $41.20 of $200.00": behind another sum, or nothing where nobody counted. */
export function monthText({ month, emulated }: Pick<PlanDocument, "month" | "emulated">): string {
  if (month === undefined) return "";
  const limit = month.limit === undefined ? "" : ` of ${dollars(month.limit)}`;
  return ` · ${emulated ? "emulated this month" : "this month"} ${dollars(month.spent)}${limit}`;
}

export const costText = ({ amount, currency }: Pick<ActualCost, "amount" | "currency">): string =>
  currency === "USD" ? dollars(amount) : `${tidy(amount)} ${currency}`;

/** "$8.00 (part of it our estimate) + 1 unknown cost" */
export function spentText({ costs, uncosted }: ResultTotals): string {
  const sums = costs.map((sum) => `${costText(sum)}${sum.estimated ? " (part of it our estimate)" : ""}`);
  return plusUnknown(sums.length === 0 ? "$0.00" : sums.join(" + "), uncosted, "unknown cost");
}

/** What emulated jobs would have cost. It is no money, and says so wherever it stands. */
export const emulatedText = ({ costs }: ResultTotals): string =>
  ["nothing was paid", ...(costs.length === 0 ? [] : [`emulated prices ${costs.map(costText).join(" + ")}`])].join(
    " · ",
  );

const plusUnknown = (known: string, many: number, what: string): string =>
  many === 0 ? known : `${known} + ${many} ${what}${many === 1 ? "" : "s"}`;

/** Whether nothing can be billed for it. */
export const isFree = (estimate: EstimateDocument): boolean =>
  estimate.kind === "exact" && Number(estimate.amount) === 0;
