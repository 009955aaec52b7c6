import { existsSync, readFileSync } from "node:fs";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { sources } from "../schema/sources.ts";
import { commandReference } from "./commands.ts";
import { exitCodes } from "./exit-codes.ts";
import { fieldTables } from "./field-tables.ts";
import { withParts } from "./marked.ts";
import { entries, opened } from "./opened.ts";
import { knownValues, providerFields } from "./provider-fields.ts";
import { ruleTable } from "./rules.ts";

/** Every document with a generated part, by its path, as it ought to be. What people wrote in it stays. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const all = sources();
  const formats = all
    .filter(({ provider }) => !provider)
    .map(({ name, schema }) => [name, fieldTables(schema)] as const);
  const pages = all
    .filter(({ provider, name }) => provider && existsSync(place(page(name))))
    .map(({ name, schema }) => made(page(name), wanted(page(name), providerParts(schema))));
  return new Map([
    made("docs/formats.md", new Map(formats)),
    made("docs/cli.md", new Map([...(await commandReference()), ["exit codes", exitCodes()]])),
    ...pages,
  ]);
}

const page = (provider: string): string => `docs/providers/${provider}.md`;

/** What is made of a provider's schema: its tables, and under the plural of its name each list of known values. */
const providerParts = (schema: JsonObject): ReadonlyMap<string, string> =>
  new Map([
    ...entries(schema.properties).flatMap(([name, part]) => inner(name, part, schema)),
    ["fields", providerFields(schema)],
    ["rules", ruleTable(schema)],
    ...entries(schema.$defs).map(([name]) => [`${name}s`, knownValues(schema, `#/$defs/${name}`)] as const),
  ]);

/** The fields inside a field, or inside the items of one, under that field's name. */
function inner(name: string, part: Json, schema: JsonObject): readonly (readonly [string, string])[] {
  const field = opened(part, schema);
  const holder = field.type === "array" ? opened(field.items, schema) : field;
  if (!isObject(holder.properties)) return [];
  return [[name, fieldTables({ ...holder, $defs: schema.$defs ?? {} })]];
}

/** A page need not have a place for everything. */
function wanted(path: string, parts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const text = readFileSync(place(path), "utf8");
  return new Map([...parts].filter(([name]) => text.includes(`<!-- generated: ${name} -->`)));
}

const place = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const made = (path: string, parts: ReadonlyMap<string, string>): readonly [string, string] => [
  path,
  withParts(readFileSync(place(path), "utf8"), parts),
];
