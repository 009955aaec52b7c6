import { isObject } from "../../model/json.ts";
import { type Input, isAsset, isStepOutput } from "../../model/unit.ts";

type Fields = { readonly [field: string]: Input };

const isFields = (input: Input | undefined): input is Fields =>
  isObject(input) && !isAsset(input) && !isStepOutput(input);

/** The author's fields with the escape hatch `extra` laid over them. */
export function fieldsOf({ extra, ...fields }: Fields): Fields {
  return isFields(extra) ? { ...fields, ...extra } : fields;
}
