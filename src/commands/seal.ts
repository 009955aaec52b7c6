import { sha256 } from "../io/sha256.ts";

/** How many characters a seal adds. */
export const sealLength = " sum=".length + 64;

/** A comment with a checksum of itself in its hidden first line, which tells an edit of any part of it. */
export const sealed = (comment: string): string => comment.replace(/ -->/, ` sum=${sumOf(comment)} -->`);

/** Whether a comment is as it was written. */
export function isSealed(comment: string): boolean {
  const [, begin, sum, end] = /^([^\n\r]*?) sum=([0-9a-f]{64})( -->.*)$/s.exec(comment) ?? [];
  return begin !== undefined && sumOf(`${begin}${end}`) === sum;
}

/** GitHub may hand line ends back in another style. */
const sumOf = (comment: string): string => sha256(comment.replaceAll("\r\n", "\n").trimEnd());
