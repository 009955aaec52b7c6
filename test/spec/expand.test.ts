import { expect, test } from "vitest";
import { expand } from "../../src/spec/expand.ts";
import { specOf, told } from "./world.ts";

function expanded(matrix: string) {
  const indented = matrix.replace(/^/gm, "  ");
  const { document, written } = specOf(`matrix:\n${indented}\nprovider: golpo\nwith: {}\n`);
  const { cells, problems } = expand(written.matrix, document);
  return {
    cells: Object.fromEntries(cells.map(({ name, values }) => [name, Object.fromEntries(values)])),
    names: cells.map(({ name }) => name),
    problems: problems.map((problem) => `${problem.severity} ${told(problem)}`),
  };
}

test("without a matrix there is one cell, and it has no name", () => {
  const { document, written } = specOf("provider: golpo\nwith: {}\n");
  expect(expand(written.matrix, document)).toEqual({ cells: [{ name: undefined, values: new Map() }], problems: [] });
});

test("the cells are the product of the lists, in the order of the keys, the last changing fastest", () => {
  expect(expanded("size: [big, small]\nlanguage: [en, es]").names).toEqual([
    "big,en",
    "big,es",
    "small,en",
    "small,es",
  ]);
});

test("values keep their types", () => {
  expect(expanded("a: [1]\nb: ['1']\nc: [true]\nd: [0.5]").cells).toEqual({
    "1,1,true,0.5": { a: 1, b: "1", c: true, d: 0.5 },
  });
});

test("exclude leaves out every combination that agrees with a part of one", () => {
  const { names } = expanded(`
os: [mac, win]
version: [1, 2]
exclude:
  - os: mac
    version: 1
  - { os: win }`);
  expect(names).toEqual(["mac,2"]);
});

// https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
test("include does what GitHub's own example says it does", () => {
  const { cells } = expanded(`
fruit: [apple, pear]
animal: [cat, dog]
include:
  - color: green
  - color: pink
    animal: cat
  - fruit: apple
    shape: circle
  - fruit: banana
  - fruit: banana
    animal: cat`);
  expect(Object.values(cells)).toEqual([
    { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
    { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
    { fruit: "pear", animal: "cat", color: "pink" },
    { fruit: "pear", animal: "dog", color: "green" },
    { fruit: "banana" },
    { fruit: "banana", animal: "cat" },
  ]);
});

test("include works on what exclude has left", () => {
  const { names } = expanded(`
language: [en, es]
exclude:
  - language: es
include:
  - language: es
    voice: maria`);
  expect(names).toEqual(["en", "es,maria"]);
});

test("a matrix of nothing but include has one cell for each entry", () => {
  expect(expanded("include:\n  - { site: a, n: 1 }\n  - { site: b }").cells).toEqual({
    "a,1": { site: "a", n: 1 },
    b: { site: "b" },
  });
});

test("a cell's name has the matrix's keys in their order and what include adds last", () => {
  const { names } = expanded(`
language: [en]
size: [big]
include:
  - { tone: "warm & loud", size: big }`);
  expect(names).toEqual(["en,big,warm---loud"]);
});

test("two cells of one name are a problem at the value that makes them so", () => {
  const { problems } = expanded('tone: ["warm tone", warm-tone]');
  expect(problems).toEqual([
    'error videos/intro.yaml:2:23 same-cell-name: two combinations are both called "warm-tone": {"tone":"warm tone"} and {"tone":"warm-tone"}',
  ]);
});

test("an entry of include that gives a taken name is a problem at that entry", () => {
  const { problems } = expanded("tone: [a b]\ninclude:\n  - { tone: a-b }");
  expect(problems).toEqual([expect.stringMatching(/^error videos\/intro.yaml:4:\d+ same-cell-name: /)]);
});

test("a name of nothing is a problem", () => {
  expect(expanded("tone: ['']").problems).toEqual([expect.stringContaining("nameless-cell")]);
});

test("exclude with a key that the matrix does not have is a problem, with the key that was meant", () => {
  const { document, written } = specOf(
    "matrix:\n  language: [en, es]\n  exclude:\n    - langauge: es\nprovider: golpo\nwith: {}\n",
  );
  expect(expand(written.matrix, document).problems).toMatchObject([
    {
      severity: "error",
      code: "unknown-matrix-key",
      hint: 'did you mean "language"?',
      at: { line: 4, column: 7 },
    },
  ]);
});

test("exclude that leaves nothing out is worth a warning", () => {
  expect(expanded("version: [1, 2]\nexclude:\n  - version: '2'").problems).toEqual([
    "warning videos/intro.yaml:4:7 idle-exclude: no combination of the matrix agrees with this",
  ]);
});

test("exclude that leaves nothing is a problem", () => {
  expect(expanded("a: [1]\nexclude:\n  - a: 1").problems).toEqual([expect.stringContaining("empty-matrix")]);
});

test.each([
  [16, 16, []],
  [257, 1, ["the matrix has 257 combinations, and 256 are allowed"]],
  [300, 300, ["the matrix has 90000 combinations, and 256 are allowed"]],
])("a product of %i and %i is held to 256 cells", (a, b, messages) => {
  const list = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => index));
  const { document, written } = specOf(`matrix: { a: ${list(a)}, b: ${list(b)} }\nprovider: golpo\nwith: {}\n`);
  const { cells, problems } = expand(written.matrix, document);
  expect(problems.map(({ message }) => message)).toEqual(messages);
  expect(cells).toHaveLength(messages.length === 0 ? a * b : 0);
});
