import { type Usd, usd } from "../../model/money.ts";
import type { Wire } from "../../model/provider.ts";
import { numberIn, required } from "../reply.ts";
import { credits, key } from "./routes.ts";

export const checkKey = (wire: Wire): Promise<void> => wire.get(key, () => undefined);

/** More dollars than any account has: what is beyond is no balance. */
const richest = 1e9;

const dollars = (amount: number): Usd => {
  if (Math.abs(amount) > richest) throw new Error("no usable balance");
  return usd(amount);
};

/** What the key may still spend, where it has a limit; else what the account has, which not every key may ask for. */
export async function balance(wire: Wire): Promise<Usd> {
  const left = await wire.get(key, (reply) => {
    const limit = numberIn(reply, "data.limit_remaining");
    return limit === undefined ? undefined : dollars(limit);
  });
  if (left !== undefined) return left;
  return wire.get(credits, (reply) => {
    const bought = required(numberIn(reply, "data.total_credits"), "total_credits");
    return dollars(bought - required(numberIn(reply, "data.total_usage"), "total_usage"));
  });
}
