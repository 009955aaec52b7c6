import type { JsonObject } from "../../src/model/json.ts";
import { meaningOf } from "./fields.ts";
import { entries, opened, texts } from "./opened.ts";
import { rulesOf } from "./rules.ts";
import { code, table } from "./table.ts";
import { knownOf, shown, valuesOf } from "./values.ts";

/** Every field of a provider's `with`: what it takes, what stands where it is left out, and what a change costs. */
export function providerFields(schema: JsonObject): string {
  const required = texts(schema.required);
  const rules = rulesOf(schema);
  const rows = entries(schema.properties).map(([name, part]) => {
    const field = opened(part, schema);
    const item = opened(field.items, schema);
    const { meaning, usual } = withDefault(meaningOf(field));
    const about = rules.filter(({ fields, code: id }) => id !== undefined && fields.includes(name));
    const ids = [...new Set(about.map(({ code: id }) => code(id ?? "")))];
    const notes = [
      meaning,
      assetNote(field["x-asset"] ?? item["x-asset"]),
      field["x-text"] === true ? "May stand in a file." : "",
      ids.length === 0 ? "" : `Rules: ${ids.join(", ")}.`,
    ];
    return [
      `${code(name)}${required.includes(name) ? " \\*" : ""}`,
      valuesOf(field, schema),
      usual,
      changes[String(field["x-change"] ?? "regenerate")] ?? "",
      notes.filter((note) => note !== "").join(" "),
    ];
  });
  return table(["field", "values", "default", "a change", "meaning"], rows);
}

const changes: Readonly<Record<string, string>> = {
  cosmetic: "nothing",
  "in-place": "in place, free",
  regenerate: "new video",
};

/** A description ends with what the provider does when the field is absent. */
function withDefault(description: string): { readonly meaning: string; readonly usual: string } {
  const [, meaning = description, usual = ""] = /^(.*?)\s*Default: (.*)\.$/.exec(description) ?? [];
  return { meaning, usual };
}

function assetNote(kinds: unknown): string {
  const names = [kinds].flat().filter((kind) => typeof kind === "string");
  return names.length === 0 ? "" : `File: ${names.join(" or ")}.`;
}

/** The values that a shared definition knows by name, where the field table has no room for them. */
export const knownValues = (schema: JsonObject, reference: string): string =>
  knownOf(opened({ $ref: reference }, schema))
    .map(shown)
    .join(" ");
