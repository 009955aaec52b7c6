import type { Inputs } from "../model/input.ts";
import type { Problem } from "../model/problem.ts";
import type { Remark } from "../model/provider.ts";
import type { FieldNotes } from "../model/schema.ts";
import type { Input, Metadata, Request, ShortHash, Unit } from "../model/unit.ts";
import { attachAssets } from "./assets.ts";
import { fieldHashes } from "./digest.ts";
import type { Scope } from "./fill.ts";
import { interpolate } from "./interpolate.ts";
import type { Layered } from "./layers.ts";
import { takeMetadata } from "./metadata.ts";
import { mistake } from "./mistake.ts";
import type { Places, Pointer } from "./places.ts";
import { checkValue } from "./schema.ts";
import { readTexts } from "./texts.ts";
import type { ProviderRules } from "./validators.ts";

export interface Requested {
  readonly request: Request;
  /** The part of the request that another result would come of: its digest and the hashes of its fields are of this. */
  readonly telling: Request;
  readonly fields: { readonly [field: string]: ShortHash };
  readonly metadata: Metadata;
  readonly problems: readonly Problem[];
}

/** What a step's fields are made whole with. */
export interface Surroundings {
  readonly scope: Scope;
  /** What the spec says at its top. */
  readonly top: Metadata;
  readonly rules: ProviderRules;
  readonly remarks: (request: Request) => readonly Remark[];
  readonly inputs: Inputs;
  /** The unit of an earlier step, in the same cell. */
  readonly upstream: (step: string) => Unit | undefined;
  /** Whether the project keeps files where providers may be able to fetch them. */
  readonly mayBePublic: boolean;
}

/**
 * Fills in what a step's fields leave open, checks them by the provider's schema, and only then takes files and
 * metadata out of them: the schema speaks of fields as they are written.
 */
export function requestOf(
  layered: Layered,
  { scope, top, rules, remarks, inputs, upstream, mayBePublic }: Surroundings,
): Requested {
  const { places } = layered;
  const filled = interpolate(layered.fields, places, scope);
  const texts = readTexts(filled.value, places, rules.notes, inputs);
  const early = [...filled.problems, ...texts.problems];
  const invalid = news(checkValue(rules.validate, texts.fields, places), places, [...filled.broken, ...texts.broken]);
  const { fields, metadata, problems } = takeMetadata(texts.fields, top, rules.notes, layered);
  const attached = attachAssets(fields, places, rules.notes, inputs, upstream, mayBePublic);
  const request = requestFrom(attached.fields);
  const telling = withoutCosmetics(attached.fields, rules.notes);
  const found = [...early, ...invalid, ...problems, ...attached.problems];
  const sound = !found.some(({ severity }) => severity === "error");
  return {
    request,
    telling: requestFrom(telling),
    fields: fieldHashes(telling),
    metadata,
    problems: sound ? [...found, ...remarks(request).map((remark) => remarked(remark, places))] : found,
  };
}

type Fields = { readonly [field: string]: Input };

function requestFrom({ operation, ...rest }: Fields): Request {
  return { operation: typeof operation === "string" ? operation : onlyOperation, with: rest };
}

/** Without the fields that are sent and change nothing of what is made. */
function withoutCosmetics(fields: Fields, { fields: notes }: FieldNotes): Fields {
  const cosmetic = new Set(notes.flatMap(({ path, change }) => (change === "cosmetic" ? [path.join(".")] : [])));
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !cosmetic.has(field)));
}

const remarked = ({ path, severity, ...said }: Remark, places: Places): Problem => ({
  ...mistake(places, path, said),
  severity,
});

/** What a provider is asked for that makes one thing only, and so has no field to say which. */
const onlyOperation = "generate";

/** The problems that are not about a value of which worse is known already. */
function news(problems: readonly Problem[], places: Places, broken: readonly Pointer[]): readonly Problem[] {
  const known = new Set(broken.map((pointer) => JSON.stringify(places.at(pointer))));
  return problems.filter(({ at }) => !known.has(JSON.stringify(at)));
}
