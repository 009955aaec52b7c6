import { type Estimate, type Usd, zero } from "../model/money.ts";

export const unknown = (because: string): Estimate => ({ kind: "unknown", because });

/** From the least to the most that it may be. Nothing is no price: where that comes out, the price is not known. */
export function between(low: Usd, high: Usd, said: { readonly source: string; readonly asOf: string }): Estimate {
  if (high <= zero) return unknown(`${said.source}: that makes nothing, which is no price`);
  return low === high ? { kind: "exact", amount: low, ...said } : { kind: "range", low, high, ...said };
}
