import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StoreError } from "../../src/model/store.ts";
import { directoryStore } from "../../src/stores/directory.ts";
import { contract, finished, newFolder } from "./contract.ts";

const plain = { path: "out", commit: false };

contract("directory", async () => {
  const root = newFolder();
  const folder = join(root, "out");
  return {
    store: directoryStore({ root, ...plain }),
    names: () => (existsSync(folder) ? readdirSync(folder).filter((name) => name !== ".gitignore") : []),
    damage: (name) => writeFileSync(join(folder, name), "a filn"),
    remove: (name) => rmSync(join(folder, name)),
    strange: (name) => {
      mkdirSync(join(root, "other"));
      writeFileSync(join(root, "other", name), "a film");
      writeFileSync(join(folder, ".gitignore"), "a film");
      return ["out/", "out/.gitignore", `other/${name}`, `out/../other/${name}`, `out/../out/${name}`, `./out/${name}`];
    },
  };
});

function given() {
  return { root: newFolder(), ...finished() };
}

test("the address is where the file is in the repository", async () => {
  const { root, file, name } = given();
  expect(await directoryStore({ root, ...plain }).put(file)).toBe(`out/${name}`);
  expect(await directoryStore({ root, path: "./a/b/", commit: false }).put(file)).toBe(`a/b/${name}`);
});

test("the folder ignores itself, unless it is meant to be committed", async () => {
  const { root, file } = given();
  await directoryStore({ root, ...plain }).put(file);
  expect(readFileSync(join(root, "out/.gitignore"), "utf8")).toBe("*\n");
  await directoryStore({ root, path: "media/films", commit: true }).put(file);
  expect(existsSync(join(root, "media/films/.gitignore"))).toBe(false);
});

test("nobody else can fetch what is in a folder", async () => {
  expect(await directoryStore({ root: newFolder(), ...plain }).isPublic()).toBe(false);
});

test("being asked whether files can be kept makes no folder yet", async () => {
  const { root } = given();
  await directoryStore({ root, ...plain }).prepare();
  expect(readdirSync(root)).toEqual([]);
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
    await expect(store.prepare()).rejects.toBeInstanceOf(StoreError);
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
});
