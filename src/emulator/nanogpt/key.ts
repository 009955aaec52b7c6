import type { Context, MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { refuse } from "./answers.ts";

const keyOf = (c: Context<Env>): string =>
  (c.req.header("x-api-key") ?? c.req.header("authorization")?.replace(/^Bearer\s+/i, "") ?? "").trim();

/** The one key that is refused. Every other is welcome, and sees the same runs. */
const refusedKey = "invalid";

export const keyed: MiddlewareHandler<Env> = async (c, next) => {
  const key = keyOf(c);
  return key === "" || key === refusedKey ? refuse(401) : next();
};

/** Accounts hold dollars, but those whose key says otherwise. */
export const currencyOf = (c: Context<Env>): "USD" | "XNO" => (keyOf(c).startsWith("xno") ? "XNO" : "USD");
