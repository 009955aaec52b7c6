import { type Estimate, type Usd, usd } from "../../model/money.ts";
import type { Facts } from "../../model/provider.ts";
import type { Request } from "../../model/unit.ts";
import { between, unknown } from "../estimate.ts";
import { fieldsOf } from "../fields.ts";

const source = "ViddyScribe's credits for a minute of source, at the project's price of a credit";
const asOf = "2026-05";

/** Credits for a minute of source. From the least to the most where ViddyScribe does not say. */
function rate(request: Request): readonly [number, number] {
  const revoiced = fieldsOf(request).description_content !== undefined;
  switch (request.operation) {
    case "video":
      return revoiced ? [0.5, 0.5] : [1, 1];
    case "audio":
      // Nobody says what a track of a ready text costs: at least what the text would have cost less.
      return revoiced ? [0.25, 0.75] : [0.75, 0.75];
    default:
      return [0.5, 0.5];
  }
}

const sourceSeconds = (request: Request, facts: Facts): number | undefined => {
  const { input } = request.with;
  return input === undefined ? undefined : facts.seconds(input);
};

/** Whether part of a minute counts as a whole one is not said: the least counts it in proportion, the most as one. */
export function estimate(request: Request, facts: Facts): Estimate {
  const seconds = sourceSeconds(request, facts);
  if (seconds === undefined) return unknown("nobody here knows how long the source is");
  const [least, most] = rate(request);
  const credits = { low: (seconds / 60) * least, high: Math.ceil(seconds / 60) * most };
  const each = facts.prices.get("credit")?.perCredit;
  if (each === undefined) return unknown(unpriced(credits.low, credits.high));
  return between(cost(credits.low, each), cost(credits.high, each), { source, asOf });
}

const cost = (credits: number, each: Usd): Usd => usd((credits * each) / 1e6);

const rounded = (credits: number): string => String(Math.round(credits * 100) / 100);

function unpriced(low: number, high: number): string {
  const credits = rounded(low) === rounded(high) ? rounded(low) : `${rounded(low)} to ${rounded(high)}`;
  const noun = credits === "1" ? "credit" : "credits";
  return `it takes ${credits} ${noun}, and providers.viddyscribe.prices.credit.perCredit does not say what one costs`;
}

/**
 * The source's length, which is what is billed. A film with standard descriptions is exactly as long; one with extended
 * descriptions is longer, by as much as nobody can tell beforehand.
 */
export const seconds = sourceSeconds;
