import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { bearerOf, isRefused } from "../key.ts";
import { refuse } from "./answers.ts";

/** Every request brings a key and says which version of the API it speaks. */
export const admitted: MiddlewareHandler<Env> = async (c, next) => {
  const key = bearerOf(c);
  if (key === "") return refuse(401, "missing api key");
  if (isRefused(key)) return refuse(401, "invalid api key");
  const version = c.req.header("api-version");
  return version === "1" ? next() : refuse(400, `API-Version must be 1, not ${version ?? "absent"}`);
};
