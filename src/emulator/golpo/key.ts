import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { apiKeyOf, isRefused } from "../key.ts";
import { refuse } from "./answers.ts";

/** Version 1 refuses a missing key with 401, version 2 with 403. */
export const keyed =
  (missing: 401 | 403): MiddlewareHandler<Env> =>
  async (c, next) => {
    const key = apiKeyOf(c);
    if (key === "") return refuse(missing, [], "Missing API key");
    return isRefused(key) ? refuse(401) : next();
  };
