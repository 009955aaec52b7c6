import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify, type ToStringOptions } from "yaml";
import type { JsonObject } from "../../src/model/json.ts";
import { type Given, unitsOf } from "./world.ts";

/** What an author means, and the files it needs. Assets are beside the spec. */
interface Meant {
  readonly fields: JsonObject;
  readonly files: { readonly [name: string]: string };
}

const letters = ["a", "Z", "é", "e\u0301", "한", "\u1112\u1161\u11ab", "ﬁ", "Ω", "🎬", "1", " ", "\n", "\t"];
const marks = ["#", ": ", "- ", "'", '"', "\\", "&", "*", "|", ">", "{", "}", "$", "%", "@", "`", "?", "~"];
const text = fc
  .array(fc.constantFrom(...letters, ...marks), { maxLength: 20 })
  .map((parts) => `x${parts.join("")}y`)
  .filter((it) => !it.includes("${{"));

const meant: fc.Arbitrary<Meant> = fc
  .record({
    prompt: text,
    seed: fc.integer({ min: -5, max: 1_000_000 }),
    loud: fc.boolean(),
    timing: fc.constantFrom("1", "2"),
    texts: fc.array(text, { minLength: 1, maxLength: 3 }),
    extra: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,5}$/),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    ),
    logo: fc.string({ minLength: 1, maxLength: 5 }),
  })
  .map(({ texts, logo, ...fields }) => ({
    fields: { ...fields, shots: texts.map((one) => ({ text: one })), logo: "logo.png" },
    files: { "logo.png": logo },
  }));

const spec = (fields: JsonObject): JsonObject => ({ provider: "golpo", with: fields });
const beside = (folder: string, files: Meant["files"]) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
const written = ({ fields, files }: Meant, text = stringify(spec(fields), { lineWidth: 0 })): Given => ({
  specs: { "videos/intro.yaml": text },
  files: beside("videos", files),
});

const everyText = (value: JsonObject, edit: (text: string) => string): JsonObject =>
  JSON.parse(JSON.stringify(value), (key, item) => (typeof item === "string" && key !== "logo" ? edit(item) : item));
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)] as const)
      .reverse(),
  );
};
const styled = (options: ToStringOptions) => (one: Meant) => written(one, stringify(spec(one.fields), options));

