import { createHash } from "node:crypto";
import { isObject, type Json } from "../model/json.ts";

/** The same text for the same JSON, in whatever order its keys were written. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
