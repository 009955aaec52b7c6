import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { refuse } from "./answers.ts";

/** The one key that is refused. Every other is welcome, and sees the same videos. */
const refusedKey = "invalid";

/** Jobs, their content and the account want a key; the list of models does not. */
export const keyed: MiddlewareHandler<Env> = async (c, next) => {
  const key = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1]?.trim() ?? "";
  if (key === "") return refuse(401, "No cookie auth credentials found");
  if (key === refusedKey) return refuse(401);
  return next();
};
