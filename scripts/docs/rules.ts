import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { entries, objects, opened, texts } from "./opened.ts";
import { code, table } from "./table.ts";
import { said } from "./values.ts";

/** What a request is held to beyond the types of its fields. */
export interface Rule {
  /** The rule's own name. Undefined for what the format itself words. */
  readonly code: string | undefined;
  readonly warning: boolean;
  readonly message: string;
  readonly hint: string;
  readonly fields: readonly string[];
}

/** Every rule of a provider's schema: those between fields, then those of a field's own. */
export function rulesOf(schema: JsonObject): readonly Rule[] {
  const between = objects(schema.allOf).map((rule) => ruleOf(rule, fieldsOf(rule)));
  const own = entries(schema.properties).flatMap(([name, part]) => ofField(name, opened(part, schema), schema));
  const needs = entries(schema.dependentRequired).map(([name, others]) =>
    plain(`${code(name)} needs ${texts(others).map(code).join(" and ")}`, [name]),
  );
  return [...between, ...needs, ...merged(own)];
}

export function ruleTable(schema: JsonObject): string {
  const rows = rulesOf(schema).map(({ code: id, warning, message, hint, fields }) => [
    id === undefined ? "" : code(id),
    warning ? "warning" : "error",
    message,
    hint,
    fields.map(code).join(", "),
  ]);
  return table(["rule", "is", "says", "hint", "about"], rows);
}

const ruleOf = (rule: JsonObject, fields: readonly string[], message?: string): Rule => ({
  code: typeof rule["x-code"] === "string" ? rule["x-code"] : undefined,
  warning: rule["x-severity"] === "warning",
  message: message ?? filled(said(rule.errorMessage, "enum") ?? ""),
  hint: filled(said(rule["x-hint"], "enum") ?? ""),
  fields,
});

const plain = (message: string, fields: readonly string[]): Rule => ({
  code: undefined,
  warning: false,
  message,
  hint: "",
  fields,
});

/** In a message these stand for the field and the value that broke the rule. */
const filled = (words: string): string => words.replaceAll("{key}", "*field*").replaceAll("{value}", "*value*");

/** The fields that a rule's complaint is about: where it says so itself, there. */
function fieldsOf(rule: JsonObject): readonly string[] {
  const at = rule["x-at"];
  if (typeof at === "string") return [at];
  const { properties, required } = opened(rule.then, rule);
  return [...new Set([...entries(properties).map(([name]) => name), ...texts(required)])];
}

function ofField(name: string, field: JsonObject, root: JsonObject): readonly Rule[] {
  const item = opened(field.items, root);
  return [
    ...objects(field.allOf).map((rule) => ruleOf(rule, [name], fitsMinutes(rule["x-fits-minutes"]))),
    ...ofOurs(field["x-same-length-as"], (other) => plain(`must have as many items as ${other} has`, [name])),
    ...ofOurs(item["x-index-into"], (other) => plain(`must be numbers, from 1, of items of ${other}`, [name])),
  ];
}

const ofOurs = (other: Json | undefined, rule: (other: string) => Rule): readonly Rule[] =>
  typeof other === "string" ? [rule(code(other))] : [];

function fitsMinutes(rule: Json | undefined): string | undefined {
  if (!isObject(rule)) return undefined;
  return `has more than ${rule.perMinute} characters for each minute of ${code(String(rule.field))}`;
}

/** A rule that several fields have is told once. */
function merged(rules: readonly Rule[]): readonly Rule[] {
  const told = new Map<string, Rule>();
  for (const rule of rules) {
    const key = JSON.stringify({ ...rule, fields: [] });
    told.set(key, { ...rule, fields: [...(told.get(key)?.fields ?? []), ...rule.fields] });
  }
  return [...told.values()];
}
