import type { Json } from "../../model/json.ts";
import { providerNames } from "../../model/unit.ts";
import { operations, reach, shapes } from "./rule.ts";

/** What may stand under one key of a rule. */
export interface Key {
  is(value: Json | undefined): boolean;
  readonly expected: string;
  readonly required?: boolean;
}

const word: Key = { is: (value) => typeof value === "string" && value !== "", expected: "a text" };

const whole = (least: number, most = Number.MAX_SAFE_INTEGER): Key => ({
  is: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  expected:
    most < Number.MAX_SAFE_INTEGER ? `a whole number from ${least} to ${most}` : `a whole number of at least ${least}`,
});

const oneOf = (words: readonly string[]): Key => ({
  is: (value) => typeof value === "string" && words.includes(value),
  expected: `one of ${words.join(", ")}`,
});

export const operation = oneOf(operations);

/** The keys that every rule may have. */
export const matchKeys: ReadonlyMap<string, Key> = new Map<string, Key>([
  ["kind", oneOf(Object.keys(reach))],
  ["provider", oneOf(providerNames)],
  [
    "on",
    {
      is: (value) => [value].flat().length > 0 && [value].flat().every((one) => operation.is(one)),
      expected: `one or a list of ${operations.join(", ")}`,
    },
  ],
  ["prompt", word],
  ["nth", whole(1)],
  ["times", { is: (value) => value === "always" || whole(1).is(value), expected: `${whole(1).expected}, or "always"` }],
  ["rate", { is: (value) => typeof value === "number" && value >= 0 && value <= 1, expected: "a number from 0 to 1" }],
]);

/** The keys that only some kinds have. */
export const kindKeys: ReadonlyMap<string, ReadonlyMap<string, Key>> = new Map([
  [
    "status",
    new Map<string, Key>([
      ["status", { ...whole(200, 599), required: true }],
      ["body", { is: () => true, expected: "any JSON" }],
      ["retryAfter", whole(0)],
      ["carriedOut", { is: (value) => typeof value === "boolean", expected: "true or false" }],
    ]),
  ],
  ["hang", new Map([["milliseconds", whole(0)]])],
  ["slow", new Map([["milliseconds", { ...whole(0), required: true }]])],
  ["fails", new Map([["message", word]])],
  ["unknown-status", new Map([["word", { ...word, required: true }]])],
  ["shape", new Map([["shape", { ...oneOf(shapes), required: true }]])],
]);
