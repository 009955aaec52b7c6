import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { refuse } from "./answers.ts";

/** The one key that is refused. Every other is welcome, and sees the same videos. */
const refusedKey = "invalid";

/** Every request brings a key and says which version of the API it speaks. */
export const admitted: MiddlewareHandler<Env> = async (c, next) => {
  const key = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1]?.trim() ?? "";
  if (key === "") return refuse(401, "missing api key");
  if (key === refusedKey) return refuse(401, "invalid api key");
  const version = c.req.header("api-version");
  return version === "1" ? next() : refuse(400, `API-Version must be 1, not ${version ?? "absent"}`);
};
