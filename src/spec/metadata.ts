import type { Json, JsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { FieldNotes } from "../model/schema.ts";
import type { Metadata } from "../model/unit.ts";
import type { Layered } from "./layers.ts";
import { mistake } from "./mistake.ts";
import { normalText } from "./normal-text.ts";

export interface WithMetadata {
  /** The fields that ask for a new generation when they change. */
  readonly fields: JsonObject;
  readonly metadata: Metadata;
  readonly problems: readonly Problem[];
}

/**
 * Takes what the provider changes in place out of the request: it has no part in the digest. What the spec says at its
 * top and what its `with` says must be the same; a mere default of the project gives way.
 */
export function takeMetadata(fields: JsonObject, top: Metadata, notes: FieldNotes, layered: Layered): WithMetadata {
  const problems: Problem[] = [];
  const names = new Map(
    notes.fields.flatMap(({ path, change, metadata }) => {
      const [field] = path;
      const moves = change === "in-place" && metadata !== undefined && field !== undefined && path.length === 1;
      return moves ? [[field, metadata] as const] : [];
    }),
  );
  let metadata = only(notes.inPlace, top);
  for (const [field, name] of names) {
    const value = fields[field];
    if (value === undefined) continue;
    const said = spoken(name, value);
    const before = metadata[name];
    if (before === undefined) metadata = { ...metadata, ...said };
    else if (layered.isOwn(field) && said[name] !== undefined && said[name] !== before) {
      const message = `${field}: ${JSON.stringify(value)} and ${name}: ${JSON.stringify(before)} contradict each other`;
      problems.push(mistake(layered.places, [field], { code: "metadata-conflict", message, hint: "keep one of them" }));
    }
  }
  const rest = Object.entries(fields).filter(([field]) => !names.has(field));
  return { fields: Object.fromEntries(rest), metadata, problems };
}

/** The part of what the spec says at its top that this provider can change in place. */
function only(inPlace: FieldNotes["inPlace"], { title, visibility }: Metadata): Metadata {
  return {
    ...(title === undefined || !inPlace.includes("title") ? {} : { title: normalText(title) }),
    ...(visibility === undefined || !inPlace.includes("visibility") ? {} : { visibility }),
  };
}

/** A provider's own field in our words: `is_public: true` says `visibility: public`. Null has no opinion. */
function spoken(name: keyof Metadata, value: Json): Metadata {
  if (name === "title") return typeof value === "string" ? { title: normalText(value) } : {};
  if (value === true || value === "public") return { visibility: "public" };
  return value === false || value === "private" ? { visibility: "private" } : {};
}
