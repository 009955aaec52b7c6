import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { refuse } from "./answers.ts";

/** The one key that is refused. Every other is welcome, and sees the same media and jobs. */
const refusedKey = "invalid";

export const keyed: MiddlewareHandler<Env> = async (c, next) => {
  const key = c.req.header("x-api-key")?.trim() ?? "";
  if (key === "") return refuse(401, "unauthorized", "The X-API-Key header is missing");
  if (key === refusedKey) return refuse(401, "unauthorized", "The API key is not valid");
  return next();
};
