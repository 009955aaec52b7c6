import { expect, test } from "vitest";
import { isOneOf, mediaTypeOf } from "../../src/io/media-type.ts";
import * as sample from "./media-samples.ts";

test.each([
  ["a.png", sample.png, "image/png", "image"],
  ["a.jpg", sample.jpeg, "image/jpeg", "image"],
  ["a.gif", sample.gif, "image/gif", "image"],
  ["a.webp", sample.webp, "image/webp", "image"],
  ["a.avif", sample.avif, "image/avif", "image"],
  ["a.wav", sample.wav, "audio/wav", "audio"],
  ["a.mp3", sample.mp3, "audio/mpeg", "audio"],
  ["tagged.mp3", sample.tagged, "audio/mpeg", "audio"],
  ["a.m4a", sample.m4a, "audio/mp4", "audio"],
  ["a.ogg", sample.ogg, "audio/ogg", "audio"],
  ["a.mp4", sample.mp4, "video/mp4", "video"],
  ["a.mov", sample.mov, "video/quicktime", "video"],
  ["a.avi", sample.avi, "video/x-msvideo", "video"],
  ["a.webm", sample.webm, "video/webm", "video"],
  ["a.mkv", sample.mkv, "video/x-matroska", "video"],
  ["a.pdf", sample.pdf, "application/pdf", "document"],
  ["a.docx", sample.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document"],
  ["a.pptx", sample.pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation", "document"],
  ["a.txt", Buffer.from("Grüße\n"), "text/plain", "document"],
])("%s is told by its bytes", (name, bytes, mediaType, kind) => {
  expect(mediaTypeOf(bytes, name)).toEqual({ mediaType, kind });
});

test.each([
  ["nothing", Buffer.alloc(0), "a.txt"],
  ["text with an image's name", Buffer.from("API_KEY=1\n"), "a.png"],
  ["text with no known name", Buffer.from("API_KEY=1\n"), "id_rsa"],
  ["binary data called text", Buffer.from([0x61, 0, 0x62]), "a.txt"],
  ["Latin-1 called text", Buffer.from([0x47, 0x72, 0xfc]), "a.txt"],
  ["a drawing with scripts", Buffer.from("<svg onload=alert(1)>"), "a.svg"],
  ["a page", Buffer.from("<!doctype html>"), "a.png"],
  ["an archive", sample.zip(["secret.txt"]), "a.docx"],
  ["an archive of another office", sample.zip(["[Content_Types].xml", "xl/workbook.xml"]), "a.docx"],
  ["an archive cut short", sample.docx.subarray(0, 60), "a.docx"],
  ["an archive whose directory lies outside", Buffer.from(sample.docx).fill(0xff, sample.docx.length - 6), "a.docx"],
  ["a sync word with forbidden bits", Buffer.from("fffbf064", "hex"), "a.mp3"],
  ["a program", Buffer.from("\x7fELF", "latin1"), "a.mp4"],
  ["a head of PNG", sample.png.subarray(0, 4), "a.png"],
  ["RIFF of nothing", Buffer.from("RIFF\0\0\0\0????"), "a.wav"],
])("%s is of no known kind", (_, bytes, name) => {
  expect(mediaTypeOf(bytes, name)).toBeUndefined();
});

test("media is an image, a video or a sound, and no document", () => {
  const accepted = [sample.png, sample.mp4, sample.mp3, sample.pdf].map((bytes) => {
    const found = mediaTypeOf(bytes, "x");
    return found !== undefined && isOneOf(found, ["media"]);
  });
  expect(accepted).toEqual([true, true, true, false]);
});
