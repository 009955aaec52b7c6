import { existsSync, readFileSync } from "node:fs";
import { readSource } from "../io/files.ts";
import type { Repository } from "../io/repository.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { Checked } from "../model/problem.ts";
import type { ProviderName, RepoPath } from "../model/unit.ts";
import type { WrittenCatalogue } from "../schema/catalogue.types.ts";
import { catalogueOf, parseCatalogue } from "../spec/catalogue.ts";

/** Where a project keeps the list of a provider's models that it plans by, once it was refreshed. */
export const cataloguePath = (name: ProviderName): RepoPath => `catalogue/${name}.json` as RepoPath;

/**
 * What the named providers offer: by the project's own list, or else by the one that came with this version. A provider
 * that lists no models has none.
 */
export async function readCatalogues(
  names: Iterable<ProviderName>,
  repository: Repository,
  take: <T>(checked: Checked<T>) => T | undefined,
): Promise<ReadonlyMap<ProviderName, Catalogue>> {
  const found = new Map<ProviderName, Catalogue>();
  for (const name of new Set(names)) {
    const path = cataloguePath(name);
    const own = readSource(repository, path);
    if (!own.ok) take({ ok: false, problems: [own.problem] });
    else if (own.value !== undefined) {
      const { validate } = await import("../schema/catalogue.validate.js");
      const catalogue = take(parseCatalogue(path, own.value.text, validate));
      if (catalogue !== undefined) found.set(name, catalogue);
    } else {
      const catalogue = shipped(name);
      if (catalogue !== undefined) found.set(name, catalogue);
    }
  }
  return found;
}

/** The list that came with this version. The tests check what is in it. */
function shipped(name: ProviderName): Catalogue | undefined {
  const file = new URL(`../../catalogue/${name}.json`, import.meta.url);
  if (!existsSync(file)) return undefined;
  return catalogueOf(JSON.parse(readFileSync(file, "utf8")) as WrittenCatalogue);
}
