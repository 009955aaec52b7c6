import type { Context } from "hono";
import { isObject, type Json, parsed } from "../model/json.ts";
import type { Env } from "./env.ts";

/** The JSON that was sent, or undefined where it is none. */
export async function bodyOf(c: Context<Env>): Promise<Json | undefined> {
  if (!(c.req.header("content-type") ?? "").startsWith("application/json")) return undefined;
  return parsed(await c.req.text());
}

export const promptIn = (body: Json | undefined): string | undefined =>
  isObject(body) && typeof body.prompt === "string" ? body.prompt : undefined;
