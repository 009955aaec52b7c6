import type { JsonObject } from "../../src/model/json.ts";
import { type FieldGroup, groupsOf } from "./fields.ts";
import { code, table } from "./table.ts";

/** The reference of one format: a table of the file's fields, and one for whatever its lists and mappings hold. */
export const fieldTables = (schema: JsonObject): string => groupsOf(schema).map(fieldTable).join("\n\n");

function fieldTable({ path, meaning, fields }: FieldGroup): string {
  const rows = fields.map((field) => [
    `${code(field.path)}${field.required ? " \\*" : ""}`,
    field.values,
    field.meaning,
  ]);
  const head = path === "" ? "" : `${code(path)}: ${meaning}\n\n`;
  return `${head}${table(["field", "values", "meaning"], rows)}`;
}
