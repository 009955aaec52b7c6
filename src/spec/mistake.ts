import type { Refusal } from "../model/input.ts";
import { nearest } from "../model/nearest.ts";
import type { Location, Problem } from "../model/problem.ts";
import type { Part, Places, Pointer } from "./places.ts";

/** A problem with what stands at a place of its file, with the line to show. */
export function mistakeAt(
  places: Places,
  at: Location,
  refusal: Refusal,
  severity: Problem["severity"] = "error",
): Problem {
  const sourceLine = places.lineOf(at);
  return { ...refusal, severity, at, ...(sourceLine === undefined ? {} : { sourceLine }) };
}

/** A problem with the value, or the key, that a pointer names. */
export const mistake = (places: Places, pointer: Pointer, refusal: Refusal, part: Part = "value"): Problem =>
  mistakeAt(places, places.at(pointer, part), refusal);

/** Something that may well be meant, and more likely is not. */
export const doubt = (places: Places, pointer: Pointer, refusal: Refusal, part: Part = "value"): Problem =>
  mistakeAt(places, places.at(pointer, part), refusal, "warning");

/** Spread into a refusal: the hint that the nearest of the known names gives, if one is near. */
export function didYouMean(word: string, known: Iterable<string>): { readonly hint?: string } {
  const near = nearest(word, known);
  return near === undefined ? {} : { hint: `did you mean "${near}"?` };
}
