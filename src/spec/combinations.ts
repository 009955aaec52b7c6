import type { Combination, Scalar, WrittenVideo } from "../schema/video.types.ts";
import type { Pointer } from "./places.ts";

export type Matrix = NonNullable<WrittenVideo["matrix"]>;
export type Lists = ReadonlyMap<string, readonly Scalar[]>;
export type Values = ReadonlyMap<string, Scalar>;

/** Values by name, and the part of the file that made them a combination of their own. */
export interface Combined {
  readonly values: Values;
  readonly from: Pointer;
}

/** The lists of a matrix, by name, in the order they were written. */
export function listsOf({ include: _, exclude: __, ...lists }: Matrix): Lists {
  return new Map(Object.entries(lists).map(([key, list]) => [key, (list ?? []) as readonly Scalar[]]));
}

/** Every choice of one value from each list; the last list changes fastest. None when there is no list. */
export function product(lists: Lists): readonly Values[] {
  if (lists.size === 0) return [];
  let all: readonly (readonly (readonly [string, Scalar])[])[] = [[]];
  for (const [key, list] of lists)
    all = all.flatMap((chosen) => list.map((value) => [...chosen, [key, value] as const]));
  return all.map((chosen) => new Map(chosen));
}

/** Whether all that `part` says is true of the values. */
export const agrees = (values: Values, part: Combination): boolean =>
  Object.entries(part).every(([key, value]) => values.get(key) === value);

/**
 * What `include` makes of the combinations. An entry goes into every combination of the product that it does not
 * contradict, where it may replace what another entry added but never a value of the lists. One that fits nowhere is a
 * combination of its own, and no later entry goes into that.
 */
export function withIncluded(original: readonly Values[], matrix: Matrix): readonly Combined[] {
  const lists = listsOf(matrix);
  const extended = original.map((values) => ({ own: values, values: new Map(values) }));
  const added: Combined[] = [];
  for (const [index, entry] of (matrix.include ?? []).entries()) {
    const pairs = Object.entries(entry);
    const own = Object.fromEntries(pairs.filter(([key]) => lists.has(key)));
    const fitting = extended.filter((combination) => agrees(combination.own, own));
    for (const { values } of fitting) for (const [key, value] of pairs) values.set(key, value);
    if (fitting.length === 0) added.push({ values: new Map(pairs), from: ["matrix", "include", index] });
  }
  return [...extended.map(({ values }) => ({ values, from: ["matrix"] })), ...added];
}
