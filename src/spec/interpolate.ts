import type { Refusal } from "../model/input.ts";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { Scalar } from "../schema/video.types.ts";
import { fill, type Scope } from "./fill.ts";
import { insideScalar } from "./inside-scalar.ts";
import { mistakeAt } from "./mistake.ts";
import { placeholdersOf } from "./placeholder.ts";
import type { Places, Pointer } from "./places.ts";

export interface Interpolated<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

export interface FilledFields extends Interpolated<JsonObject> {
  /** The values that could not be filled in: nothing more can be said of them. */
  readonly broken: readonly Pointer[];
}

/**
 * Puts values in the place of `${{ … }}` in every text of an object; keys stay as they are. A placeholder that is the
 * whole scalar keeps the type of its value, one inside a text becomes text.
 */
export function interpolate(object: JsonObject, places: Places, scope: Scope): FilledFields {
  const problems: Problem[] = [];
  const broken: Pointer[] = [];
  const inObject = (value: JsonObject, at: Pointer): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item, [...at, key])]));
  const inside = (item: Json, at: Pointer): Json => {
    if (Array.isArray(item)) return item.map((part, index) => inside(part, [...at, index]));
    if (isObject(item)) return inObject(item, at);
    if (typeof item !== "string") return item;
    const text = interpolateText(item, at, places, scope);
    problems.push(...text.problems);
    if (text.problems.length > 0) broken.push(at);
    return text.value;
  };
  return { value: inObject(object, []), problems, broken };
}

const insideText: Refusal = {
  code: "step-inside-text",
  message: "the output of a step is a file and cannot stand inside a text",
  hint: "let the placeholder be all that the field holds",
};

/** The same for one text. */
export function interpolateText(text: string, pointer: Pointer, places: Places, scope: Scope): Interpolated<Scalar> {
  const problems: Problem[] = [];
  const pieces: Scalar[] = [];
  let end = 0;
  for (const [nth, placeholder] of placeholdersOf(text).entries()) {
    const whole = placeholder.start === 0 && placeholder.end === text.length;
    const filled = fill(placeholder, scope);
    const complain = (refusal: Refusal, word: string) =>
      problems.push(mistakeAt(places, insideScalar(places, places.at(pointer), nth, placeholder, word), refusal));
    if (filled.kind === "wrong") complain(filled.refusal, filled.word);
    else if (filled.kind === "step" && !whole) complain(insideText, placeholder.text);
    else if (filled.kind === "value" && whole) return { value: filled.value, problems };
    pieces.push(text.slice(end, placeholder.start), filled.kind === "value" ? filled.value : placeholder.text);
    end = placeholder.end;
  }
  pieces.push(text.slice(end));
  return { value: pieces.join(""), problems };
}
