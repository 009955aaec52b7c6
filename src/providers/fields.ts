import { isObject, type JsonObject } from "../model/json.ts";
import type { Traits, WireRequest } from "../model/provider.ts";
import { type Input, isAsset, isStepOutput, type Request } from "../model/unit.ts";

export type Fields = { readonly [field: string]: Input };

export const isFields = (input: Input | undefined): input is Fields =>
  isObject(input) && !isAsset(input) && !isStepOutput(input);

/** What the provider will see: the author's fields with the escape hatch `extra` laid over them. */
export function fieldsOf({ with: { extra, ...fields } }: Request): Fields {
  return isFields(extra) ? { ...fields, ...extra } : fields;
}

/** The same on the wire: nothing dropped and nothing added. */
export function bodyOf({ extra, ...fields }: WireRequest["with"]): JsonObject {
  return isObject(extra) ? { ...fields, ...extra } : fields;
}

/** Those of some fields that are plain texts: what a list can be compared with. */
export function textsOf(request: Request, names: readonly string[]): Traits {
  const fields = fieldsOf(request);
  return Object.fromEntries(names.flatMap((name) => (typeof fields[name] === "string" ? [[name, fields[name]]] : [])));
}

/** Where in `with` a field was written that the provider will see. */
export const placeOf = ({ with: { extra } }: Request, field: string): readonly string[] =>
  isFields(extra) && Object.hasOwn(extra, field) ? ["extra", field] : [field];
