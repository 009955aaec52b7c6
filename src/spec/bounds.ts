import type { Finding } from "./finding.ts";

/** How much a file may hold. A parser that is given more can take minutes, or the whole process with it. */
export const bounds = {
  bytes: 2 ** 20,
  depth: 64,
  nodes: 20_000,
  aliases: 10,
  /** Far more than so many nodes need, even with a comment on each line. */
  tokens: 150_000,
} as const;

/** C0 but tab and line breaks, DEL, C1 but NEL, half surrogates, the two non-characters, and a lone carriage return. */
const forbidden = /(?![\t\n\r\u0085])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]|\r(?!\n)/u;

/** What is wrong with a text as such, whatever it means. Costs no more than reading it once. */
export function textFinding(text: string): Finding | undefined {
  if (text.length > bounds.bytes || new TextEncoder().encode(text).length > bounds.bytes) {
    return { code: "too-large", message: "the file is larger than 1 MiB", start: 0, end: 1 };
  }
  if (/^(?:\uFFFD\uFFFD|.?\0.\0)/su.test(text)) {
    return {
      code: "bad-encoding",
      message: "the file is not UTF-8; it looks like UTF-16",
      hint: "save it as UTF-8",
      start: 0,
      end: 1,
    };
  }
  const found = forbidden.exec(text);
  return found === null ? undefined : { ...badCharacter(found[0]), start: found.index, end: found.index + 1 };
}

/** What is wrong with a character that no value may hold. */
export function badCharacter(character: string): Pick<Finding, "code" | "message" | "hint"> {
  if (character === "\r") {
    return { code: "bad-line-break", message: "a carriage return stands alone", hint: "end lines with LF or CRLF" };
  }
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return {
    code: "bad-character",
    message: `the character U+${hex} is not allowed`,
    hint: "remove it; it is invisible in most editors",
  };
}

/** The first character of a value that must not leave the machine: escapes in quotes can write what a file cannot. */
export const forbiddenIn = (value: string): string | undefined =>
  /(?![\t\n\r\u0085])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u.exec(value)?.[0];
