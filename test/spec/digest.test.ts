import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digest, fieldHashes, type Identity } from "../../src/spec/digest.ts";

interface Frozen extends Identity {
  readonly name: string;
  readonly digest: string;
}

/**
 * Digests of the past. The list may grow and never change: a digest that changes with a release makes every author of
 * such a request pay again. They were computed by another program, so they are not merely what ours says.
 */
const frozen: readonly Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/digests.json", import.meta.url), "utf8"),
);

test.each(frozen)("the digest of $name is what it always was", ({ digest: expected, ...identity }) => {
  expect(digest(identity)).toBe(expected);
});

test("nothing of the past was rewritten", () => {
  const first = createHash("sha256")
    .update(JSON.stringify(frozen.slice(0, 35)))
    .digest("hex");
  expect(first).toBe("4ad8317a0108527e0327e4b91f9529ac423a1321c80d423ea9b5613c4a7a4af1");
});

const named = new Map(frozen.map((one) => [one.name, one.digest]));

test.each([
  ["two fields", "the same two fields in the other order"],
  ["a composed character", "the same character in two parts"],
  ["lines that end in LF", "lines that end in CRLF"],
  ["lines that end in LF", "one final line break"],
  ["an integer", "the same integer with a fraction of nothing"],
  ["a file", "the same file at another path and of another size"],
  ["what an earlier step makes", "the same of a step with another name"],
])("%s and %s are the same request", (one, other) => {
  expect(named.get(one)).toBe(named.get(other));
});

test("all other requests of the past differ from each other", () => {
  expect(new Set(named.values()).size).toBe(named.size - 7);
});

test("what JSON cannot say has no digest", () => {
  const of = (seed: number | string) =>
    digest({ provider: "golpo", request: { operation: "generate", with: { seed } }, take: 1 });
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800"]) expect(() => of(value)).toThrow();
});

test("a field's hash changes with its value alone", () => {
  const asset = { asset: "a.png", sha256: "77".repeat(32), bytes: 1, mediaType: "image/png" };
  const before = fieldHashes({ prompt: "Hello\n", seed: 0, logo: asset as never });
  const after = fieldHashes({ logo: { ...asset, asset: "b.png" } as never, prompt: "Hello", seed: false });
  expect(before.prompt).toMatch(/^[0-9a-f]{8}$/);
  expect({ ...after, seed: before.seed }).toEqual(before);
  expect(after.seed).not.toBe(before.seed);
});
