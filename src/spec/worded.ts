import { isObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { Complaint } from "./complaint.ts";
import type { Part, Pointer } from "./places.ts";
import { show } from "./show.ts";
import { pointerOf, standard } from "./standard.ts";

/** A problem that does not know yet where it was written. */
export interface Worded extends Omit<Problem, "at" | "sourceLine"> {
  readonly pointer: Pointer;
  readonly part: Part;
}

/** Puts a complaint into words: the schema's own where it has some, ours where it has none. */
export function worded(complaint: Complaint): Worded {
  const { error } = complaint;
  const rule = complaint.rule?.schema;
  const own = isObject(error.parentSchema) ? error.parentSchema : {};
  const usual = standard(complaint);
  const message = text(own.errorMessage, error.keyword) ?? text(rule?.errorMessage, error.keyword);
  const hint = text(own["x-hint"], error.keyword) ?? text(rule?.["x-hint"], error.keyword) ?? usual.hint;
  const code = own["x-code"] ?? rule?.["x-code"];
  const severity = own["x-severity"] ?? rule?.["x-severity"];
  const filled = (words: string): string =>
    words.replaceAll("{key}", String(usual.pointer.at(-1) ?? "")).replaceAll("{value}", () => show(error.data));
  const at = rule?.["x-at"];
  const elsewhere = typeof at === "string" ? pointerOf(complaint.rule?.path ?? "").concat(at) : undefined;
  return {
    code: typeof code === "string" ? code : usual.code,
    severity: severity === "warning" ? "warning" : "error",
    message: message === undefined ? usual.message : filled(message),
    pointer: elsewhere ?? usual.pointer,
    part: elsewhere === undefined ? usual.part : "value",
    ...(hint === undefined ? {} : { hint: filled(hint) }),
  };
}

/** An annotation is one text for the whole schema, or one for each keyword. */
function text(annotation: unknown, keyword: string): string | undefined {
  if (typeof annotation === "string") return annotation;
  const one = isObject(annotation) ? annotation[keyword] : undefined;
  return typeof one === "string" ? one : undefined;
}
