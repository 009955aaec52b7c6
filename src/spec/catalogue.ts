import type { Catalogue } from "../model/catalogue.ts";
import type { Checked } from "../model/problem.ts";
import type { Validate } from "../model/schema.ts";
import type { RepoPath } from "../model/unit.ts";
import type { WrittenCatalogue } from "../schema/catalogue.types.ts";
import { parseDocument } from "./document.ts";
import { checkDocument } from "./schema.ts";
import { settled } from "./settled.ts";

/** Reads a catalogue that a project keeps for itself. JSON is YAML too, so its mistakes have places. */
export function parseCatalogue(file: RepoPath, text: string, validate: Validate): Checked<Catalogue> {
  const parsed = parseDocument(file, text);
  if (!parsed.ok) return parsed;
  return settled(checkDocument(validate, parsed.value), () => catalogueOf(writtenIn(parsed.value)));
}

/** What the schema has just vouched for. */
const writtenIn = ({ value }: { readonly value: object }): WrittenCatalogue => value as WrittenCatalogue;

export const catalogueOf = ({ asOf, models }: WrittenCatalogue): Catalogue => ({
  asOf,
  models: new Map(models.map((model) => [model.id, model])),
});
