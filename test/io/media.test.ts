import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wav } from "../../src/emulator/media/wav.ts";
import { mediaFacts } from "../../src/io/media.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { film } from "./film.ts";

const folder = mkdtempSync(join(tmpdir(), "media-"));
let files = 0;
function fileOf(content: Uint8Array | string): string {
  const path = join(folder, String(files++));
  writeFileSync(path, content);
  return path;
}

test("a film tells its length, its size and that it has sound", async () => {
  expect(await mediaFacts(fileOf(film(2)))).toEqual({
    mediaType: "video/mp4",
    extension: "mp4",
    seconds: 2,
    width: 320,
    height: 192,
    audio: true,
  });
});

test("a sound tells its length", async () => {
  expect(await mediaFacts(fileOf(wav("cd".repeat(32), 0.5)))).toEqual({
    mediaType: "audio/wav",
    extension: "wav",
    seconds: 0.5,
    audio: true,
  });
});

describe("files without a duration are told by their bytes", () => {
  test.each([
    ["image/png", "png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
    ["image/jpeg", "jpg", Buffer.from("ffd8ffe000104a4649460001", "hex")],
    ["image/gif", "gif", Buffer.from("GIF89a")],
    ["image/webp", "webp", Buffer.from("RIFF\u0010\u0000\u0000\u0000WEBPVP8 ")],
    ["text/vtt", "vtt", "\ufeffWEBVTT\n\n00:00.000 --> 00:01.000\nHi"],
    ["application/x-subrip", "srt", "1\r\n00:00:00,000 --> 00:00:01,000\r\nHi"],
    ["application/json", "json", '{ "cues": [] }'],
    ["application/json", "json", "[1, 2]"],
    ["text/plain", "txt", "[narrator] Hello. ¡Hola! \u{1f30a}"],
    ["text/plain", "txt", "é".repeat(5000)],
    ["text/plain", "txt", `a${"🌊".repeat(5000)}`],
  ])("%s", async (mediaType, extension, content) => {
    expect(await mediaFacts(fileOf(content))).toEqual({ mediaType, extension });
  });
});

test.each([
  ["nothing", ""],
  ["white space", " \n"],
  ["a page", "<html>"],
  ["a drawing", "<svg/>"],
  ["a page after a mark of byte order", "\ufeff<!doctype html>"],
  ["an archive", "PK\u0003\u0004"],
  ["half a character", Buffer.from([0x68, 0xc3])],
  ["a film's beginning", Buffer.from(film(1)).subarray(0, 40)],
  ["a sound's beginning", Buffer.from("RIFF\u0010\u0000\u0000\u0000WAVEfmt ")],
])("%s is neither media nor text", async (_name, content) => {
  await expect(mediaFacts(fileOf(content))).rejects.toBeInstanceOf(ProviderError);
});
