import type { Problem } from "../model/problem.ts";
import { displayWidth } from "./columns.ts";
import { sanitizeFor } from "./escape.ts";
import { type Ink, paintOf, type Style } from "./paint.ts";

const inks: Readonly<Record<Problem["severity"], Ink>> = { error: "red", warning: "yellow" };

/** Where the reader is not known, what is safe in a CI job's log is safe anywhere. */
const anywhere: Omit<Style, "colour"> = { width: 120, target: "actions" };

/** A problem as a person reads it: the place, the words, the line with what is meant underlined, and what to do. */
export function problemText(problem: Problem, style: Pick<Style, "colour"> & Partial<Style>): string {
  const { width, target, colour } = { ...anywhere, ...style };
  const paint = paintOf({ width, target, colour });
  const safe = (text: string): string => sanitizeFor(target, text).replaceAll("\n", "\\n");
  const { at, severity, message, sourceLine, hint } = problem;
  const ink = inks[severity];
  const place = `${safe(at.file)}:${at.line}:${at.column}`;
  const lines = [`${paint("bold", place)} ${paint(ink, severity)} ${safe(message)}`];
  if (sourceLine !== undefined && sourceLine.trim() !== "") {
    const { before, marked, after } = excerpt(sourceLine, at.column - 1, at.length, width - margin.length);
    const lead = safe(before);
    lines.push(`${margin}${lead}${safe(marked)}${safe(after)}`.trimEnd());
    const squiggle = "^".repeat(Math.max(1, displayWidth(safe(marked))));
    lines.push(`${margin}${" ".repeat(displayWidth(lead))}${paint(ink, squiggle)}`);
  }
  if (hint !== undefined) lines.push(`${margin}${paint("cyan", "hint:")} ${safe(hint)}`);
  return lines.join("\n");
}

const margin = "  ";

/** How much of a long line stays before what is meant. */
const lead = 30;

interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The part of a line around what is meant, no longer than asked. A tab takes one column. */
function excerpt(line: string, start: number, length: number, columns: number): Excerpt {
  const plain = line.replaceAll("\t", " ");
  if (plain.length <= columns) return cut(plain, 0, start, length, plain.length);
  const from = start + length <= columns ? 0 : Math.max(0, start - lead);
  const { before, marked, after } = cut(plain, from, start, Math.min(length, columns - lead), from + columns);
  return {
    before: from === 0 ? before : `…${before.slice(1)}`,
    marked,
    after: from + columns < plain.length ? `${after}…` : after,
  };
}

const cut = (line: string, from: number, start: number, length: number, to: number): Excerpt => ({
  before: line.slice(from, start),
  marked: line.slice(start, start + length),
  after: line.slice(start + length, to),
});
