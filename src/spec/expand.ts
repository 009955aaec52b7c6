import type { Refusal } from "../model/input.ts";
import type { Problem } from "../model/problem.ts";
import {
  agrees,
  type Combined,
  type Lists,
  listsOf,
  type Matrix,
  product,
  type Values,
  withIncluded,
} from "./combinations.ts";
import { didYouMean, doubt, mistake } from "./mistake.ts";
import type { Places, Pointer } from "./places.ts";

/** One combination of the matrix's values. */
export interface Cell {
  /** What the unit's id says behind its "@"; undefined where there is no matrix. */
  readonly name: string | undefined;
  readonly values: Values;
}

export interface Expanded {
  readonly cells: readonly Cell[];
  readonly problems: readonly Problem[];
}

/** As many as GitHub allows for one workflow. */
const mostCells = 256;
/** What `exclude` may still cut down; a larger product is not even made. */
const mostCombinations = 65_536;

/**
 * The cells of a matrix, by the rules of GitHub Actions: the product of the lists in the order of their keys, without
 * what `exclude` agrees with, and with what `include` adds to combinations or as new ones.
 */
export function expand(matrix: Matrix | undefined, places: Places): Expanded {
  if (matrix === undefined) return { cells: [{ name: undefined, values: new Map() }], problems: [] };
  const lists = listsOf(matrix);
  const count = [...lists.values()].reduce((all, list) => all * list.length, 1);
  if (count > mostCombinations) return tooMany(count, places);

  const { exclude = [] } = matrix;
  const all = product(lists);
  const combinations = withIncluded(
    all.filter((values) => !exclude.some((part) => agrees(values, part))),
    matrix,
  );
  if (combinations.length > mostCells) return tooMany(combinations.length, places);
  const strange = idleExcludes(matrix, all, places);
  if (combinations.length === 0) {
    const none = { code: "empty-matrix", message: "exclude leaves no combination of the matrix" };
    return { cells: [], problems: [...strange, mistake(places, ["matrix", "exclude"], none, "key")] };
  }
  const { cells, problems } = named(combinations, lists, places);
  return { cells, problems: [...strange, ...problems] };
}

function tooMany(count: number, places: Places): Expanded {
  const refusal = {
    code: "matrix-too-large",
    message: `the matrix has ${count} combinations, and ${mostCells} are allowed`,
  };
  return { cells: [], problems: [mistake(places, ["matrix"], refusal, "key")] };
}

/** An entry of `exclude` that leaves nothing out is a slip of the pen, and would be paid for. */
function idleExcludes(matrix: Matrix, all: readonly Values[], places: Places): readonly Problem[] {
  const lists = listsOf(matrix);
  return (matrix.exclude ?? []).flatMap((part, index) => {
    const at: Pointer = ["matrix", "exclude", index];
    const unknown = Object.keys(part).filter((key) => !lists.has(key));
    if (unknown.length > 0) {
      return unknown.map((key) => mistake(places, [...at, key], notInMatrix(key, [...lists.keys()]), "key"));
    }
    if (all.some((values) => agrees(values, part))) return [];
    return [doubt(places, at, { code: "idle-exclude", message: "no combination of the matrix agrees with this" })];
  });
}

const notInMatrix = (key: string, known: readonly string[]): Refusal => ({
  code: "unknown-matrix-key",
  message: `the matrix has no list ${JSON.stringify(key)}`,
  ...didYouMean(key, known),
});

/** Joins the values in the order of the matrix's keys; what only `include` adds comes last. */
function named(combinations: readonly Combined[], lists: Lists, places: Places): Expanded {
  const problems: Problem[] = [];
  const first = new Map<string, Combined>();
  const cells = combinations.map((combined) => {
    const name = nameOf(combined.values, lists);
    const other = first.get(name);
    if (name === "") problems.push(mistake(places, combined.from, nameless, "key"));
    else if (other !== undefined)
      problems.push(mistake(places, whereTold(combined, other, lists), collision(name, combined, other)));
    else first.set(name, combined);
    return { name, values: combined.values };
  });
  return { cells, problems };
}

function nameOf(values: Values, lists: Lists): string {
  const keys = [...lists.keys()].filter((key) => values.has(key));
  const extra = [...values.keys()].filter((key) => !lists.has(key));
  return [...keys, ...extra].map((key) => String(values.get(key)).replace(/[^A-Za-z0-9._-]/g, "-")).join(",");
}

const nameless: Refusal = { code: "nameless-cell", message: "a combination of the matrix has an empty name" };

const collision = (name: string, one: Combined, other: Combined): Refusal => ({
  code: "same-cell-name",
  message: `two combinations are both called ${JSON.stringify(name)}: ${shown(other.values)} and ${shown(one.values)}`,
  hint: 'only letters, digits, ".", "_" and "-" tell combinations apart',
});

const shown = (values: Values): string => JSON.stringify(Object.fromEntries(values));

/** The value that two combinations differ in, or the entry that made the later one. */
function whereTold({ values, from }: Combined, other: Combined, lists: Lists): Pointer {
  for (const [key, list] of lists) {
    const value = values.get(key);
    if (from.length === 1 && value !== undefined && value !== other.values.get(key)) {
      return ["matrix", key, list.indexOf(value)];
    }
  }
  return from;
}
