import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { type FaultRule, operations, reach } from "./rule.ts";

/** What is wrong with a list of faults: everything at once, one line each. */
export class FaultsError extends Error {
  override readonly name = "FaultsError";
}

/** Reads a list of faults from parsed JSON or YAML. Throws a FaultsError that names every mistake and its place. */
export function readFaults(value: Json): readonly FaultRule[] {
  if (!Array.isArray(value)) throw new FaultsError("faults: expected a list of rules");
  const complaints = value.flatMap((rule, index) => complain(rule).map((complaint) => `faults[${index}]${complaint}`));
  if (complaints.length > 0) throw new FaultsError(complaints.join("\n"));
  return value as readonly FaultRule[];
}

type Test = (value: Json) => boolean;
interface Key {
  readonly is: Test;
  readonly expected: string;
}

const word: Key = { is: (value) => typeof value === "string" && value !== "", expected: "a text" };
const whole = (least: number): Key => ({
  is: (value) => Number.isInteger(value) && Number(value) >= least,
  expected: `a whole number of at least ${least}`,
});
const providers = ["golpo", "viddyscribe", "nanogpt", "photogpt", "openrouter"];
const oneOf = (words: readonly string[]): Key => ({
  is: (value) => typeof value === "string" && words.includes(value),
  expected: `one of ${words.join(", ")}`,
});

const matchKeys: { readonly [key: string]: Key } = {
  kind: oneOf(Object.keys(reach)),
  provider: oneOf(providers),
  on: {
    is: (value) => [value].flat().every((one) => oneOf(operations).is(one)) && [value].flat().length > 0,
    expected: `one or a list of ${operations.join(", ")}`,
  },
  prompt: word,
  nth: whole(1),
  times: {
    is: (value) => value === "always" || whole(1).is(value),
    expected: 'a whole number of at least 1, or "always"',
  },
  rate: { is: (value) => typeof value === "number" && value >= 0 && value <= 1, expected: "a number from 0 to 1" },
};

interface Extra {
  readonly keys: { readonly [key: string]: Key };
  readonly required: readonly string[];
}

const milliseconds = whole(0);
const extras: { readonly [kind: string]: Extra } = {
  status: {
    keys: {
      status: { is: (value) => whole(200).is(value) && Number(value) < 600, expected: "a status from 200 to 599" },
      body: { is: () => true, expected: "any JSON" },
      retryAfter: whole(0),
      carriedOut: { is: (value) => typeof value === "boolean", expected: "true or false" },
    },
    required: ["status"],
  },
  hang: { keys: { milliseconds }, required: [] },
  slow: { keys: { milliseconds }, required: ["milliseconds"] },
  fails: { keys: { message: word }, required: [] },
  "unknown-status": { keys: { word }, required: ["word"] },
};

function complain(rule: Json): readonly string[] {
  if (!isObject(rule)) return [": expected an object"];
  const kind = typeof rule.kind === "string" ? rule.kind : "";
  const extra = extras[kind] ?? { keys: {}, required: [] };
  const keys = { ...matchKeys, ...extra.keys };
  const wrong = Object.entries(rule).flatMap(([name, value]) => {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (key === undefined) return [`.${name}: no such key${kind === "" ? "" : ` for "${kind}"`}`];
    return key.is(value) ? [] : [`.${name}: expected ${key.expected}, got ${JSON.stringify(value)}`];
  });
  const missing = extra.required.filter((name) => !(name in rule)).map((name) => `.${name}: missing for "${kind}"`);
  return [...wrong, ...missing, ...complainOfWhole(rule, kind)];
}

/** Rules that could never strike are mistakes too. */
function complainOfWhole(rule: JsonObject, kind: string): readonly string[] {
  if (!("kind" in rule)) return "rate" in rule ? [] : [": needs a kind, or a rate alone"];
  const reached = Object.entries(reach).find(([name]) => name === kind)?.[1];
  if (reached === undefined || !("on" in rule)) return [];
  return [rule.on]
    .flat()
    .filter((one) => oneOf(operations).is(one ?? null) && !oneOf(reached).is(one ?? null))
    .map((one) => `.on: "${kind}" cannot strike ${JSON.stringify(one)}, only ${reached.join(", ")}`);
}
