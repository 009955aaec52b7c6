import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/model/problem.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { bounds } from "../../src/spec/bounds.ts";
import { type Document, parseDocument } from "../../src/spec/document.ts";

const file = "videos/intro.yaml" as RepoPath;

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseDocument(file, text);
  return parsed.ok ? parsed.warnings : parsed.problems;
}

function read(text: string): Document {
  const parsed = parseDocument(file, text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("; "));
  return parsed.value;
}

const place = ({ at }: Problem): string => `${at.line}:${at.column}`;

describe("a document", () => {
  const values: readonly (readonly [string, string, unknown])[] = [
    ["YAML 1.2 truths only", "a: yes\nb: true\nc: on", { a: "yes", b: true, c: "on" }],
    ["keys as they are written", "1: a\ntrue: b\n0x10: c", { "1": "a", true: "b", "0x10": "c" }],
    ["aliases where they stand", "a: &x [1, 2]\nb: *x", { a: [1, 2], b: [1, 2] }],
    ["Windows line ends", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", { a: 1, b: "x\ny\n" }],
    ["a byte order mark", "\uFEFFa: 1", { a: 1 }],
    ["a document mark at either end", "---\na: 1\n...\n", { a: 1 }],
    ["core tags", "a: !!str 1", { a: "1" }],
    ["nothing behind a key", "a:\nb: ~", { a: null, b: null }],
    ["tabs and brackets inside texts", 'a: |\n  [[[[\t- - -\nb: "{{{{"', { a: "[[[[\t- - -\n", b: "{{{{" }],
    ["keys that objects know", "toString: 1\nhasOwnProperty: 2", { toString: 1, hasOwnProperty: 2 }],
  ];
  test.each(values)("takes %s", (_name, text, value) => {
    expect(JSON.stringify(read(text).value)).toBe(JSON.stringify(value));
  });

  test("holds objects without a prototype", () => {
    const { value } = read("a: {b: 1}");
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.getPrototypeOf(value.a)).toBeNull();
  });

  const refusals: readonly (readonly [string, string, string, string])[] = [
    ["an empty file", "# nothing\n", "empty", "1:1"],
    ["a list", "- a", "not-a-mapping", "1:1"],
    ["a duplicate key", "a: 1\nb:\n  c: 1\n  c: 2", "duplicate-key", "4:3"],
    ["a merge key", "a: &x {b: 1}\nc:\n  <<: *x", "merge-key", "3:3"],
    ["a custom tag", "a: 1\nb: !!js/function 'x'", "bad-tag", "2:4"],
    ["a verbatim tag", "a: !<tag:yaml.org,2002:str> x", "bad-tag", "1:4"],
    ["a directive", "%YAML 1.1\n---\na: yes", "bad-directive", "1:1"],
    ["a second document", "a: 1\n---\nb: 2", "several-documents", "2:1"],
    ["text after the end of the document", "a: 1\n...\nb: 2", "several-documents", "3:1"],
    ["__proto__", "a:\n  __proto__: {polluted: 1}", "bad-key", "2:3"],
    ["constructor", "constructor: 1", "bad-key", "1:1"],
    ["a list as key", "? [a]\n: b", "bad-key", "1:3"],
    ["an empty key", ": a", "bad-key", "1:1"],
    ["a tab as indentation", "a:\n\tb: 1", "tab", "2:2"],
    ["a tab after spaces", "a:\n  b: 1\n \tc: 1", "tab", "3:3"],
    ["an integer beyond 2^53", "seed: 9007199254740993", "bad-number", "1:7"],
    ["an infinite number", "a: 1e999", "bad-number", "1:4"],
    [".nan", "a: .nan", "bad-number", "1:4"],
    ["a NUL", "a: 1\nb: x\0y", "bad-character", "2:5"],
    ["an escape character", "a: \x1b[31m", "bad-character", "1:4"],
    ["an escaped control character", 'a: "\\e[31m"', "bad-character", "1:4"],
    ["an escaped half surrogate", 'a: "\\ud800"', "bad-character", "1:4"],
    ["a carriage return alone", "a: 1\rb: 2", "bad-line-break", "1:5"],
    ["UTF-16 read as UTF-8", "a\0:\0 \x001\0", "bad-encoding", "1:1"],
    ["an unknown alias", "a: *b", "bad-alias", "1:4"],
    ["an alias in itself", "a: &x [*x]", "bad-alias", "1:8"],
    ["an open quote", 'a: "b\nc: d', "bad-yaml", "2:5"],
    ["an item inside of brackets", "a: [- b]", "bad-yaml", "1:5"],
    ["a mapping on the line of its key", "a: b: c", "bad-yaml", "1:5"],
  ];
  test.each(refusals)("refuses %s, and says where", (_name, text, code, at) => {
    const [first] = problemsOf(text);
    expect(first === undefined ? undefined : [first.code, place(first)]).toEqual([code, at]);
  });

  test("reports everything it can find at once", () => {
    const codes = problemsOf("a: 1\na: 2\n<<: {}\nb: 1e999").map(({ code }) => code);
    expect(codes).toEqual(["duplicate-key", "merge-key", "bad-number"]);
  });
});

