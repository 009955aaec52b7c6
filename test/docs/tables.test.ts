import { describe, expect, test } from "vitest";
import { fieldTables } from "../../scripts/docs/field-tables.ts";
import { helpOf } from "../../scripts/docs/help.ts";
import { ruleTable } from "../../scripts/docs/rules.ts";
import type { JsonObject } from "../../src/model/json.ts";

const placeholder = ["$", "{{ vars.<name> }}"].join("");

const tables: readonly (readonly [string, JsonObject, readonly string[]])[] = [
  [
    "names required fields, choices and bounds",
    {
      required: ["kind"],
      properties: {
        kind: { description: "Which. fast: at once.", enum: ["fast", "slow"] },
        count: { description: "How many.", type: "integer", minimum: 1, maximum: 9 },
      },
    },
    ["| `kind` \\* | `fast` · `slow` | Which. `fast`: at once. |", "| `count` | whole number; 1 to 9 | How many. |"],
  ],
  [
    "quotes texts that YAML would take for something else",
    { properties: { timing: { description: "Minutes.", enum: ["0.5", "auto", null] } } },
    ['| `timing` | `"0.5"` · `auto` · `null` | Minutes. |'],
  ],
  [
    "shows placeholders, and bars inside patterns, as they are written",
    { properties: { to: { description: `Takes ${placeholder} or <b>.`, type: "string", pattern: "^a|b$" } } },
    [`| \`to\` | text; \`^a\\|b$\` | Takes \`${placeholder}\` or &lt;b>. |`],
  ],
  [
    "gives the items of a list a table of their own",
    {
      properties: {
        files: {
          description: "All.",
          type: "array",
          items: {
            description: "One.",
            type: "object",
            properties: { path: { description: "Where.", type: "string" } },
          },
        },
      },
    },
    ["| `files` | list of mappings | All. |", "`files[]`: One.", "| `path` | text | Where. |"],
  ],
  [
    "tells of each field in a choice of shapes who has it",
    {
      discriminator: { propertyName: "to" },
      oneOf: [
        {
          description: "A folder.",
          properties: { to: { const: "disk" }, path: { description: "Where.", type: "string" } },
        },
        { description: "A bucket.", properties: { to: { const: "s3" } } },
      ],
    },
    ["| `to` \\* | `disk` · `s3` | `disk`: A folder. `s3`: A bucket. |", "| `path` | text | With `disk`. Where. |"],
  ],
];

describe("a field table", () => {
  test.each(tables)("%s", (_, schema, lines) => {
    const text = fieldTables(schema);
    for (const line of lines) expect(text.split("\n")).toContain(line);
  });
});

test("a rule of several fields is told once, with its words and the fields it is about", () => {
  const rule = {
    if: {},
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { pen: false, image: false } },
    errorMessage: "{key} works with Canvas only",
    "x-hint": "remove {key}",
    "x-code": "canvas-only",
  };
  expect(ruleTable({ allOf: [rule] })).toContain(
    "| `canvas-only` | error | *field* works with Canvas only | remove *field* | `pen`, `image` |",
  );
});

test("help is read with the meanings that its lines break up", async () => {
  const { usage, flags, example } = await helpOf("plan");
  expect(usage).toBe("reelform plan [options] [selectors...]");
  expect(flags).toContainEqual({
    term: "--emulate",
    meaning: "run against an embedded emulator: no key, no network, no cost",
  });
  expect(example).toBe("reelform plan 'videos/hr/**'");
});
