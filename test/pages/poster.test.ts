import { copyFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clip } from "../../src/emulator/media/clip.ts";
import { mediaFacts } from "../../src/io/media.ts";
import { findStillProgram, type StillProgram } from "../../src/io/poster/program.ts";
import { stillOf } from "../../src/io/poster/still.ts";
import { folder } from "../support/cli/folder.ts";
import { noBrowser, openChromium } from "./mp4-chromium.ts";

/** What this machine has of them. ffmpeg need not be there; Chromium is what the tests of pages want. */
const PATH = "/usr/local/bin:/usr/bin:/bin";
const chrome: StillProgram = { kind: "chrome", path: "/usr/bin/chromium" };
const found = findStillProgram({ PATH });
const programs = found?.kind === "ffmpeg" ? [found, chrome] : [chrome];

const never = new AbortController().signal;

/** How bright the bar at the foot of an emulated film is in two places: it is white as far as the film has come. */
const barOf = `async (picture) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const foot = (part) => context.getImageData(Math.round(image.width * part), image.height - 24, 1, 24).data;
  const grey = (part) => Math.max(...foot(part).filter((_, index) => index % 4 === 0));
  return { width: image.width, height: image.height, before: grey(0.2), after: grey(0.5) };
}`;

describe.skipIf(noBrowser)("a poster", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  describe.each(programs.map((program) => [program.kind, program] as const))("by %s", (_, program) => {
    async function filmIn(name: string, width: number, height: number) {
      const place = await folder();
      const path = join(place, name);
      await writeFile(path, clip({ text: "Waves at dusk", label: name, hash: "5e".repeat(32), width, height }, 30));
      const film = { ...(await mediaFacts(path)), path };
      const home = join(place, "a folder far below others ".repeat(5));
      const still = () => stillOf(film, program, { folder: home, searchPath: PATH, deadline: 60_000, stop: never });
      return { path, still };
    }

    test.each([
      ["a film", 1280, 720, { width: 640, height: 360 }],
      ["-i a&b;c'd\"#e%41?.mp4", 480, 320, { width: 480, height: 320 }],
      ["höher als breit", 720, 1280, { width: 360, height: 640 }],
    ])("is the frame at a third of the film: %s", async (name, width, height, size) => {
      const { still } = await filmIn(name, width, height);
      const picture = await still();
      expect(picture.length).toBeLessThan(100_000);
      const seen = await page.evaluate<Record<string, number>>(
        `(${barOf})(${JSON.stringify(`data:image/jpeg;base64,${picture.toString("base64")}`)})`,
      );
      expect(seen).toMatchObject(size);
      expect(seen.before).toBeGreaterThan(200);
      expect(seen.after).toBeLessThan(50);
    });

    test("is no black square where the film cannot be shown", async () => {
      const { path, still } = await filmIn("a film", 480, 320);
      await truncate(path, 2_000);
      await expect(still()).rejects.toThrow(/ended with code|no usable picture/);
      await copyFile(new URL(import.meta.url).pathname, path);
      await expect(still()).rejects.toThrow(/ended with code|no usable picture/);
    });
  });
});
