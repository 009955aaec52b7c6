import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { committedFiles } from "../../scripts/schema/committed.ts";
import { generatedFolder, sources } from "../../scripts/schema/sources.ts";
import { isObject, type Json } from "../../src/model/json.ts";
import { providerNames } from "../../src/model/unit.ts";

describe("the files made from the schemas", async () => {
  const files = await committedFiles(sources());

  test.each([...files])("%s is what its schema makes", (file, text) => {
    expect(readFileSync(join(generatedFolder, file), "utf8"), "run `npm run build:schema`").toBe(text);
  });

  test("are all that is kept in their folder", () => {
    const kept = readdirSync(generatedFolder).filter((file) => !file.endsWith(".validate.js"));
    expect(kept.sort()).toEqual([...files.keys()].sort());
  });
});

describe.each(sources())("the schema $name", ({ schema }) => {
  test("describes every field", () => {
    expect([...undescribed(schema, schema, [])]).toEqual([]);
  });
});

/** The properties, by their paths, that no words explain: neither their own nor those of what they refer to. */
function* undescribed(part: Json, root: Json, path: readonly string[]): Generator<string> {
  if (Array.isArray(part))
    for (const [index, item] of part.entries()) yield* undescribed(item, root, [...path, String(index)]);
  if (!isObject(part)) return;
  for (const [key, value] of Object.entries(part)) {
    const here = [...path, key];
    if (key === "if" || key === "then" || key === "else") continue;
    if (key === "properties" && isObject(value)) {
      for (const [name, field] of Object.entries(value)) {
        if (isObject(field) && !described(field, root)) yield [...here, name].join("/");
      }
    }
    yield* undescribed(value, root, here);
  }
}

function described(field: { readonly [key: string]: Json }, root: Json): boolean {
  if (typeof field.description === "string" && field.description.length > 3) return true;
  if (typeof field.$ref !== "string") return false;
  let target: Json | undefined = root;
  for (const step of field.$ref.slice(2).split("/")) target = isObject(target) ? target[step] : undefined;
  return isObject(target) && described(target, root);
}

test("every list of providers names all of them, in their order", () => {
  const lists = sources().flatMap(({ name, schema }) =>
    [...JSON.stringify(schema).matchAll(/"enum":(\["golpo"[^\]]*\])/g)].map(([, list = ""]) => [
      name,
      JSON.parse(list),
    ]),
  );
  expect(lists.map(([name]) => name)).toEqual(["lock", "project", "video"]);
  for (const [, list] of lists) expect(list).toEqual(providerNames);
});
