import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { documents } from "../../scripts/docs/documents.ts";
import { withParts } from "../../scripts/docs/marked.ts";

describe("the reference", async () => {
  test.each([...(await documents())])("%s is what schemas and program make of it", (path, text) => {
    expect(readFileSync(path, "utf8"), "run `npm run build:docs`").toBe(text);
  });
});

describe("a document with generated parts", () => {
  const text = "before\n<!-- generated: fields -->\nold\n<!-- end -->\nafter\n";

  test("keeps what people wrote around them", () => {
    const filled = withParts(text, new Map([["fields", "new"]]));
    expect(filled).toBe("before\n<!-- generated: fields -->\n\nnew\n\n<!-- end -->\nafter\n");
    expect(withParts(filled, new Map([["fields", "new"]]))).toBe(filled);
  });

  test("has a place for everything that is made, and a maker for every place", () => {
    expect(() => withParts(text, new Map())).toThrow('nobody makes the part "fields"');
    const two = new Map([
      ["fields", "new"],
      ["rules", "more"],
    ]);
    expect(() => withParts(text, two)).toThrow("no place is marked for rules");
  });
});
