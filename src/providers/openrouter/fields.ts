import type { Input } from "../../model/unit.ts";
import { isFields } from "../fields.ts";

export const isList = (input: Input | undefined): input is readonly Input[] => Array.isArray(input);

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
