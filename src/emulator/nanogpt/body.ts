import type { Context } from "hono";
import { isObject, type JsonObject } from "../../model/json.ts";
import type { Env } from "../env.ts";

/** The object that was sent, or undefined where it is none. */
export async function bodyOf(c: Context<Env>): Promise<JsonObject | undefined> {
  try {
    const body: unknown = JSON.parse(await c.req.text());
    return isObject(body) ? body : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

export const promptIn = (body: JsonObject | undefined): string | undefined =>
  typeof body?.prompt === "string" ? body.prompt : undefined;
