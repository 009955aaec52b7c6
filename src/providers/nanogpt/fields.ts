import { isObject } from "../../model/json.ts";
import type { Request } from "../../model/unit.ts";
import { type Input, isAsset, isStepOutput } from "../../model/unit.ts";

type Fields = { readonly [field: string]: Input };

const isFields = (input: Input | undefined): input is Fields =>
  isObject(input) && !isAsset(input) && !isStepOutput(input);

/** What NanoGPT will see: the author's fields with the escape hatch `extra` laid over them. */
export function fieldsOf({ extra, ...fields }: Fields): Fields {
  return isFields(extra) ? { ...fields, ...extra } : fields;
}

export const modelOf = ({ with: written }: Request): string => String(fieldsOf(written).model ?? "");

/** The number in "5", "5s" and 5: models want it written in different ways. */
export function secondsIn(written: unknown): number | undefined {
  const [, digits] = typeof written === "string" ? (/^\s*(\d+(?:\.\d+)?)\s*s?\s*$/i.exec(written) ?? []) : [];
  const seconds = typeof written === "number" ? written : Number(digits ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
