import type { Context } from "hono";
import { isObject, type Json, type JsonObject, parsed } from "../../model/json.ts";
import type { Env } from "../env.ts";

/** The most that comes in one piece, its form included. */
export const mostInOnePiece = 32 * 1024 * 1024;

/** What a request carries: fields, and with a form its file. */
export interface Sent {
  readonly fields: JsonObject;
  readonly file?: File;
}

const isForm = (c: Context<Env>): boolean => (c.req.header("content-type") ?? "").startsWith("multipart/form-data");

/** The JSON that was sent, or the form whose parts are JSON; undefined where it is neither. */
export async function sent(c: Context<Env>): Promise<Sent | undefined> {
  return isForm(c) ? formOf(c) : jsonOf(c);
}

async function jsonOf(c: Context<Env>): Promise<Sent | undefined> {
  if (!(c.req.header("content-type") ?? "").startsWith("application/json")) return undefined;
  const body = parsed(await c.req.text());
  return isObject(body) ? { fields: body } : undefined;
}

/** Whoever looked at the body before has read it as bytes, of which the framework makes no form any more. */
async function formOf(c: Context<Env>): Promise<Sent | undefined> {
  const type = c.req.header("content-type") ?? "";
  const form = await new Response(await c.req.arrayBuffer(), { headers: { "content-type": type } }).formData();
  const file = form.get("file");
  const fields = [...form].flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    const json = typeof value === "string" ? parsed(value) : undefined;
    return json === undefined ? [] : [[name, json]];
  });
  return { fields: Object.fromEntries(fields), ...(file instanceof File ? { file } : {}) };
}
