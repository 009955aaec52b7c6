import { compile, type JSONSchema } from "json-schema-to-typescript";
import { isObject, type Json } from "../../src/model/json.ts";
import type { Source } from "./sources.ts";

/** The TypeScript of a schema: what an author may write. */
export async function typesOf({ name, schema, provider }: Source): Promise<string> {
  const from = `schemas/${provider ? "providers/" : ""}${name}.schema.json`;
  const types = await compile(opened(schema) as JSONSchema, name, {
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: false,
    format: false,
  });
  const imports = types.includes("JsonObject") ? 'import type { JsonObject } from "../model/json.ts";\n\n' : "";
  return `/* Generated from ${from} by scripts/build-schema.ts. */\n\n${imports}${types.trimStart()}`;
}

const shapes = ["properties", "additionalProperties", "patternProperties", "oneOf", "anyOf", "allOf"];

/** Says of every object that may hold anything that what it holds is JSON; and of references no more than that. */
function opened(part: Json): Json {
  if (Array.isArray(part)) return part.map(opened);
  if (!isObject(part)) return part;
  if (typeof part.$ref === "string") return { $ref: part.$ref };
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, opened(value)]));
  const open = part.type === "object" && !shapes.some((keyword) => keyword in part);
  return open ? { ...inner, tsType: "JsonObject" } : inner;
}
