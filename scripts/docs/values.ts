import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { objects, opened, texts } from "./opened.ts";
import { code } from "./table.ts";

/** What a field takes: its type, or the values that are allowed, and what bounds them. */
export function valuesOf(schema: JsonObject, root: JsonObject, many = false): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map(shown).join(" · ");
  const types = typeof schema.type === "string" ? [schema.type] : texts(schema.type);
  const known = knownOf(schema);
  const parts = [
    types.map((type) => nameOf(type, schema, root, many)).join(" or "),
    ...bounds(schema),
    ...(known.length > 0 && known.length <= mostShown ? [`known: ${known.map(shown).join(" · ")}`] : []),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** A longer list of known values has a place of its own. */
const mostShown = 12;

export const choicesOf = ({ const: only, enum: some }: JsonObject): readonly Json[] =>
  only !== undefined ? [only] : Array.isArray(some) ? some : [];

/** The values beyond which a provider may still take others: leaving them is a warning. */
export const knownOf = (schema: JsonObject): readonly Json[] =>
  objects(schema.allOf)
    .filter((rule) => rule["x-severity"] === "warning")
    .flatMap((rule) => [...choicesOf(rule), ...choicesOf(isObject(rule.then) ? rule.then : {})]);

/** A value as an author writes it: a text that YAML would take for something else stands in quotes. */
export const shown = (value: Json): string =>
  code(typeof value === "string" && !/^(?:true|false|null|[\d.]+)$/.test(value) ? value : JSON.stringify(value));

function nameOf(type: string, schema: JsonObject, root: JsonObject, many: boolean): string {
  const plural = many ? "s" : "";
  switch (type) {
    case "string":
      return `text${plural}`;
    case "integer":
      return `whole number${plural}`;
    case "number":
      return `number${plural}`;
    case "boolean":
      return "`true` · `false`";
    case "array":
      return `list of ${valuesOf(opened(schema.items, root), root, true)}`;
    case "object":
      return `mapping${plural}${held(schema, root)}`;
    default:
      return type;
  }
}

function held(schema: JsonObject, root: JsonObject): string {
  const names = said(opened(schema.propertyNames, root).errorMessage, "pattern");
  const values = isObject(schema.additionalProperties) && !isObject(schema.properties);
  const of = values ? ` to ${valuesOf(opened(schema.additionalProperties, root), root, true)}` : "";
  return `${of}${names === undefined ? "" : `; ${names}`}`;
}

const longestPattern = 60;

function bounds(schema: JsonObject): readonly string[] {
  const { maxLength, minItems, uniqueItems, pattern } = schema;
  const words = said(schema.errorMessage, "pattern");
  const short = typeof pattern === "string" && pattern.length <= longestPattern;
  return [
    range(schema),
    pattern === undefined ? "" : (words ?? (short ? code(pattern) : "")),
    maxLength === undefined ? "" : `at most ${maxLength} characters`,
    minItems === undefined ? "" : `at least ${minItems}`,
    uniqueItems === true ? "none twice" : "",
  ];
}

function range({ minimum, exclusiveMinimum, maximum }: JsonObject): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  const least = exclusiveMinimum === undefined ? "" : `more than ${exclusiveMinimum}`;
  const from = minimum === undefined ? least : `${minimum} or more`;
  return [from, maximum === undefined ? "" : `at most ${maximum}`].filter((part) => part !== "").join(", ");
}

/** The schema's own words for a broken rule: one text for all, or one for each keyword. */
export function said(words: Json | undefined, keyword: string): string | undefined {
  if (typeof words === "string") return words;
  const one = isObject(words) ? words[keyword] : undefined;
  return typeof one === "string" ? one : undefined;
}
