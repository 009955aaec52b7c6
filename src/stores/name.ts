import type { Finished } from "../model/store.ts";

const longest = 150;

/** The name says what a file is of, and which bytes it has: the same file has the same name wherever it is kept. */
export function nameOf({ unit, role, sha256, extension }: Finished): string {
  const safe = unit
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, longest);
  return `${safe === "" ? "unit" : safe}.${role}.${sha256.slice(0, 12)}.${extension}`;
}