describe("a place in a document", () => {
  const document = read(
    'title: "A film"\nwith:\n  prompt: |\n    Long\n    text\n  tags: [a, "b c"]\nsteps:\n  - x: 1\n    y: 2\n',
  );
  const places: readonly (readonly [(string | number)[], "key" | "value", string, number])[] = [
    [["title"], "key", "1:1", 5],
    [["title"], "value", "1:8", 8],
    [["with", "prompt"], "value", "3:11", 1],
    [["with"], "value", "2:1", 4],
    [["with", "tags", 1], "value", "6:13", 5],
    [["steps", 0], "value", "8:5", 1],
    [["steps", 0, "y"], "key", "9:5", 1],
    [["with", "missing", "deeper"], "value", "2:1", 4],
    [[], "value", "1:1", 5],
  ];
  test.each(places)("%j, its %s", (pointer, part, at, length) => {
    const found = document.at(pointer, part);
    expect([`${found.line}:${found.column}`, found.length]).toEqual([at, length]);
  });

  test("gives the text of a line, but not when it may hold a secret", () => {
    const secret = read("a: 1\napi_key: abcdefgh12345678");
    expect(secret.lineOf(secret.at(["a"]))).toBe("a: 1");
    expect(secret.lineOf(secret.at(["api_key"]))).toBeUndefined();
  });
});

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** Each of these takes an unguarded parser minutes, or the whole process. */
const hostile: readonly (readonly [string, string, string])[] = [
  ["900 nested brackets", "[".repeat(900), "too-deep"],
  ["900 nested brackets, closed", `a: ${"[".repeat(900)}${"]".repeat(900)}`, "too-deep"],
  ["900 keys in brackets without a comma", `[${"a: ".repeat(900)}`, "bad-yaml"],
  ["900 complex keys behind keys", "a: ? ".repeat(900), "bad-yaml"],
  ["100,000 nested flow mappings", "{a: ".repeat(100_000), "too-deep"],
  ["100,000 mappings on one line", "a: ".repeat(100_000), "bad-yaml"],
  ["1,000 mappings, each further right", many(1000, (index) => `${" ".repeat(index)}a:\n`), "too-deep"],
  ["100,000 lists on one line", "- ".repeat(100_000), "too-deep"],
  ["100,000 complex keys on one line", "? ".repeat(100_000), "too-deep"],
  ["900 items inside of a bracket", `[${"- ".repeat(900)}`, "bad-yaml"],
  ["brackets closed by the wrong kind", "[{".repeat(500) + "]}".repeat(500), "too-deep"],
  ["40,000 keys", many(40_000, (index) => `k${index}: v\n`), "too-many-nodes"],
  ["40,000 equal keys", "a: 1\n".repeat(40_000), "too-many-nodes"],
  ["100,000 empty items", "- \n".repeat(100_000), "too-many-nodes"],
  ["300,000 anchors", "&a ".repeat(300_000), "too-many-nodes"],
  ["200,000 comments", "# c\n".repeat(200_000), "too-many-nodes"],
  ["250,000 documents", "---\n".repeat(250_000), "several-documents"],
  ["a text of 20 MB", `a: "${"x".repeat(20_000_000)}"`, "too-large"],
  ["one byte too many", `a: "${"é".repeat(bounds.bytes / 2)}"`, "too-large"],
  [
    "an alias bomb",
    `a: &a [x,x]\n${many(9, (i) => `${"bcdefghij"[i]}: &${"bcdefghij"[i]} [*${"abcdefghi"[i]},*${"abcdefghi"[i]}]\n`)}`,
    "too-many-aliases",
  ],
  [
    "a list in a list, by aliases",
    `a: &a [${"[".repeat(40)}1${"]".repeat(40)}]\nb: ${"[".repeat(40)}*a${"]".repeat(40)}`,
    "too-deep",
  ],
];

describe("a hostile document", () => {
  test.each(hostile)("of %s is refused for what it is", (_name, text, code) => {
    expect(problemsOf(text).map((problem) => problem.code)).toEqual([code]);
  });

  test("multiplies what its aliases stand for, and is refused when that is too much", () => {
    const text = `a: &a [${"x,".repeat(4000)}]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]`;
    expect(problemsOf(text).map(({ code }) => code)).toEqual(["too-many-nodes"]);
  });

  const seeds = [
    "a: 1\nwith:\n  prompt: |\n    hi\n  list: [a, {b: c}]\n",
    "steps:\n- x: &a {y: *a}\n  z: 'q'\n# c\n",
    "? a\n: b\n",
  ];
  const pieces = [
    ..."[]{}:-?,&*!|>'\"#%@` \n\t\r\0\\~<",
    "- ",
    ": ",
    "? ",
    "\n  ",
    "<<: ",
    "__proto__",
    "---\n",
    "!!int ",
    "&a ",
    "*a",
    "1e999",
    "\u2028",
    "\ud800",
    "constructor",
    "{a: [",
    "|2-\n",
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(80), fc.nat(4), fc.constantFrom(...pieces), fc.integer({ min: 1, max: 4 })), {
        maxLength: 8,
      }),
    )
    .map(([seed, edits]) =>
      edits.reduce(
        (text, [at, drop, piece, times]) => text.slice(0, at) + piece.repeat(times) + text.slice(at + drop),
        seed,
      ),
    );

  test("ends in a document or in problems with places, whatever it is", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const parsed = parseDocument(file, text);
        for (const { at, message } of parsed.ok ? parsed.warnings : parsed.problems) {
          expect(message).not.toBe("");
          expect(Math.min(at.line, at.column, at.length)).toBeGreaterThan(0);
        }
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: 4000 },
    );
  });
});
