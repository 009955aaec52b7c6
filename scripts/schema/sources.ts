import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "../../src/model/json.ts";

const folder = new URL("../../schemas/", import.meta.url);

/** A hand-written schema of the project. */
export interface Source {
  /** "video", "golpo": what the generated files are called after. */
  readonly name: string;
  readonly schema: JsonObject;
  /** Whether it describes what a provider takes under `with`. */
  readonly provider: boolean;
}

/** Every schema there is, by name. */
export function sources(): readonly Source[] {
  return [...within("", false), ...within("providers/", true)];
}

function within(part: string, provider: boolean): readonly Source[] {
  return readdirSync(new URL(part, folder))
    .filter((file) => file.endsWith(".schema.json"))
    .sort()
    .map((file) => ({
      name: basename(file, ".schema.json"),
      schema: JSON.parse(readFileSync(new URL(part + file, folder), "utf8")),
      provider,
    }));
}

export const generatedFolder = fileURLToPath(new URL("../../src/schema/", import.meta.url));
