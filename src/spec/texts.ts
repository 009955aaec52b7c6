import type { Inputs, Refusal } from "../model/input.ts";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { FieldNotes } from "../model/schema.ts";
import type { RepoPath } from "../model/unit.ts";
import { doubt, mistake } from "./mistake.ts";
import { tidyText } from "./normal-text.ts";
import { noteAt } from "./notes.ts";
import { placeholdersOf, stepReference } from "./placeholder.ts";
import type { Places, Pointer } from "./places.ts";

export interface WithTexts {
  readonly fields: JsonObject;
  readonly problems: readonly Problem[];
  /** The values that could not be read: nothing more can be said of them. */
  readonly broken: readonly Pointer[];
}

/**
 * Puts the content of text files in their places, and refuses what no request may hold. Assets stay as they are
 * written: the provider's schema speaks of that form.
 */
export function readTexts(fields: JsonObject, places: Places, notes: FieldNotes, inputs: Inputs): WithTexts {
  const problems: Problem[] = [];
  const broken: Pointer[] = [];
  const complain = (at: Pointer, refusal: Refusal, of = at): void => {
    problems.push(mistake(places, at, refusal));
    broken.push(of);
  };

  const inside = (value: Json, at: Pointer): Json => {
    const note = noteAt(notes, at);
    if (typeof value === "string") {
      if (note?.asset !== undefined) return value;
      if (stepReference(value) !== undefined) complain(at, noPlaceForStep);
      return note?.text === true ? tidyText(value) : value;
    }
    if (Array.isArray(value)) return value.map((item, index) => inside(item, [...at, index]));
    if (!isObject(value)) return value;
    const file = note?.text === true ? fileOf(value) : undefined;
    if (file !== undefined) return content(file, [...at, "file"], at);
    if (looksResolved(value)) complain(at, reserved);
    return inObject(value, at);
  };
  const inObject = (value: JsonObject, at: Pointer): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item, [...at, key])]));
  const content = (file: string, at: Pointer, whole: Pointer): Json => {
    const text = inputs.text(places.at(at).file as RepoPath, file);
    if (!text.ok) {
      complain(at, text.refusal, whole);
      return "";
    }
    if (placeholdersOf(text.value).some(({ body }) => /^(matrix|vars|steps)\./.test(body ?? ""))) {
      problems.push(doubt(places, whole, unfilled(file)));
    }
    return tidyText(text.value);
  };
  return { fields: inObject(fields, []), problems, broken };
}

function fileOf(value: JsonObject): string | undefined {
  const { file, ...rest } = value;
  return typeof file === "string" && Object.keys(rest).length === 0 ? file : undefined;
}

/** An asset and a step's output are told by their keys later on: an author may not write one that was never checked. */
const looksResolved = (value: JsonObject): boolean =>
  ("asset" in value && "sha256" in value) || ("step" in value && "role" in value && "digest" in value);

const reserved: Refusal = {
  code: "reserved-keys",
  message: "an object with these keys stands for a file that was checked, and cannot be written",
};
const noPlaceForStep: Refusal = {
  code: "step-in-plain-field",
  message: "the output of a step is a file, and this field takes none",
};
const unfilled = (file: string): Refusal => ({
  code: "placeholder-in-file",
  message: `${JSON.stringify(file)} has placeholders in it, and those in a text file are sent as they stand`,
});