const neutral: { readonly [edit: string]: (one: Meant) => Given } = {
  "as JSON": (one) => written(one, JSON.stringify(spec(one.fields))),
  "with double quotes": styled({ defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE" }),
  "with single quotes": styled({ defaultStringType: "QUOTE_SINGLE", lineWidth: 0 }),
  "as blocks of text": styled({ defaultStringType: "BLOCK_LITERAL", defaultKeyType: "PLAIN", lineWidth: 0 }),
  "in braces": styled({ collectionStyle: "flow", lineWidth: 0 }),
  "with wide indentation": styled({ indent: 6, indentSeq: false }),
  "with comments": (one) => written(one, `# one\n\n${stringify(spec(one.fields), { lineWidth: 0 })}\n# two # three\n`),
  "with CRLF": (one) => written(one, stringify(spec(one.fields), { lineWidth: 0 }).replaceAll("\n", "\r\n")),
  "with a byte order mark": (one) => written(one, `\uFEFF${stringify(spec(one.fields), { lineWidth: 0 })}`),
  "with all keys the other way round": (one) => written(one, stringify(reversed(spec(one.fields)))),
  "with composed characters": (one) => written({ ...one, fields: everyText(one.fields, (it) => it.normalize("NFC")) }),
  "with characters in parts": (one) => written({ ...one, fields: everyText(one.fields, (it) => it.normalize("NFD")) }),
  "with CRLF in the texts": (one) =>
    written({ ...one, fields: everyText(one.fields, (it) => it.replaceAll("\n", "\r\n")) }),
  "with a final line break in every text": (one) =>
    written({ ...one, fields: { ...everyText(one.fields, (it) => `${it}\n`), timing: one.fields.timing ?? "1" } }),
  "with anchors": (one) => {
    const text = stringify(spec({ ...one.fields, prompt: "HERE" }), { lineWidth: 0 });
    return written(
      one,
      text.replace("HERE", () => `&here ${JSON.stringify(one.fields.prompt)}`),
    );
  },
  "with the prompt in a file": ({ fields, files }) =>
    written({
      fields: { ...fields, prompt: { file: "prompt.md" } },
      files: { ...files, "prompt.md": `${fields.prompt}\r\n` },
    }),
  "with the prompt from the matrix": (one) =>
    written(
      one,
      stringify({
        matrix: { p: [one.fields.prompt ?? ""] },
        ...spec({ ...one.fields, prompt: "$" + "{{ matrix.p }}" }),
      }),
    ),
  "with half of it in the project's defaults": ({ fields: { prompt = "", seed = 0, ...rest }, files }) => ({
    ...written({ fields: rest, files }),
    project: stringify({ version: 1, defaults: { golpo: { prompt, seed, loud: "hidden" } } }),
  }),
  "with a title, an id, labels, protection and a ceiling": (one) =>
    written(
      one,
      stringify({
        id: "other",
        title: "T",
        visibility: "public",
        labels: { a: "b" },
        protect: true,
        budget: { max: 1 },
        ...spec(one.fields),
      }),
    ),
  "with is_public": (one) => written({ ...one, fields: { ...one.fields, is_public: true } }),
  "in another folder": (one) => ({
    specs: { "videos/a/b/c.yml": stringify(spec(one.fields), { lineWidth: 0 }) },
    files: beside("videos/a/b", one.files),
  }),
  "with another path to the same file": ({ fields, files }) =>
    written({ fields: { ...fields, logo: "./sub/mark.png" }, files: { "sub/mark.png": files["logo.png"] ?? "" } }),
};

const withField =
  (field: string, value: JsonObject[string]) =>
  ({ fields, files }: Meant): Given =>
    written({ fields: { ...fields, [field]: value }, files });

const real: { readonly [edit: string]: (one: Meant) => Given } = {
  "with one character more": (one) => withField("prompt", `${one.fields.prompt}.`)(one),
  "with one space more": (one) => withField("prompt", ` ${one.fields.prompt}`)(one),
  "with a line break in front": (one) => withField("prompt", `\n${one.fields.prompt}`)(one),
  "with two final line breaks": (one) => withField("prompt", `${one.fields.prompt}\n\n`)(one),
  "with another seed": (one) => withField("seed", Number(one.fields.seed) + 1)(one),
  "with the opposite switch": (one) => withField("loud", one.fields.loud !== true)(one),
  "with another choice": (one) => withField("timing", one.fields.timing === "1" ? "2" : "1")(one),
  "with one item more": (one) => withField("shots", [...(one.fields.shots as JsonObject[]), { text: "" }])(one),
  "with one field less": ({ fields: { seed: _, ...fields }, files }) => written({ fields, files }),
  "with one field more": (one) => withField("images", [])(one),
  "with an unknown field more": (one) => withField("extra", { ...(one.fields.extra as JsonObject), longer: 0 })(one),
  "with other bytes in a file": (one) => written({ ...one, files: { "logo.png": `${one.files["logo.png"]}.` } }),
  "with an address in the place of a file": (one) => withField("logo", "https://example.com/logo.png")(one),
  "as a second take": (one) => ({ ...written(one), takeOf: () => 2 }),
};

const digestOf = (given: Given): string => {
  const [unit, ...others] = unitsOf(given);
  if (unit === undefined || others.length > 0) throw new Error("not one unit");
  return unit.digest;
};

test.each(Object.entries(neutral))("the same request %s has the same digest", (_, edit) => {
  fc.assert(
    fc.property(meant, (one) => {
      expect(digestOf(edit(one))).toBe(digestOf(written(one)));
    }),
    { numRuns: 60 },
  );
});

test.each(Object.entries(real))("a request %s has another digest", (_, edit) => {
  fc.assert(
    fc.property(meant, (one) => {
      expect(digestOf(edit(one))).not.toBe(digestOf(written(one)));
    }),
    { numRuns: 60 },
  );
});
