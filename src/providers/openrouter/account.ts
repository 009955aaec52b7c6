import { type Usd, usd } from "../../model/money.ts";
import type { Wire } from "../../model/provider.ts";
import { numberIn, required } from "../reply.ts";
import { credits, key } from "./routes.ts";

export const checkKey = (wire: Wire): Promise<void> => wire.get(key, () => undefined);

/** What the key may still spend, where it has a limit; else what the account has, which not every key may ask for. */
export async function balance(wire: Wire): Promise<Usd> {
  const left = await wire.get(key, (reply) => {
    const limit = numberIn(reply, "data.limit_remaining");
    return limit === undefined ? undefined : usd(limit);
  });
  if (left !== undefined) return left;
  return wire.get(credits, (reply) => {
    const bought = required(numberIn(reply, "data.total_credits"), "total_credits");
    return usd(bought - required(numberIn(reply, "data.total_usage"), "total_usage"));
  });
}
