import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundle } from "../../scripts/action/bundle.ts";

test("the Action that runners start is what its sources make", async () => {
  const same = readFileSync("action/dist/index.js", "utf8") === (await bundle());
  expect(same, "run `npm run build:action`").toBe(true);
});
