import type { Location } from "../model/problem.ts";
import { mayHoldSecret } from "./secret-shape.ts";

/** Longer lines are left out of a problem: nobody reads them, and thousands of copies would fill the memory. */
const longestShown = 1000;

/** The lines of a text, for turning offsets into lines and columns. */
export interface Lines {
  /** The text of line `n`, counted from 1, without its line break. */
  text(n: number): string;
  /** The place of the characters from `start` up to `end`, cut at the end of the first line. */
  locate(file: string, start: number, end: number): Location;
  /** What a problem shows of the line, if it is fit to be shown. */
  shown(n: number): string | undefined;
}

/** Finds every line of the text once, so that each look-up is a binary search. */
export function linesOf(source: string): Lines {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);

  const text = (n: number): string => {
    const start = starts[n - 1];
    if (start === undefined) return "";
    const next = starts[n];
    const line = next === undefined ? source.slice(start) : source.slice(start, next - 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  };
  return {
    text,
    locate(file, start, end) {
      const line = lineAt(starts, start);
      const column = start - (starts[line - 1] ?? 0) + 1;
      const rest = text(line).length - column + 1;
      return { file, line, column, length: Math.max(1, Math.min(end - start, rest)) };
    },
    shown(n) {
      const line = text(n);
      return n <= starts.length && line.length <= longestShown && !mayHoldSecret(line) ? line : undefined;
    },
  };
}

/** The number of the last line that starts at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
