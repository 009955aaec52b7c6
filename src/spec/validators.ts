import type { FieldNotes, Validate } from "../model/schema.ts";
import type { ProviderName } from "../model/unit.ts";
import { providerSchemas } from "../schema/providers.ts";

/** What a provider takes under `with`. */
export interface ProviderRules {
  readonly validate: Validate;
  readonly notes: FieldNotes;
}

/** The compiled schemas of everything that authors write. */
export interface Validators {
  readonly video: Validate;
  readonly project: Validate;
  readonly providers: ReadonlyMap<ProviderName, ProviderRules>;
}

/** Loads the schemas of the formats and of the named providers: those of others would only cost time. */
export async function loadValidators(names: Iterable<ProviderName>): Promise<Validators> {
  const [video, project, ...rules] = await Promise.all([
    import("../schema/video.validate.js"),
    import("../schema/project.validate.js"),
    ...[...new Set(names)].map(rulesOf),
  ]);
  return { video: video.validate, project: project.validate, providers: new Map(rules.flat()) };
}

async function rulesOf(name: ProviderName): Promise<readonly (readonly [ProviderName, ProviderRules])[]> {
  const schema = providerSchemas[name];
  if (schema === undefined) return [];
  const [validate, notes] = await Promise.all([schema.validator(), schema.notes()]);
  return [[name, { validate, notes }]];
}
