import type { Inputs, Refusal } from "../model/input.ts";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { FieldNote, FieldNotes } from "../model/schema.ts";
import type { Input, RepoPath, Unit } from "../model/unit.ts";
import { mistake } from "./mistake.ts";
import { noteAt } from "./notes.ts";
import { stepReference } from "./placeholder.ts";
import type { Places, Pointer } from "./places.ts";
import { remoteRefusal } from "./remote.ts";

export interface WithAssets {
  readonly fields: { readonly [field: string]: Input };
  readonly problems: readonly Problem[];
}

/** What Golpo takes, and what any provider is held to whose schema names no limit of its own. */
const mostBytes = 15 * 1024 * 1024;

const unreachable = (what: string): Refusal => ({
  code: "not-reachable",
  message: `the provider fetches this itself, so ${what} is out of its reach`,
  hint: "put the file where anybody can get it, and write its https address; or keep files in public GitHub releases",
});

const reached = (reach: FieldNote["reach"]): { readonly reach?: "url" } => (reach === undefined ? {} : { reach });

/**
 * Puts files, by their content, and earlier steps' outputs in the place of the words that name them. `mayBePublic` says
 * whether the project keeps files where providers may be able to fetch them.
 */
export function attachAssets(
  fields: JsonObject,
  places: Places,
  notes: FieldNotes,
  inputs: Inputs,
  upstream: (step: string) => Unit | undefined,
  mayBePublic: boolean,
): WithAssets {
  const problems: Problem[] = [];
  const complain = (at: Pointer, refusal: Refusal): void => {
    problems.push(mistake(places, at, refusal));
  };
  const attach = (value: string, at: Pointer, { asset: kinds = [], ids, reach }: FieldNote): Input => {
    const reference = stepReference(value);
    if (reference !== undefined) {
      const unit = upstream(reference.step);
      if (unit === undefined) return value;
      if (reach === "url" && !mayBePublic) complain(at, unreachable("what an earlier step made"));
      return { step: unit.id, digest: unit.digest, take: unit.take, role: reference.role, ...reached(reach) };
    }
    if (ids !== undefined && value.startsWith(ids)) return value;
    if (/^[a-z][a-z0-9+.-]*:/i.test(value)) {
      const refusal = remoteRefusal(value);
      if (refusal !== undefined) complain(at, refusal);
      return value;
    }
    if (reach === "url" && !mayBePublic) {
      complain(at, unreachable("a local file"));
      return value;
    }
    const wanted = { kinds, maxBytes: notes.maxBytes ?? mostBytes };
    const asset = inputs.asset(places.at(at).file as RepoPath, value, wanted);
    if (asset.ok) return { ...asset.value, ...reached(reach) };
    complain(at, asset.refusal);
    return value;
  };
  const inside = (value: Json, at: Pointer): Input => {
    const note = noteAt(notes, at);
    if (typeof value === "string" && note?.asset !== undefined) return attach(value, at, note);
    if (Array.isArray(value)) return value.map((item, index) => inside(item, [...at, index]));
    return isObject(value) ? inObject(value, at) : value;
  };
  const inObject = (value: JsonObject, at: Pointer) =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item, [...at, key])]));
  return { fields: inObject(fields, []), problems };
}
