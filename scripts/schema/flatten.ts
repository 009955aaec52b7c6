import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";

/** For readers and editors only; a validator has no use for them. */
const words = new Set(["$id", "$defs", "title", "description", "examples"]);

/** Keywords whose keys are names of the author's, not keywords. */
const named = new Set(["properties", "patternProperties", "dependentSchemas"]);

/**
 * Puts every `$ref` in its place and drops what only people read. Then the path of a complaint leads straight through
 * the schema, and one can tell which rule it belongs to.
 */
export function flatten(root: JsonObject): JsonObject {
  const schema = (part: JsonObject): JsonObject => {
    const { $ref, ...rest } = part;
    const own = typeof $ref === "string" ? { ...resolve(root, $ref), ...rest } : rest;
    if ("$ref" in own) return schema(own);
    const kept = Object.entries(own).filter(([key]) => !words.has(key));
    return Object.fromEntries(kept.map(([key, value]) => [key, named.has(key) ? names(value) : inner(value)]));
  };
  const inner = (value: Json): Json =>
    Array.isArray(value) ? value.map(inner) : isObject(value) ? schema(value) : value;
  const names = (value: Json): Json =>
    isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inner(part)])) : value;
  return schema(root);
}

/** The part of a schema that a local reference like `#/$defs/amount` names. */
export function resolve(root: JsonObject, reference: string): JsonObject {
  if (!reference.startsWith("#/")) throw new Error(`only references inside a schema are followed: ${reference}`);
  let part: Json | undefined = root;
  for (const step of reference.slice(2).split("/")) part = isObject(part) ? part[step] : undefined;
  if (!isObject(part)) throw new Error(`nothing is at ${reference}`);
  return part;
}
