import { isObject } from "../../model/json.ts";
import { type Input, isAsset, isStepOutput, type Request } from "../../model/unit.ts";

export type Fields = { readonly [field: string]: Input };

export const isFields = (input: Input | undefined): input is Fields =>
  isObject(input) && !isAsset(input) && !isStepOutput(input);

export const isList = (input: Input | undefined): input is readonly Input[] => Array.isArray(input);

/** What OpenRouter will see: the author's fields with the escape hatch `extra` laid over them. */
export function fieldsOf({ with: { extra, ...fields } }: Request): Fields {
  return isFields(extra) ? { ...fields, ...extra } : fields;
}

/** Where in `with` a field was written that OpenRouter will see. */
export const placeOf = ({ with: { extra } }: Request, field: string): readonly string[] =>
  isFields(extra) && Object.hasOwn(extra, field) ? ["extra", field] : [field];

export const text = (input: Input | undefined): string | undefined => (typeof input === "string" ? input : undefined);
export const number = (input: Input | undefined): number | undefined => (typeof input === "number" ? input : undefined);

/** What stands at `url` in the items of a list of pictures, sounds and films. */
export function addresses(list: Input | undefined, kind: "image_url" | "audio_url" | "video_url"): readonly Input[] {
  if (!isList(list)) return [];
  return list.flatMap((item) => {
    const holder = isFields(item) ? item[kind] : undefined;
    const url = isFields(holder) ? holder.url : undefined;
    return url === undefined ? [] : [url];
  });
}
