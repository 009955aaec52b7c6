import type { AssetKind } from "../../src/model/input.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { FieldNote, FieldNotes } from "../../src/model/schema.ts";
import { flatten } from "./flatten.ts";
import type { Source } from "./sources.ts";

/** A module with what the schema's annotations say of each field. */
export function notesOf({ name, schema }: Source): string {
  const flat = flatten(schema);
  const maxBytes = flat["x-max-bytes"];
  const notes: FieldNotes = {
    inPlace: metadata(flat["x-in-place"]),
    fields: merged(fields(flat, [])),
    ...(typeof maxBytes === "number" ? { maxBytes } : {}),
  };
  return `/* Generated from schemas/providers/${name}.schema.json by scripts/build-schema.ts. */

import type { FieldNotes } from "../model/schema.ts";

export const notes: FieldNotes = ${JSON.stringify(notes)};
`;
}

function fields(schema: Json | undefined, path: readonly string[]): readonly FieldNote[] {
  if (!isObject(schema)) return [];
  const own = note(schema, path);
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const branches = ["oneOf", "anyOf", "allOf"].flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : []));
  return [
    ...(own === undefined ? [] : [own]),
    ...properties.flatMap(([key, part]) => fields(part, [...path, key])),
    ...fields(schema.items, [...path, "*"]),
    ...branches.flatMap((branch) => fields(branch, path)),
    ...fields(schema.then, path),
    ...fields(schema.else, path),
  ];
}

/** Branches of a schema may each describe a field: said once is enough. */
function merged(all: readonly FieldNote[]): readonly FieldNote[] {
  const byText = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...byText.values()];
}

function note(schema: JsonObject, path: readonly string[]): FieldNote | undefined {
  const asset = schema["x-asset"];
  const ids = schema["x-ids"];
  const change = schema["x-change"];
  const name = schema["x-metadata"];
  const found: FieldNote = {
    path,
    ...(asset === undefined ? {} : { asset: kinds(asset) }),
    ...(typeof ids === "string" ? { ids } : {}),
    ...(schema["x-reach"] === "url" ? { reach: "url" as const } : {}),
    ...(schema["x-text"] === true ? { text: true } : {}),
    ...(change === "cosmetic" || change === "in-place" ? { change } : {}),
    ...(name === undefined ? {} : { metadata: metadata([name])[0] ?? "title" }),
  };
  return Object.keys(found).length > 1 ? found : undefined;
}

function kinds(written: Json): readonly AssetKind[] {
  const all = Array.isArray(written) ? written : [written];
  return all.flatMap((kind): readonly AssetKind[] => {
    switch (kind) {
      case "media":
      case "image":
      case "video":
      case "audio":
      case "document":
        return [kind];
      default:
        throw new Error(`no kind of asset: ${JSON.stringify(kind)}`);
    }
  });
}

function metadata(written: Json | undefined): readonly ("title" | "visibility")[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) throw new Error("x-in-place is a list");
  return written.map((name) => {
    if (name === "title" || name === "visibility") return name;
    throw new Error(`no metadata: ${JSON.stringify(name)}`);
  });
}
