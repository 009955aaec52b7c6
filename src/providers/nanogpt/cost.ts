import type { Json } from "../../model/json.ts";
import { type Cost, decimal } from "../../model/money.ts";
import { amountIn, textIn } from "../reply.ts";

type Currency = Cost["currency"];

export const currencyIn = (reply: Json): Currency | undefined => {
  const word = textIn(reply, "paymentSource", "data.paymentSource")?.trim().toUpperCase();
  return word === "USD" || word === "XNO" ? word : undefined;
};

/** What NanoGPT says that a run costs. An amount of no known currency is not told on: a coin is not a dollar. */
export function costIn(reply: Json, currency: Currency | undefined): Cost | undefined {
  const amount = amountIn(reply, "data.cost", "cost");
  return amount === undefined || currency === undefined
    ? undefined
    : { amount: decimal(amount), currency, source: "provider" };
}
