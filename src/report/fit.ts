import { bytesOf, joined, type Markdown, md } from "./markdown.ts";

/** A part of a comment that can be cut between its rows. */
export interface Section {
  /** What the rows are: "videos". */
  readonly of: Markdown;
  readonly before: Markdown;
  readonly rows: readonly Markdown[];
  /** Stands between rows. */
  readonly between: "\n" | "\n\n";
  readonly after: Markdown;
  /** At most this share of the room that is left, so that no section starves the ones after it. */
  readonly share: number;
}

/** What is appended for whatever does not fit: where the rest is. */
export type Elsewhere = (left: number, of: Markdown) => Markdown;

/**
 * Puts sections together under a budget of UTF-8 bytes. They stand in order of survival: the first take what they
 * need, whole rows only, and the last are cut first.
 */
export function cutToFit(head: Markdown, sections: readonly Section[], budget: number, elsewhere: Elsewhere): Markdown {
  const parts: Markdown[] = [head];
  let room = budget - bytesOf(head);
  for (const section of sections) {
    const part = cut(section, Math.floor(room * section.share) - 2, elsewhere);
    if (part === undefined) continue;
    parts.push(part);
    room -= bytesOf(part) + 2;
  }
  return joined(parts, "\n\n");
}

function cut(section: Section, room: number, elsewhere: Elsewhere): Markdown | undefined {
  const { before, rows, between, after } = section;
  if (rows.length === 0) return undefined;
  const frame = bytesOf(before) + bytesOf(after);
  const sizes = rows.map((row) => bytesOf(row) + between.length);
  if (frame + sum(sizes) <= room) return md`${before}${joined(rows, between)}${after}`;

  const note = (left: number): Markdown => md`${after}\n\n${elsewhere(left, section.of)}`;
  const fitting = howMany(sizes, room - bytesOf(before) - bytesOf(note(rows.length)));
  if (fitting > 0) {
    return md`${before}${joined(rows.slice(0, fitting), between)}${note(rows.length - fitting)}`;
  }
  const alone = elsewhere(rows.length, section.of);
  return bytesOf(alone) <= room ? alone : undefined;
}

function howMany(sizes: readonly number[], room: number): number {
  let used = 0;
  const over = sizes.findIndex((size) => {
    used += size;
    return used > room;
  });
  return over < 0 ? sizes.length : over;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
