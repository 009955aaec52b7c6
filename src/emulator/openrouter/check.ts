import { isObject, type Json } from "../../model/json.ts";
import { itemsIn } from "../json.ts";
import type { Issue } from "./answers.ts";

type Path = Issue["path"];

/** What is wrong with a value; nothing when it fits. */
export type Check = (value: Json, path: Path) => readonly Issue[];

const must =
  (is: (value: Json) => boolean, message: string): Check =>
  (value, path) =>
    is(value) ? [] : [{ path, message }];

export const text = must((value) => typeof value === "string", "Invalid input: expected string");
export const boolean = must((value) => typeof value === "boolean", "Invalid input: expected boolean");
export const integer = must((value) => Number.isInteger(value), "Invalid input: expected int");

export const positive = must((value) => typeof value === "number" && value > 0, "Too small: expected number to be >0");

export const least = (bound: number): Check =>
  must((value) => Number.isInteger(value) && Number(value) >= bound, `Too small: expected int to be >=${bound}`);

export const oneOf = (...allowed: readonly string[]): Check =>
  must(
    (value) => typeof value === "string" && allowed.includes(value),
    `Invalid option: expected one of ${allowed.map((one) => `"${one}"`).join("|")}`,
  );

export const matching = (pattern: RegExp, message: string): Check =>
  must((value) => typeof value === "string" && pattern.test(value), message);

export const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? itemsIn(value).flatMap((item, index) => check(item, [...path, index]))
      : [{ path, message: "Invalid input: expected array" }];

/** An object with fields that it must have and fields that it may have. Others are ignored. */
export const object =
  (required: { readonly [field: string]: Check }, optional: { readonly [field: string]: Check } = {}): Check =>
  (value, path) => {
    if (!isObject(value)) return [{ path, message: "Invalid input: expected object" }];
    const missing = Object.keys(required).filter((field) => value[field] === undefined);
    const present = Object.entries({ ...required, ...optional }).flatMap(([field, check]) => {
      const inner = value[field];
      return inner === undefined ? [] : check(inner, [...path, field]);
    });
    return [...missing.map((field) => ({ path: [...path, field], message: "Required" })), ...present];
  };

/** By the value of `type`. */
export const byType =
  (kinds: { readonly [type: string]: Check }): Check =>
  (value, path) => {
    const check = isObject(value) && typeof value.type === "string" ? kinds[value.type] : undefined;
    return check === undefined
      ? [{ path: [...path, "type"], message: "Invalid discriminator value" }]
      : check(value, path);
  };

export const mapping: Check = must(isObject, "Invalid input: expected record");
