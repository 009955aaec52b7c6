import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clip } from "../../src/emulator/media/clip.ts";
import { noBrowser, openChromium } from "./mp4-chromium.ts";

const clips = {
  landscape: { width: 480, height: 320, seconds: 15 },
  portrait: { width: 320, height: 480, seconds: 120 },
  cropped: { width: 426, height: 240, seconds: 7.3 },
} as const;

/** What the page tells of a video that was loaded, sought to its middle, played and drawn on a canvas. */
interface Seen {
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  readonly time: number;
  readonly colours: number;
  readonly soundBytes: number;
  readonly played: boolean;
  readonly error: string | null;
}

describe.skipIf(noBrowser)("a rendered clip in Chromium", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const name = (request.url ?? "").slice(1);
      if (!(name in clips)) {
        response
          .setHeader("Content-Type", "text/html")
          .end("<!doctype html><title>clip</title><link rel=icon href=data:>");
        return;
      }
      const { seconds, ...size } = clips[name as keyof typeof clips];
      const bytes = clip({ text: "Waves at dusk", label: name, hash: "5e".repeat(32), ...size }, seconds);
      serveRange(bytes, request.headers.range, response);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    browser = await openChromium();
    page = await browser.newPage();
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.addScriptTag({ path: fileURLToPath(new URL("mp4-watch.js", import.meta.url)) });
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  test.each(Object.entries(clips))("%s loads, seeks to its middle, shows a picture and plays", async (name, asked) => {
    const seen = await page.evaluate<Seen>(`watch(${JSON.stringify(name)})`);
    expect(seen.error).toBeNull();
    expect(seen.duration).toBeCloseTo(asked.seconds, 3);
    expect([seen.width, seen.height]).toEqual([asked.width, asked.height]);
    expect(seen.time).toBeCloseTo(asked.seconds / 2, 1);
    expect(seen.colours).toBeGreaterThan(10);
    expect(seen.played).toBe(true);
    expect(seen.soundBytes).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });
});

function serveRange(bytes: Uint8Array, range: string | undefined, response: ServerResponse): void {
  const [from = 0, to = bytes.length - 1] = (range ?? "").match(/\d+/g)?.map(Number) ?? [];
  response.writeHead(range === undefined ? 200 : 206, {
    "Content-Type": "video/mp4",
    "Accept-Ranges": "bytes",
    "Content-Length": to - from + 1,
    ...(range === undefined ? {} : { "Content-Range": `bytes ${from}-${to}/${bytes.length}` }),
  });
  response.end(bytes.subarray(from, to + 1));
}
