import { isObject, type JsonObject } from "../model/json.ts";
import { nearest } from "../model/nearest.ts";
import type { SchemaError } from "../model/schema.ts";

/** A rule of a schema: `if` this, `then` that; with words of its own. It is about the value at `path`. */
export interface Rule {
  readonly schema: JsonObject;
  readonly path: string;
}

/** A complaint worth telling, and the rule it comes from. `among` are the complaints of a choice that nothing fits. */
export interface Complaint {
  readonly error: SchemaError;
  readonly rule: Rule | undefined;
  readonly among: readonly SchemaError[];
}

/** Each is compared with the others. Nobody reads so many, but a file of nonsense can make them. */
const mostErrors = 1000;

/** Keywords that complain of complaints. */
const composed = new Set(["if", "propertyNames", "anyOf", "oneOf"]);

/**
 * Keeps of a validator's complaints the ones a person can act on: not that a rule failed but what it says, of a choice
 * only the branch that was meant, and of a value of the wrong type only that.
 */
export function complaintsOf(all: readonly SchemaError[]): readonly Complaint[] {
  const errors = all.slice(0, mostErrors);
  const dropped = new Set<SchemaError>();
  const rules = new Map<SchemaError, Rule>();
  const among = new Map<SchemaError, readonly SchemaError[]>();

  for (const error of [...errors].sort((a, b) => a.schemaPath.length - b.schemaPath.length)) {
    if (dropped.has(error) || !composed.has(error.keyword)) continue;
    const inner = errors.filter((other) => other !== error && isInside(other, error));
    if (error.keyword === "if" || error.keyword === "propertyNames") {
      if (inner.length > 0) dropped.add(error);
      const rule = isObject(error.parentSchema) ? { schema: error.parentSchema, path: error.instancePath } : undefined;
      if (rule !== undefined && error.keyword === "if") for (const one of inner) rules.set(one, rule);
    } else if (error.keyword === "anyOf" || error.keyword === "oneOf") {
      const meant = says(error) ? undefined : meantBranch(error, inner);
      for (const one of inner) if (meant === undefined || !meant.includes(one)) dropped.add(one);
      if (meant !== undefined) dropped.add(error);
      else among.set(error, inner);
    }
  }
  const left = errors.filter((error) => !dropped.has(error));
  const ofWrongType = new Set(left.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath));
  return left
    .filter(({ keyword, instancePath }) => aboutUse.has(keyword) || !ofWrongType.has(instancePath))
    .filter((error) => error.keyword !== "required" || !left.some((other) => isSlip(other, error)))
    .map((error) => ({ error, rule: rules.get(error), among: among.get(error) ?? [] }));
}

/** A value of the wrong type is not worth other words, except that it should not be there at all. */
const aboutUse = new Set(["type", "false schema"]);

/** Whether the key that is missing is there, misspelt: that is said of the key that is there. */
const isSlip = (unknown: SchemaError, { instancePath, params }: SchemaError): boolean =>
  unknown.keyword === "additionalProperties" &&
  unknown.instancePath === instancePath &&
  nearest(String(unknown.params.additionalProperty), [String(params.missingProperty)]) !== undefined;

/** Whether the first complaint comes from inside the keyword that the second is about. */
function isInside({ schemaPath }: SchemaError, outer: SchemaError): boolean {
  const base = outer.schemaPath;
  if (outer.keyword !== "if") return schemaPath.startsWith(`${base}/`);
  const rule = base.slice(0, -"if".length);
  return schemaPath.startsWith(`${rule}then/`) || schemaPath.startsWith(`${rule}else/`);
}

/** The complaints of the branch that fits best, unless all of them refuse the value as such. */
function meantBranch(choice: SchemaError, inner: readonly SchemaError[]): readonly SchemaError[] | undefined {
  const branches = new Map<string, SchemaError[]>();
  for (const error of inner) {
    const name = error.schemaPath.slice(choice.schemaPath.length + 1).split("/")[0] ?? "";
    branches.set(name, [...(branches.get(name) ?? []), error]);
  }
  const fitting = [...branches.values()].filter((branch) =>
    branch.every((error) => error.instancePath !== choice.instancePath || !refusal.has(error.keyword)),
  );
  return fitting.sort((a, b) => a.length - b.length)[0];
}

const refusal = new Set(["type", "const", "enum"]);

const says = ({ parentSchema }: SchemaError): boolean => isObject(parentSchema) && "errorMessage" in parentSchema;
