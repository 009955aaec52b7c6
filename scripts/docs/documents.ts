import { readFileSync } from "node:fs";
import type { JsonObject } from "../../src/model/json.ts";
import { sources } from "../schema/sources.ts";
import { commandReference } from "./commands.ts";
import { exitCodes } from "./exit-codes.ts";
import { fieldTables } from "./field-tables.ts";
import { withParts } from "./marked.ts";
import { knownValues, providerFields } from "./provider-fields.ts";
import { ruleTable } from "./rules.ts";

/** Every document with a generated part, by its path, as it ought to be. What people wrote in it stays. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const all = sources();
  const schemaOf = (name: string): JsonObject => {
    const source = all.find((one) => one.name === name);
    if (source === undefined) throw new Error(`there is no schema ${name}`);
    return source.schema;
  };
  const formats = all
    .filter(({ provider }) => !provider)
    .map(({ name, schema }) => [name, fieldTables(schema)] as const);
  const golpo = schemaOf("golpo");
  return new Map([
    made("docs/formats.md", new Map(formats)),
    made("docs/cli.md", new Map([...(await commandReference()), ["exit codes", exitCodes()]])),
    made(
      "docs/providers/golpo.md",
      new Map([
        ["fields", providerFields(golpo)],
        ["rules", ruleTable(golpo)],
        ["languages", knownValues(golpo, "#/$defs/language")],
      ]),
    ),
  ]);
}

const made = (path: string, parts: ReadonlyMap<string, string>): readonly [string, string] => [
  path,
  withParts(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"), parts),
];
