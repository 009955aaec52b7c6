import fc from "fast-check";
import { expect, test } from "vitest";
import { isCollection, isPair, parseDocument } from "yaml";
import { nesting } from "../../src/spec/nesting.ts";
import { scan } from "../../src/spec/scan.ts";
import { tokensOf } from "../../src/spec/tokens.ts";

function counted(text: string): number {
  const depth = nesting();
  let most = 0;
  for (const token of tokensOf(text)) most = Math.max(most, depth(token));
  return most;
}

function parsed(node: unknown): number {
  if (isPair(node)) return Math.max(parsed(node.key), parsed(node.value));
  return isCollection(node) ? 1 + Math.max(0, ...node.items.map(parsed)) : 0;
}

const sound: readonly (readonly [string, number])[] = [
  ["a: 1", 1],
  ["a:\n  b:\n    c: 1\nd: 1", 3],
  ["a:\n- b:\n  - c: 1\n    d: [1, {e: 2}]", 7],
  ["- - - a", 3],
  ["a: [1]\nb: [2]\nc: {d: [3]}", 3],
  ["a: |\n  - [{\n  - [{\nb: '[['\n# [[[", 1],
];
test.each(sound)("counts what is open in %j", (text, depth) => {
  expect(counted(text)).toBe(depth);
});

const pieces = [
  ..."a[]{}:*",
  "- ",
  ": ",
  "? ",
  "\n",
  "\n ",
  "\n  ",
  ", ",
  "'q'",
  "'q\n'",
  '"r"',
  "&a ",
  "!!str ",
  "# c\n",
  "|\n",
  ">\n",
  "a: ",
  "- a: ",
];
const piece = fc.constantFrom(...pieces);
const repeated = fc
  .tuple(fc.array(piece, { maxLength: 6 }), fc.array(piece, { minLength: 1, maxLength: 6 }))
  .map(([before, again]) => before.join("") + again.join("").repeat(20));

test("lets nothing through that nests much deeper than it counts, sound or not", () => {
  fc.assert(
    fc.property(repeated, (text) => {
      fc.pre(scan(text) === undefined);
      const { contents } = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
      // Beside each bracket the parser may make up two mappings. It is in danger from some 700 levels on.
      expect(parsed(contents)).toBeLessThanOrEqual(3 * counted(text) + 3);
    }),
    { numRuns: 3000 },
  );
});
