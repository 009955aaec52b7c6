import type { Context, MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { apiKeyOf, bearerOf, isRefused } from "../key.ts";
import { refuse } from "./answers.ts";

/** Either way will do. */
function keyOf(c: Context<Env>): string {
  const key = apiKeyOf(c);
  return key === "" ? bearerOf(c) : key;
}

export const keyed: MiddlewareHandler<Env> = async (c, next) => {
  const key = keyOf(c);
  return key === "" || isRefused(key) ? refuse(401) : next();
};

/** Accounts hold dollars, but those whose key says otherwise. */
export const currencyOf = (c: Context<Env>): "USD" | "XNO" => (keyOf(c).startsWith("xno") ? "XNO" : "USD");
