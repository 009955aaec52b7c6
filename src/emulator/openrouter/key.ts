import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { bearerOf, isRefused } from "../key.ts";
import { refuse } from "./answers.ts";

/** Jobs, their content and the account want a key; the list of models does not. */
export const keyed: MiddlewareHandler<Env> = async (c, next) => {
  const key = bearerOf(c);
  if (key === "") return refuse(401, "No cookie auth credentials found");
  return isRefused(key) ? refuse(401) : next();
};
