import { isObject, type Json } from "../../model/json.ts";
import { boolean, string } from "./check.ts";
import type { Detail } from "./validate.ts";

const editable = { title: string, is_public: boolean };

/** Everything that is wrong with a change of a video. Only title and visibility can change. */
export function validateEdit(body: Json): readonly Detail[] {
  if (!isObject(body) || Object.keys(body).length === 0)
    return [{ loc: ["body"], msg: "At least one of title, is_public is required", type: "missing" }];
  return Object.entries(body).flatMap(([field, value]) => {
    const check = Object.entries(editable).find(([name]) => name === field)?.[1];
    const complaint =
      check === undefined ? { msg: "Extra inputs are not permitted", type: "extra_forbidden" } : check(value);
    return complaint === undefined ? [] : [{ loc: ["body", field], ...complaint }];
  });
}
