import type { Request } from "../../model/unit.ts";
import { fieldsOf } from "../fields.ts";

export const modelOf = (request: Request): string => String(fieldsOf(request).model ?? "");

/** The number in "5", "5s" and 5: models want it written in different ways. */
export function secondsIn(written: unknown): number | undefined {
  const [, digits] = typeof written === "string" ? (/^\s*(\d+(?:\.\d+)?)\s*s?\s*$/i.exec(written) ?? []) : [];
  const seconds = typeof written === "number" ? written : Number(digits ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
