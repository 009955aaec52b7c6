import type { JsonObject } from "../../../src/model/json.ts";

interface SpecParts {
  /** Everything beside provider and with. */
  readonly head?: JsonObject;
  /** Over a prompt and the shortest timing; undefined takes a field away. */
  readonly with?: { readonly [field: string]: JsonObject[string] | undefined };
}

/** A spec's text, fifteen seconds of a prompt, each value written as JSON, which is YAML too. */
export function spec(prompt: string, { head = {}, with: fields = {} }: SpecParts = {}): string {
  const lines = (object: { readonly [name: string]: JsonObject[string] | undefined }, indent: string): string[] =>
    Object.entries(object).flatMap(([name, value]) =>
      value === undefined ? [] : [`${indent}${name}: ${JSON.stringify(value)}`],
    );
  return [
    ...lines(head, ""),
    "provider: golpo",
    "with:",
    ...lines({ prompt, timing: "0.25", ...fields }, "  "),
    "",
  ].join("\n");
}
