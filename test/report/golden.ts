import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** Compares with test/fixtures/report/<name>, or writes it anew under UPDATE_GOLDEN=1. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`../fixtures/report/${name}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
