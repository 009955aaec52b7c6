import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { resolve } from "../schema/flatten.ts";

/** A part of a schema with what it refers to in its place. Its own words win over those of what it refers to. */
export function opened(part: Json | undefined, root: JsonObject): JsonObject {
  if (!isObject(part)) return {};
  const { $ref, ...own } = part;
  return typeof $ref === "string" ? { ...opened(resolve(root, $ref), root), ...own } : part;
}

export const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

export const entries = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  isObject(value) ? Object.entries(value) : [];
