import type { Json } from "../../model/json.ts";
import { type Cost, decimal, usd } from "../../model/money.ts";
import { numberIn, textIn } from "../reply.ts";

type Currency = Cost["currency"];

/** More than any account holds: what says so is no price. */
const most = 1e9;

export const currencyIn = (reply: Json): Currency | undefined => {
  const word = textIn(reply, "paymentSource", "data.paymentSource")?.trim().toUpperCase();
  return word === "USD" || word === "XNO" ? word : undefined;
};

/** What NanoGPT says that a run costs. An amount of no known currency is not told on: a coin is not a dollar. */
export function costIn(reply: Json, currency: Currency | undefined): Cost | undefined {
  const amount = numberIn(reply, "data.cost", "cost");
  if (amount === undefined || currency === undefined || amount < 0 || amount > most) return undefined;
  return { amount: decimal(usd(amount)), currency, source: "provider" };
}
