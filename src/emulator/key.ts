import type { Context } from "hono";
import type { Env } from "./env.ts";

/** The key of an API that wants it in `x-api-key`; empty where there is none. */
export const apiKeyOf = (c: Context<Env>): string => c.req.header("x-api-key")?.trim() ?? "";

/** The key of an API that wants it in `Authorization: Bearer`; empty where there is none. */
export const bearerOf = (c: Context<Env>): string =>
  /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1]?.trim() ?? "";

/** One key is refused everywhere. Every other is welcome, and sees the same jobs. */
export const isRefused = (key: string): boolean => key === "invalid";
