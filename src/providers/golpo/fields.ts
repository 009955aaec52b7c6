import { isObject } from "../../model/json.ts";
import { type Input, isAsset, isStepOutput } from "../../model/unit.ts";

export type Fields = { readonly [field: string]: Input };

const isFields = (input: Input | undefined): input is Fields =>
  isObject(input) && !isAsset(input) && !isStepOutput(input);

/** What Golpo will see: the author's fields with the escape hatch `extra` laid over them. */
export function fieldsOf({ extra, ...fields }: Fields): Fields {
  if (extra === undefined) return fields;
  return isFields(extra) ? { ...fields, ...extra } : { ...fields, extra };
}
