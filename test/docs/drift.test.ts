import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commandReference } from "../../scripts/docs/commands.ts";
import { documents } from "../../scripts/docs/documents.ts";
import { withParts } from "../../scripts/docs/marked.ts";

describe("the reference", async () => {
  test.each([...(await documents())])("%s is what schemas and program make of it", (path, text) => {
    expect(readFileSync(path, "utf8"), "run `npm run build:docs`").toBe(text);
  });
});

test("flags that most commands have are told once, and of a command with none of them that is said", async () => {
  const parts = await commandReference();
  const common = parts.get("common flags") ?? "";
  for (const flag of ["-C, --dir <folder>", "--json", "--emulate", "--quiet"]) {
    expect(common).toContain(`| \`${flag}\` |`);
    expect(parts.get("command flags")).not.toMatch(new RegExp(`^\\| \`${flag}\` \\|`, "m"));
  }
  expect(parts.get("command flags")).not.toMatch(/takes +alone/);
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
