import fc from "fast-check";
import { expect, test } from "vitest";
import { isSealed, sealed, sealLength } from "../../src/commands/seal.ts";

const comment = "<!-- reelform scope=default plan=0123456789 head=abcdef0 -->\n### 3 to generate\n<!-- x -->";

test("a sealed comment is known as such, however GitHub hands line ends back, and has the length it was planned with", () => {
  expect(isSealed(sealed(comment))).toBe(true);
  expect(isSealed(sealed(comment).replaceAll("\n", "\r\n"))).toBe(true);
  expect(isSealed(`${sealed(comment)}\n`)).toBe(true);
  expect(sealed(comment)).toHaveLength(comment.length + sealLength);
  expect(isSealed(comment)).toBe(false);
});

test("an edit of any character breaks the seal", () => {
  const text = sealed(comment);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom("x", "7", "é", ""), (at, other) => {
      const edited = text.slice(0, at) + other + text.slice(at + 1);
      expect(isSealed(edited)).toBe(edited === text);
    }),
  );
});
