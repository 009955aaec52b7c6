// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how placeholders are written
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Scalar } from "../../src/schema/video.types.ts";
import { interpolate } from "../../src/spec/interpolate.ts";
import { documentOf } from "./world.ts";

const scope = {
  matrix: new Map<string, Scalar>([
    ["language", "es"],
    ["take", 2],
    ["loud", false],
    ["nested", "${{ vars.brand }}"],
  ]),
  vars: new Map<string, Scalar>([
    ["brand", "Acme"],
    ["ratio", 0.5],
  ]),
  steps: ["generate", "describe"],
};

function filled(yaml: string) {
  const document = documentOf(yaml);
  const { value, problems } = interpolate(document.value, document, scope);
  return {
    value,
    problems: problems.map(({ at, message, hint }) => ({ at: `${at.line}:${at.column}+${at.length}`, message, hint })),
  };
}

test.each([
  ["the whole of a plain scalar", "a: ${{ matrix.take }}", 2],
  ["the whole of a quoted scalar", 'a: "${{ matrix.take }}"', 2],
  ["the whole of a scalar, without spaces", "a: ${{matrix.loud}}", false],
  ["a part of a text", "a: take ${{ matrix.take }} of ${{ vars.brand }}!", "take 2 of Acme!"],
  ["two side by side", "a: ${{ vars.ratio }}${{ matrix.loud }}", "0.5false"],
  ["deep inside", "a: [{ b: '${{ vars.ratio }}' }]", [{ b: 0.5 }]],
  ["a block of text", "a: |\n  Hola, ${{ vars.brand }}\n", "Hola, Acme\n"],
  ["no placeholder at all", "a: $x {{ y }} $${ z }", "$x {{ y }} $${ z }"],
])("%s is filled in", (_, yaml, expected) => {
  expect(filled(yaml)).toEqual({ value: { a: expected }, problems: [] });
});

test("a step's output stays as it is written, since it does not exist yet", () => {
  expect(filled("a: ${{ steps.generate.lastFrame }}")).toEqual({
    value: { a: "${{ steps.generate.lastFrame }}" },
    problems: [],
  });
});

test("keys are never filled in", () => {
  expect(Object.keys(filled("'${{ vars.brand }}': 1").value)).toEqual(["${{ vars.brand }}"]);
});

test.each([
  ["a: ${{ matrix.langauge }}", "1:15+8", 'matrix has no "langauge"', 'did you mean "language"?'],
  ["a: 'see ${{ vars.brandt }} here'", "1:18+6", 'vars has no "brandt"', 'did you mean "brand"?'],
  ["a: |\n  one\n  two ${{ vars.brandt }}", "3:16+6", 'vars has no "brandt"', 'did you mean "brand"?'],
  ["a: >-\n  ${{ vars.brand }}\n  ${{ vars.brandt }}", "3:12+6", 'vars has no "brandt"', 'did you mean "brand"?'],
  ["a: ${{ vars.brand }} ${{ vars.brandt }}", "1:31+6", 'vars has no "brandt"', 'did you mean "brand"?'],
  ["a:\n  - x\n  - ${{ vars.zzzzzzzzz }}", "3:14+9", 'vars has no "zzzzzzzzz"', undefined],
  ["a: ${{ matrix.toString }}", "1:15+8", 'matrix has no "toString"', undefined],
  ["a: ${{ steps.generat.video }}", "1:14+7", 'there is no step "generat"', 'did you mean "generate"?'],
  ["a: ${{ steps.generate.vidoe }}", "1:23+5", 'a step has no output "vidoe"', 'did you mean "video"?'],
  ["a: ${{ matrx.language }}", "1:8+5", 'placeholders know no "matrx"', 'did you mean "matrix"?'],
])("%j is a problem at the very word", (yaml, at, message, hint) => {
  expect(filled(yaml).problems).toEqual([{ at, message, hint }]);
});

test.each([
  "a: ${{ env.GOLPO_API_KEY }}",
  "a: ${{ secrets.GOLPO_API_KEY }}",
  "a: ${{ github.token }}",
  "a: ${{ process.env.HOME }}",
  "a: ${{ matrix }}",
  "a: ${{ matrix.a.b }}",
  "a: ${{ matrix.language || 1 }}",
  "a: ${{ steps.generate }}",
  "a: ${{ steps.generate.data }}",
  "a: ${{ fromJSON('1') }}",
  "a: ${{ }}",
  "a: ${{ matrix.language",
  "a: ${{ __proto__.x }}",
])("%j names nothing that a spec may use", (yaml) => {
  expect(filled(yaml).problems).toHaveLength(1);
});

test("a step's output cannot stand inside a text", () => {
  expect(filled("a: see ${{ steps.generate.video }}").problems).toMatchObject([
    { at: "1:8+27", message: "the output of a step is a file and cannot stand inside a text" },
  ]);
});

test("a value with a placeholder in it is refused, not filled in again", () => {
  expect(filled("a: ${{ matrix.nested }}").problems).toMatchObject([
    { message: "the value of matrix.nested has a placeholder in it, and values are not filled in again" },
  ]);
});

test("where a scalar is written with escapes, the problem has the place of the scalar", () => {
  expect(filled('a: "\\x24{{ vars.no }}"\nb: ${{ vars.brand }}').problems).toMatchObject([{ at: "1:4+19" }]);
});

test("where a scalar is named by an alias, the problem has the place of the alias", () => {
  const { problems } = filled("a: &x ${{ vars.no }}\nb: *x");
  expect(problems.map(({ at }) => at)).toEqual(["1:16+2", "2:4+2"]);
});

test("whatever a text holds, filling it in ends in a value or in problems inside the file", () => {
  const piece = fc.constantFrom("${{", "}}", " ", "matrix", "vars", ".", "language", "brand", "x", "$", "{");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const yaml = `a: ${JSON.stringify(text)}`;
      const document = documentOf(yaml);
      const { value, problems } = interpolate(document.value, document, scope);
      for (const { at } of problems) expect(at.column + at.length - 1).toBeLessThanOrEqual(yaml.length);
      if (problems.length === 0) expect(JSON.stringify(value)).not.toContain("${{");
    }),
  );
});
