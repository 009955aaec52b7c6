import { readFileSync } from "node:fs";
import type { Catalogue } from "../../src/model/catalogue.ts";
import type { Facts } from "../../src/model/provider.ts";
import type { Input, Request } from "../../src/model/unit.ts";
import type { WrittenCatalogue } from "../../src/schema/catalogue.types.ts";
import { catalogueOf } from "../../src/spec/catalogue.ts";
import { factsWith } from "./facts.ts";

const file = new URL("../../catalogue/openrouter.json", import.meta.url);

/** What OpenRouter listed on 2026-10-02, as it comes with Reelform. */
export const listed: Catalogue = catalogueOf(JSON.parse(readFileSync(file, "utf8")) as WrittenCatalogue);

export const listedFacts: Facts = factsWith({ catalogue: listed });

export type Fields = { readonly [field: string]: Input };

export const asking = (model: string, fields: Fields = {}): Request => ({
  operation: "generate",
  with: { model, prompt: "Waves", ...fields },
});
