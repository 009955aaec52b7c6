import type { Location } from "../model/problem.ts";
import type { Placeholder } from "./placeholder.ts";
import type { Places } from "./places.ts";

/**
 * Where in its file the `nth` placeholder of a scalar (from 0), or a word of it, was written. A scalar that is written
 * with escapes, or elsewhere and named by an alias, has only the place of the scalar.
 */
export function insideScalar(
  places: Places,
  scalar: Location,
  nth: number,
  { text }: Placeholder,
  word: string,
): Location {
  let line = scalar.line;
  let source = places.lineOf(scalar);
  let from = scalar.column - 1;
  if (source?.startsWith("*", from) === true) return scalar;
  for (let left = nth; source !== undefined; ) {
    const at = source.indexOf("${{", from);
    if (at !== -1 && left === 0) {
      const shown = text.split("\n", 1)[0] ?? text;
      if (!source.startsWith(shown, at)) return scalar;
      const inText = Math.max(0, shown.lastIndexOf(word));
      return {
        file: scalar.file,
        line,
        column: at + inText + 1,
        length: Math.max(1, Math.min(word.length, shown.length)),
      };
    }
    if (at !== -1) {
      left -= 1;
      from = at + 3;
    } else {
      line += 1;
      from = 0;
      source = places.lineOf({ file: scalar.file, line, column: 1, length: 1 });
    }
  }
  return scalar;
}
