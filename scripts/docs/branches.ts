import type { Field } from "./fields.ts";
import { code } from "./table.ts";

/** One shape of several: what its tag says, what that means, and the fields beside the tag. */
export interface Kind {
  readonly names: readonly string[];
  readonly meaning: string;
  readonly fields: readonly Field[];
}

/** The fields of a choice of shapes: first the tag that says which, then the others with the kinds that have them. */
export function branchFields(tag: string, kinds: readonly Kind[]): readonly Field[] {
  const all = kinds.flatMap(({ names }) => names);
  const which: Field = {
    path: tag,
    values: all.map(code).join(" · "),
    meaning: kinds
      .map(({ names, meaning }) => (names.length > 1 ? meaning : `${names.map(code)}: ${meaning}`))
      .join(" "),
    required: true,
  };
  return [which, ...merged(kinds, all)];
}

/** A field that several kinds have is told once. One that means another thing in each is told for each, side by side. */
function merged(kinds: readonly Kind[], all: readonly string[]): readonly Field[] {
  const byPath = new Map<string, Map<string, { readonly field: Field; readonly having: readonly string[] }>>();
  for (const { names, fields } of kinds) {
    for (const field of fields) {
      const told = byPath.get(field.path) ?? new Map();
      const key = JSON.stringify(field);
      told.set(key, { field, having: [...(told.get(key)?.having ?? []), ...names] });
      byPath.set(field.path, told);
    }
  }
  const worded = (field: Field, having: readonly string[]): Field =>
    having.length === all.length
      ? field
      : { ...field, meaning: `With ${having.map(code).join(", ")}. ${field.meaning}` };
  return [...byPath.values()].flatMap((told) => [...told.values()].map(({ field, having }) => worded(field, having)));
}
