import { type Usd, usd } from "../../model/money.ts";
import type { Wire } from "../../model/provider.ts";
import { ProviderError } from "../error.ts";
import { numberIn, required } from "../reply.ts";
import { checkBalance } from "./routes.ts";

/** What stands on the account in dollars. Beside coins dollars do not tell what it can pay: then nothing is told. */
export function balance(wire: Wire): Promise<Usd> {
  return wire.post(checkBalance, {}, (reply) => {
    const coins = numberIn(reply, "nano_balance", "data.nano_balance") ?? 0;
    if (coins > 0)
      throw new ProviderError("the account at nanogpt also holds XNO, so its dollars do not say what it can pay", {
        class: "provider",
        outcome: "refused",
      });
    return usd(required(numberIn(reply, "usd_balance", "data.usd_balance"), "usd_balance"));
  });
}
