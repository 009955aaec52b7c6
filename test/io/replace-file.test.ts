import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { atMost } from "../../src/apply/at-most.ts";
import { replaceFile } from "../../src/io/replace-file.ts";
import { scratch } from "./scratch.ts";

test("a file is made, changed, and taken away, and keeps its permissions", async () => {
  const folder = scratch();
  const path = join(folder, "a.json");
  await replaceFile(path, () => "one");
  chmodSync(path, 0o640);
  await replaceFile(path, () => "ü".repeat(1_000_000));
  expect(readFileSync(path, "utf8")).toBe("ü".repeat(1_000_000));
  expect(statSync(path).mode & 0o777).toBe(0o640);
  await replaceFile(path, () => undefined);
  expect(readdirSync(folder)).toEqual([]);
});

test("what somebody else wrote while the draft was made is taken into account", async () => {
  const folder = scratch({ "a.json": "theirs" });
  const path = join(folder, "a.json");
  const writing = replaceFile(path, () => `${readFileSync(path, "utf8")} and ours`);
  writeFileSync(path, "theirs, later");
  await writing;
  expect(readFileSync(path, "utf8")).toBe("theirs, later and ours");
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

test("where the new name cannot be taken, no draft is left behind", async () => {
  const folder = scratch();
  mkdirSync(join(folder, "a.json/kept"), { recursive: true });
  await expect(replaceFile(join(folder, "a.json"), () => "new")).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

test("so many are at work at once, first come first served, and one that fails holds nobody up", async () => {
  const two = atMost(2);
  const order: number[] = [];
  let most = 0;
  let atWork = 0;
  const all = [1, 2, 3, 4, 5].map((number) =>
    two(async () => {
      order.push(number);
      atWork += 1;
      most = Math.max(most, atWork);
      await Promise.resolve();
      atWork -= 1;
      if (number === 2) throw new Error("two");
    }),
  );
  expect((await Promise.allSettled(all)).filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect({ order, most }).toEqual({ order: [1, 2, 3, 4, 5], most: 2 });
});
