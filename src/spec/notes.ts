import type { FieldNote, FieldNotes } from "../model/schema.ts";
import type { Pointer } from "./places.ts";

/** All that a provider's schema notes of the value at a pointer; branches of the schema may each say a part. */
export function noteAt(notes: FieldNotes, pointer: Pointer): FieldNote | undefined {
  const fitting = notes.fields.filter(({ path }) => fits(path, pointer));
  const [first, ...rest] = fitting;
  return first === undefined ? undefined : rest.reduce(joined, first);
}

const fits = (path: readonly string[], pointer: Pointer): boolean =>
  path.length === pointer.length &&
  path.every((name, index) => (name === "*" ? typeof pointer[index] === "number" : name === pointer[index]));

const joined = (one: FieldNote, other: FieldNote): FieldNote => {
  const asset = [...new Set([...(one.asset ?? []), ...(other.asset ?? [])])];
  return { ...one, ...other, ...(asset.length === 0 ? {} : { asset }) };
};
