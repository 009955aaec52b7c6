import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { refuse } from "./answers.ts";

/** The one key that is refused. Every other is welcome, and sees the same videos. */
const refusedKey = "invalid";

/** Version 1 refuses a missing key with 401, version 2 with 403. */
export const keyed =
  (missing: 401 | 403): MiddlewareHandler<Env> =>
  async (c, next) => {
    const key = c.req.header("x-api-key")?.trim() ?? "";
    if (key === "") return refuse(missing, [], "Missing API key");
    if (key === refusedKey) return refuse(401);
    return next();
  };
