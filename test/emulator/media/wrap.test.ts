import fc from "fast-check";
import { expect, test } from "vitest";
import { wrap } from "../../../src/emulator/media/wrap.ts";

test.each([
  ["one two three", 7, ["one two", "three"]],
  ["abcdefgh", 3, ["abc", "def", "gh"]],
  ["Façade \u2014 \u201cna\u00efve\u201d", 40, ['Facade - "naive"']],
  ["a\n\tb", 9, ["a b"]],
  ["one two three four five", 5, ["one", "two", "three", "fo..."]],
  ["", 5, []],
])("%j in lines of %d", (text, width, lines) => {
  expect(wrap(text, width, 4)).toEqual(lines);
});

test("no line is longer and no more lines are made than there is room for", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200 }),
      fc.integer({ min: 4, max: 30 }),
      fc.integer({ min: 1, max: 6 }),
      (text, width, most) => {
        const lines = wrap(text, width, most);
        return lines.length <= most && lines.every((line) => line.length <= width);
      },
    ),
  );
});
