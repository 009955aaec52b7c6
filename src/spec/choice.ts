import { isObject } from "../model/json.ts";
import { nearest } from "../model/nearest.ts";
import type { Problem } from "../model/problem.ts";
import type { SchemaError } from "../model/schema.ts";
import type { Complaint } from "./complaint.ts";
import { kindOf, listed, show, typeNames } from "./show.ts";

export type Said = Pick<Problem, "code" | "message" | "hint">;

/** Longer lists of values are cut: the schema has them all. */
const mostShown = 16;

/** Of so short a word nobody can tell what was meant. */
const leastMeant = 2;

export const typesOf = (type: unknown): readonly string[] => (Array.isArray(type) ? type.map(String) : [String(type)]);

export function choicesOf(params: SchemaError["params"]): readonly unknown[] {
  const { allowedValues, allowedValue } = params;
  return Array.isArray(allowedValues) ? allowedValues : [allowedValue];
}

export function wrongType(types: readonly string[], data: unknown): Said {
  const wanted = typeNames(types);
  const found = types.includes("integer") && typeof data === "number" ? show(data) : kindOf(data);
  const message = data === null ? `must be ${wanted}, but nothing is there` : `must be ${wanted}, not ${found}`;
  return { code: "wrong-type", message, ...hinted(quoting(types, data)) };
}

/** YAML decides between texts and other values by quotes: the commonest mistake is the lack of them. */
function quoting(types: readonly string[], data: unknown): string | undefined {
  if (types.includes("string") && (typeof data === "number" || typeof data === "boolean")) {
    return `put it in quotes: "${data}"`;
  }
  if (typeof data !== "string") return undefined;
  const plain =
    (types.includes("boolean") && /^(?:true|false)$/i.test(data)) ||
    (types.some((type) => type === "number" || type === "integer") && /^-?\d+(?:\.\d+)?$/.test(data));
  return plain ? `write it without quotes: ${data.toLowerCase()}` : undefined;
}

export function wrongChoice(choices: readonly unknown[], data: unknown): Said {
  const shown = choices.slice(0, mostShown).map(show);
  const list = choices.length > shown.length ? `${shown.join(", ")}, …` : listed(shown);
  const text = choices.filter((choice) => typeof choice === "string");
  if (typeof data !== "string" && text.includes(String(data))) {
    return { code: "wrong-type", message: `must be a text, not ${kindOf(data)}`, hint: `put it in quotes: "${data}"` };
  }
  const meant = typeof data === "string" && data.length > leastMeant ? nearest(data, text) : undefined;
  const hint = meant === undefined ? undefined : `did you mean "${meant}"?`;
  return { code: "bad-value", message: `must be ${list}, not ${show(data)}`, ...hinted(hint) };
}

/** Nothing of a choice fits: what would. */
export function noBranch({ error, among }: Complaint): Said {
  const types = among.filter(({ keyword }) => keyword === "type").flatMap(({ params }) => typesOf(params.type));
  const values = among.flatMap(({ keyword, params }) =>
    keyword === "enum" || keyword === "const" ? choicesOf(params) : [],
  );
  if (types.length > 0 && values.length === 0) return wrongType([...new Set(types)], error.data);
  if (values.length > 0 && types.length === 0) return wrongChoice(values, error.data);
  return { code: "bad-value", message: `${show(error.data)} is not possible here` };
}

/** The field that tells the kinds of a thing apart is missing, or names no kind. */
export function wrongTag({ params, parentSchema }: SchemaError): Said & { readonly below: readonly string[] } {
  const tag = String(params.tag);
  const kinds = isObject(parentSchema) && Array.isArray(parentSchema.oneOf) ? parentSchema.oneOf : [];
  const values = kinds.flatMap((kind: unknown): readonly unknown[] => {
    const field = isObject(kind) && isObject(kind.properties) ? kind.properties[tag] : undefined;
    if (!isObject(field)) return [];
    return Array.isArray(field.enum) ? field.enum : [field.const];
  });
  if (params.tagValue === undefined) return { code: "missing-key", message: `missing "${tag}"`, below: [] };
  return { ...wrongChoice(values, params.tagValue), below: [tag] };
}

const hinted = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });
