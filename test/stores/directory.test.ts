import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Output } from "../../src/model/output.ts";
import { type Finished, StoreError } from "../../src/model/store.ts";
import type { UnitId } from "../../src/model/unit.ts";
import { directoryStore } from "../../src/stores/directory.ts";
import { openStore } from "../../src/stores/index.ts";

const shaOf = (text: string) => createHash("sha256").update(text).digest("hex");
const newFolder = () => mkdtempSync(join(tmpdir(), "store-"));

function given(content = "a film") {
  const root = newFolder();
  const path = join(newFolder(), "part");
  writeFileSync(path, content);
  const sha256 = shaOf(content);
  const file: Finished = {
    unit: "onboarding/intro@es" as UnitId,
    role: "video",
    path,
    sha256,
    bytes: content.length,
    extension: "mp4",
  };
  const kept = (url: string): Output => ({ role: "video", mediaType: "video/mp4", sha256, bytes: file.bytes, url });
  return { root, file, kept, name: `onboarding-intro-es.video.${sha256.slice(0, 12)}.mp4` };
}

const plain = { path: "out", commit: false };

test("a file is kept under a name that tells what it is of and which bytes it has", async () => {
  const { root, file, kept, name } = given();
  const store = directoryStore({ root, ...plain });
  const url = await store.put(file);
  expect(url).toBe(`out/${name}`);
  expect(readFileSync(join(root, "out", name), "utf8")).toBe("a film");
  expect(await store.has(kept(url))).toBe(true);
  const copy = join(newFolder(), "copy");
  await store.get(kept(url), copy);
  expect(readFileSync(copy, "utf8")).toBe("a film");
  expect(readdirSync(join(root, "out")).sort()).toEqual([".gitignore", name]);
});

test("the folder ignores itself, unless it is meant to be committed", async () => {
  const { root, file } = given();
  await directoryStore({ root, ...plain }).put(file);
  expect(readFileSync(join(root, "out/.gitignore"), "utf8")).toBe("*\n");
  await directoryStore({ root, path: "media/films", commit: true }).put(file);
  expect(existsSync(join(root, "media/films/.gitignore"))).toBe(false);
});

test("without a word in the project it is the folder `out`", async () => {
  const { root, file, name } = given();
  expect(await openStore(undefined, root).put(file)).toBe(`out/${name}`);
  expect(await openStore({ to: "directory", path: "./a/b/" }, root).put(file)).toBe(`a/b/${name}`);
});

test("putting a file again, and many at once, is the same as once", async () => {
  const { root, file, name } = given();
  const store = directoryStore({ root, ...plain });
  const urls = await Promise.all(Array.from({ length: 8 }, () => store.put(file)));
  expect(new Set(urls)).toEqual(new Set([`out/${name}`]));
  expect(readdirSync(join(root, "out")).sort()).toEqual([".gitignore", name]);
});

test("a kept file that was damaged is noticed, and mended by putting it again", async () => {
  const { root, file, kept, name } = given();
  const store = directoryStore({ root, ...plain });
  const url = await store.put(file);
  writeFileSync(join(root, "out", name), "a filn");
  expect(await store.has(kept(url))).toBe(false);
  await expect(store.get(kept(url), join(newFolder(), "copy"))).rejects.toBeInstanceOf(StoreError);
  await store.put(file);
  expect(await store.has(kept(url))).toBe(true);
});

test("a file that is not the one announced is not kept", async () => {
  const { root, file } = given();
  writeFileSync(file.path, "another");
  await expect(directoryStore({ root, ...plain }).put(file)).rejects.toBeInstanceOf(StoreError);
  expect(readdirSync(join(root, "out"))).toEqual([".gitignore"]);
});

test.each([
  ["../../etc/passwd@x", "etc-passwd-x"],
  ["-rf/.git", "rf-.git"],
  ["日本", "unit"],
  ["a".repeat(300), "a".repeat(150)],
])("a unit called %s makes a harmless name", async (unit, start) => {
  const { root, file } = given();
  const url = await directoryStore({ root, ...plain }).put({ ...file, unit: unit as UnitId });
  expect(url).toBe(`out/${start}.video.${file.sha256.slice(0, 12)}.mp4`);
});

test.each(["", ".", "..", "../x", "/tmp/x", "a/../../b", ".git", "a/.GIT/b", "a\\b", "c:x"])(
  "%j is no place for a store",
  (path) => {
    expect(() => directoryStore({ root: "/repo", path, commit: false })).toThrow(StoreError);
  },
);

describe("links that lead out", () => {
  test.each([
    ["the folder itself", "out", "out"],
    ["a folder above it", "media", "media/films"],
  ])("through %s nothing is written or read", async (_name, link, path) => {
    const { root, file, kept, name } = given();
    const outside = newFolder();
    mkdirSync(join(outside, "films"));
    symlinkSync(outside, join(root, link));
    const store = directoryStore({ root, path, commit: false });
    await expect(store.put(file)).rejects.toBeInstanceOf(StoreError);
    writeFileSync(join(outside, name), "a film");
    writeFileSync(join(outside, "films", name), "a film");
    expect(await store.has(kept(`${path}/${name}`))).toBe(false);
    expect(readdirSync(outside).sort()).toEqual(["films", name].sort());
    expect(readdirSync(join(outside, "films"))).toEqual([name]);
  });

  test("a link with the file's name is replaced, and what it led to is untouched", async () => {
    const { root, file, kept, name } = given();
    const victim = join(newFolder(), "victim");
    writeFileSync(victim, "precious");
    mkdirSync(join(root, "out"));
    symlinkSync(victim, join(root, "out", name));
    const store = directoryStore({ root, ...plain });
    expect(await store.has(kept(`out/${name}`))).toBe(false);
    await store.put(file);
    expect(readFileSync(victim, "utf8")).toBe("precious");
    expect(await store.has(kept(`out/${name}`))).toBe(true);
  });

  test("a link where the folder would ignore itself stays as it is", async () => {
    const { root, file } = given();
    const victim = join(newFolder(), "nothing-yet");
    mkdirSync(join(root, "out"));
    symlinkSync(victim, join(root, "out/.gitignore"));
    await directoryStore({ root, ...plain }).put(file);
    expect(existsSync(victim)).toBe(false);
    expect(readlinkSync(join(root, "out/.gitignore"))).toBe(victim);
  });

  test.each([
    "../secret",
    "out/../secret",
    "/etc/hostname",
    "out/",
    "out/.gitignore",
    "other/x.mp4",
    "https://x/y.mp4",
    "",
  ])("an address that is none of ours is not there: %j", async (url) => {
    const { root, kept } = given();
    writeFileSync(join(root, "secret"), "a film");
    mkdirSync(join(root, "out"));
    writeFileSync(join(root, "out/.gitignore"), "a film");
    const store = directoryStore({ root, ...plain });
    expect(await store.has(kept(url))).toBe(false);
    await expect(store.get(kept(url), join(root, "copy"))).rejects.toBeInstanceOf(StoreError);
  });
});
