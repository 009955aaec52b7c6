/** US dollars in millionths, so that sums are exact. */
export type Usd = number & { readonly __brand: "Usd" };

export const zero = 0 as Usd;

/** Reads a decimal number of dollars ("4.00", 0.5). Throws a RangeError for what is not a finite amount. */
export function usd(dollars: string | number): Usd {
  const amount = Math.round(Number(dollars) * 1e6);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an amount of dollars: ${dollars}`);
  return amount as Usd;
}

export const plus = (a: Usd, b: Usd): Usd => (a + b) as Usd;

/** "4.00", "0.1250": two decimals at least, and as many more as the amount needs. */
export function decimal(amount: Usd): string {
  const sign = amount < 0 ? "-" : "";
  const digits = String(Math.abs(amount)).padStart(7, "0");
  const cents = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${sign}${digits.slice(0, -6)}.${cents}`;
}

/** What an author says that requests to one model cost: the sum of the parts that are there. */
export interface Price {
  readonly perSecond?: Usd;
  readonly perRequest?: Usd;
  /** For each credit, where a provider sells by credits. */
  readonly perCredit?: Usd;
}

/** What a unit will cost. `unknown` is a verdict of its own and is never added up as zero. */
export type Estimate =
  | { readonly kind: "exact"; readonly amount: Usd; readonly source: string; readonly asOf: string }
  | { readonly kind: "range"; readonly low: Usd; readonly high: Usd; readonly source: string; readonly asOf: string }
  | { readonly kind: "unknown"; readonly because: string };

/** The most that this can cost, or undefined where nobody knows. */
export function ceiling(estimate: Estimate): Usd | undefined {
  switch (estimate.kind) {
    case "exact":
      return estimate.amount;
    case "range":
      return estimate.high;
    case "unknown":
      return undefined;
  }
}

export const free: Estimate = { kind: "exact", amount: zero, source: "nothing is submitted", asOf: "" };

/** What a unit did cost, as a lock keeps it. `estimated` where the provider never tells. */
export interface Cost {
  readonly amount: string;
  readonly currency: "USD" | "XNO";
  readonly source: "estimated" | "provider";
}
