import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { brokenEngines } from "./broken-engines.ts";

const root = resolve(import.meta.dirname, "../..");

test.each(brokenEngines)("the engine has, once, what one that $what lacks", ({ file, says, instead }) => {
  const parts = readFileSync(join(root, file), "utf8").split(says);
  expect(parts).toHaveLength(2);
  expect(instead).not.toBe(says);
});
