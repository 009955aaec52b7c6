import type { Json } from "../../model/json.ts";
import { itemsIn } from "../json.ts";

/** What is wrong with one value, in the words of a FastAPI server; undefined when nothing is. */
export type Check = (value: Json) => Complaint | undefined;

export interface Complaint {
  readonly msg: string;
  readonly type: string;
}

const typed =
  (is: (value: Json) => boolean, msg: string, type: string): Check =>
  (value) =>
    is(value) ? undefined : { msg, type };

export const string = typed((value) => typeof value === "string", "Input should be a valid string", "string_type");
export const boolean = typed((value) => typeof value === "boolean", "Input should be a valid boolean", "bool_type");

export const integer = typed((value) => Number.isInteger(value), "Input should be a valid integer", "int_type");

export const number = (least: number, most: number): Check =>
  typed(
    (value) => typeof value === "number" && value >= least && value <= most,
    `Input should be a number from ${least} to ${most}`,
    "value_error",
  );

/** A string of a known set. */
export function oneOf(words: readonly string[]): Check {
  const known = new Set(words);
  const msg = `Input should be ${words.map((word) => `'${word}'`).join(", ")}`;
  return (value) => string(value) ?? (known.has(String(value)) ? undefined : { msg, type: "enum" });
}

const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return { msg: "Input should be a valid list", type: "list_type" };
    return itemsIn(value)
      .map(check)
      .find((complaint) => complaint !== undefined);
  };

export const strings = listOf(string);
export const booleans = listOf(boolean);
export const integers = listOf(integer);
