import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAtomically } from "../../src/io/write-atomically.ts";
import { asNobody, scratch } from "./scratch.ts";

test("a new file and a changed one hold exactly the text, and nothing else is left in the folder", () => {
  const folder = scratch();
  const path = join(folder, "a.lock.json");
  const long = "ü".repeat(3_000_000);
  writeAtomically(path, "one\n");
  expect(readFileSync(path, "utf8")).toBe("one\n");
  writeAtomically(path, long);
  expect(readFileSync(path, "utf8")).toBe(long);
  expect(readdirSync(folder)).toEqual(["a.lock.json"]);
});

test("a file keeps its permissions", () => {
  const path = join(scratch({ "a.json": "" }), "a.json");
  chmodSync(path, 0o640);
  writeAtomically(path, "new");
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test("a link in the place of the file is replaced; what it leads to is not written", () => {
  const folder = scratch({ "secret.txt": "secret" });
  symlinkSync("secret.txt", join(folder, "a.json"));
  writeAtomically(join(folder, "a.json"), "new");
  expect(readFileSync(join(folder, "secret.txt"), "utf8")).toBe("secret");
  expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("new");
});

test("in a folder that may not be written to, the old file stays whole", async () => {
  const folder = scratch({ "a.json": "old" });
  chmodSync(folder, 0o555);
  await asNobody(() => {
    expect(() => writeAtomically(join(folder, "a.json"), "new")).toThrow(expect.objectContaining({ code: "EACCES" }));
  });
  expect(readdirSync(folder)).toEqual(["a.json"]);
  expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("old");
});

test("a folder that is not there is an error of its own", () => {
  expect(() => writeAtomically(join(scratch(), "none/a.json"), "new")).toThrow(
    expect.objectContaining({ code: "ENOENT" }),
  );
});

test("where the new name cannot be taken, no draft is left behind", () => {
  const folder = scratch();
  mkdirSync(join(folder, "a.json"));
  writeFileSync(join(folder, "a.json/kept"), "kept");
  expect(() => writeAtomically(join(folder, "a.json"), "new")).toThrow();
  expect(readdirSync(folder)).toEqual(["a.json"]);
  expect(readdirSync(join(folder, "a.json"))).toEqual(["kept"]);
});

test("when the disk takes no more bytes, the old file stays whole and no draft is left behind", () => {
  const folder = scratch({ "a.json": "old" });
  const path = join(folder, "a.json");
  const program = `
    const { writeAtomically } = await import(${JSON.stringify(join(process.cwd(), "src/io/write-atomically.ts"))});
    try { writeAtomically(${JSON.stringify(path)}, "x".repeat(1_000_000)); }
    catch (error) { console.log(error.code); }`;
  const limited = 'ulimit -f 64; exec "$0" --import tsx --input-type=module -e "$1"';
  const run = spawnSync("sh", ["-c", limited, process.execPath, program], { encoding: "utf8" });
  expect(run.stdout.trim()).toBe("EFBIG");
  expect(readdirSync(folder)).toEqual(["a.json"]);
  expect(readFileSync(path, "utf8")).toBe("old");
});
