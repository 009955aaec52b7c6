import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { apiKeyOf, isRefused } from "../key.ts";
import { refuse } from "./answers.ts";

export const keyed: MiddlewareHandler<Env> = async (c, next) => {
  const key = apiKeyOf(c);
  if (key === "") return refuse(401, "unauthorized", "The X-API-Key header is missing");
  return isRefused(key) ? refuse(401, "unauthorized", "The API key is not valid") : next();
};
