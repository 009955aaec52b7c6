import { isObject } from "../../model/json.ts";
import { type Input, isAsset, isStepOutput } from "../../model/unit.ts";

export type Fields = { readonly [field: string]: Input };

const isFields = (input: Input | undefined): input is Fields =>
  isObject(input) && !isAsset(input) && !isStepOutput(input);

/** What PhotoGPT will see: the author's fields with the escape hatch `extra` laid over them. */
export function fieldsOf({ extra, ...fields }: Fields): Fields {
  return isFields(extra) ? { ...fields, ...extra } : fields;
}

/** The options of the one group that a request has; none where it has none. */
export function optionsOf({ options }: Fields): Fields {
  const groups = isFields(options) ? Object.values(options).filter(isFields) : [];
  return groups[0] ?? {};
}
