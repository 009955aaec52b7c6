import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** The rows of a provider's own document, a line each: parameters, models, options, values, statuses, error codes. */
function rowsOf(name: string): readonly string[] {
  const text = readFileSync(new URL(`../fixtures/seeds/${name}.txt`, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** Shows each row of a document true. A row that nothing shows fails, and so does a proof of what is no row. */
export function covers(name: string, proofs: { readonly [row: string]: () => unknown }): void {
  const rows = rowsOf(name);
  describe(`every row of ${name}'s document`, () => {
    test("is shown, and nothing else is", () => {
      expect(Object.keys(proofs).sort()).toEqual([...rows].sort());
    });
    test.each(Object.entries(proofs))("%s", async (_row, prove) => {
      expect.hasAssertions();
      await prove();
    });
  });
}
