import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Output } from "../../src/model/output.ts";
import { type Finished, type Store, StoreError } from "../../src/model/store.ts";
import type { UnitId } from "../../src/model/unit.ts";

const shaOf = (text: string) => createHash("sha256").update(text).digest("hex");
export const newFolder = () => mkdtempSync(join(tmpdir(), "store-"));

/** A finished file on the disk, and what a lock says of it once it is kept. */
export function finished(content = "a film", unit = "onboarding/intro@es") {
  const path = join(newFolder(), "part");
  writeFileSync(path, content);
  const sha256 = shaOf(content);
  const bytes = Buffer.byteLength(content);
  const file: Finished = { unit: unit as UnitId, role: "video", path, sha256, bytes, extension: "mp4" };
  const kept = (url: string): Output => ({ role: "video", mediaType: "video/mp4", sha256, bytes, url });
  return { file, kept, name: `onboarding-intro-es.video.${sha256.slice(0, 12)}.mp4` };
}

/** A store to put to the test, and what lies behind it. */
export interface Subject {
  readonly store: Store;
  /** The names of all files that it has. */
  names(): readonly string[];
  /** Somebody puts something else of the same length in the file's place. */
  damage(name: string): void;
  remove(name: string): void;
  /** Addresses that no file of it has, for a file of this name that another store of its kind does have. */
  strange(name: string): readonly string[];
}

/** What every store promises. */
export function contract(kind: string, open: () => Promise<Subject>): void {
  describe(`${kind}: as every store`, () => {
    test("keeps a file under a name that tells what it is of and which bytes it has, at an address that lasts", async () => {
      const { store, names } = await open();
      const { file, kept, name } = finished();
      await store.prepare();
      const url = await store.put(file);
      expect(basename(url)).toBe(name);
      expect(url).toMatch(/^[^?#\s]+$/);
      expect(names()).toEqual([name]);
      expect(await store.has(kept(url))).toBe(true);
      const folder = newFolder();
      await store.get(kept(url), join(folder, "copy"));
      expect(readFileSync(join(folder, "copy"), "utf8")).toBe("a film");
      expect(readdirSync(folder)).toEqual(["copy"]);
    });

    test("putting a file again, and many at once, is the same as once", async () => {
      const { store, names } = await open();
      const { file, name } = finished();
      const urls = await Promise.all(Array.from({ length: 8 }, () => store.put(file)));
      expect(new Set([...urls, await store.put(file)]).size).toBe(1);
      expect(names()).toEqual([name]);
    });

    test("different files are kept side by side", async () => {
      const { store, names } = await open();
      const files = ["one", "two", "three"].map((text) => finished(text));
      const urls = await Promise.all(files.map(({ file }) => store.put(file)));
      expect([...names()].sort()).toEqual(files.map(({ name }) => name).sort());
      const there = await Promise.all(files.map(({ kept }, at) => store.has(kept(urls[at] ?? ""))));
      expect(there).toEqual([true, true, true]);
    });

    test("a kept file that was damaged is noticed, and mended by putting it again", async () => {
      const subject = await open();
      const { file, kept, name } = finished();
      const url = await subject.store.put(file);
      subject.damage(name);
      const { store } = subject;
      expect(await store.has(kept(url))).toBe(false);
      const folder = newFolder();
      await expect(store.get(kept(url), join(folder, "copy"))).rejects.toBeInstanceOf(StoreError);
      expect(readdirSync(folder)).toEqual([]);
      expect(await store.put(file)).toBe(url);
      expect(await store.has(kept(url))).toBe(true);
    });

    test("a kept file that is gone is noticed, and there again once it is put again", async () => {
      const { store, remove } = await open();
      const { file, kept, name } = finished();
      const url = await store.put(file);
      remove(name);
      expect(await store.has(kept(url))).toBe(false);
      await expect(store.get(kept(url), join(newFolder(), "copy"))).rejects.toBeInstanceOf(StoreError);
      expect(await store.put(file)).toBe(url);
      expect(await store.has(kept(url))).toBe(true);
    });

    test("an output with another hash or length is not the one that is kept", async () => {
      const { store } = await open();
      const { file, kept } = finished();
      const output = kept(await store.put(file));
      const other = { ...output, sha256: shaOf("another film") };
      expect(await store.has(other)).toBe(false);
      const folder = newFolder();
      await expect(store.get(other, join(folder, "copy"))).rejects.toBeInstanceOf(StoreError);
      expect(existsSync(join(folder, "copy"))).toBe(false);
    });

    test("a file that is not the one announced is not kept", async () => {
      const { store, names } = await open();
      const { file } = finished();
      writeFileSync(file.path, "a filn");
      await expect(store.put(file)).rejects.toBeInstanceOf(StoreError);
      writeFileSync(file.path, "longer than a film");
      await expect(store.put(file)).rejects.toBeInstanceOf(StoreError);
      expect(names()).toEqual([]);
    });

    test.each([
      ["../../etc/passwd@x", "etc-passwd-x"],
      ["-rf/.git", "rf-.git"],
      ["日本", "unit"],
      ["a".repeat(300), "a".repeat(150)],
    ])("a unit called %s makes a harmless name", async (unit, start) => {
      const { store } = await open();
      const { file } = finished("a film", unit);
      expect(basename(await store.put(file))).toBe(`${start}.video.${file.sha256.slice(0, 12)}.mp4`);
    });

    test("an address that is none of its own leads nowhere", async () => {
      const { store, strange } = await open();
      const { file, kept, name } = finished();
      await store.put(file);
      for (const url of ["", "/etc/hostname", "../secret", "https://x/y.mp4", ...strange(name)]) {
        expect(await store.has(kept(url)), url).toBe(false);
        await expect(store.get(kept(url), join(newFolder(), "copy")), url).rejects.toBeInstanceOf(StoreError);
      }
    });
  });
}
