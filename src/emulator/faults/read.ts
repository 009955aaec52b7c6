import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { type Key, kindKeys, matchKeys, operation } from "./keys.ts";
import { type FaultRule, type Operation, reach } from "./rule.ts";

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

function complain(rule: Json): readonly string[] {
  if (!isObject(rule)) return [": expected an object"];
  if (!("kind" in rule) && !("rate" in rule)) return [": needs a kind, or a rate alone"];
  const kind = typeof rule.kind === "string" ? rule.kind : "";
  const ofKind = kindKeys.get(kind) ?? new Map<string, Key>();
  const wrong = Object.entries(rule).flatMap(([name, value]) => {
    const key = matchKeys.get(name) ?? ofKind.get(name);
    if (key === undefined) return [`.${name}: no such key${kind === "" ? "" : ` for "${kind}"`}`];
    return key.is(value) ? [] : [`.${name}: expected ${key.expected}, got ${JSON.stringify(value)}`];
  });
  const missing = [...ofKind]
    .filter(([name, key]) => key.required === true && !(name in rule))
    .map(([name]) => `.${name}: missing for "${kind}"`);
  return [...wrong, ...missing, ...outOfReach(rule, kind)];
}

/** A rule that could never strike is a mistake too. */
function outOfReach(rule: JsonObject, kind: string): readonly string[] {
  const reached: readonly Operation[] | undefined = new Map(Object.entries(reach)).get(kind);
  if (reached === undefined) return [];
  return [rule.on]
    .flat()
    .filter((one) => operation.is(one) && !reached.some((reachable) => reachable === one))
    .map((one) => `.on: "${kind}" cannot strike ${JSON.stringify(one)}, only ${reached.join(", ")}`);
}
