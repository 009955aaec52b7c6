import { isObject, type Json } from "../../model/json.ts";

/** What is wrong with one value, in words that follow its name; undefined when nothing is. */
export type Check = (value: Json) => string | undefined;

const must =
  (is: (value: Json) => boolean, be: string): Check =>
  (value) =>
    is(value) ? undefined : `must be ${be}`;

export const text = must((value) => typeof value === "string" && value.trim() !== "", "a non-empty string");
export const boolean = must((value) => typeof value === "boolean", "a boolean");
export const integer = must((value) => Number.isInteger(value), "an integer");
export const address = must((value) => typeof value === "string" && /^https?:\/\/\S+$/.test(value), "a URL");

export const whole = (least: number, most: number): Check =>
  must(
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    `an integer from ${least} to ${most}`,
  );

export const oneOf = (...allowed: readonly (string | number)[]): Check =>
  must((value) => allowed.some((one) => one === value), `one of ${allowed.join(", ")}`);

/** Minus one, or an integer of a range. */
export const wholeOrAuto = (least: number, most: number): Check => {
  const range = whole(least, most);
  return (value) => (value === -1 || range(value) === undefined ? undefined : `${range(value)}, or -1`);
};

/** What is wrong with an object: fields that it must have, and fields that it may have. No other is known. */
export function complaints(
  name: string,
  value: Json,
  required: { readonly [field: string]: Check },
  optional: { readonly [field: string]: Check } = {},
): readonly string[] {
  if (!isObject(value)) return [`${name} must be an object`];
  const missing = Object.keys(required).filter((field) => value[field] === undefined);
  return [
    ...missing.map((field) => `${name}.${field} is required`),
    ...Object.entries(value).flatMap(([field, one]) => {
      const check = required[field] ?? optional[field];
      const wrong = check === undefined ? "is not accepted" : check(one);
      return wrong === undefined ? [] : [`${name}.${field} ${wrong}`];
    }),
  ];
}
