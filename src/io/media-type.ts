import type { AssetKind } from "../model/input.ts";
import { zipEntries } from "./zip-entries.ts";

export interface MediaType {
  readonly mediaType: string;
  readonly kind: Exclude<AssetKind, "media">;
}

type Kind = MediaType["kind"];

const starts: readonly { readonly at: number; readonly bytes: string; readonly is: string; readonly kind: Kind }[] = [
  { at: 0, bytes: "\x89PNG\r\n\x1a\n", is: "image/png", kind: "image" },
  { at: 0, bytes: "\xff\xd8\xff", is: "image/jpeg", kind: "image" },
  { at: 0, bytes: "GIF87a", is: "image/gif", kind: "image" },
  { at: 0, bytes: "GIF89a", is: "image/gif", kind: "image" },
  { at: 8, bytes: "WEBPVP8", is: "image/webp", kind: "image" },
  { at: 8, bytes: "WAVEfmt ", is: "audio/wav", kind: "audio" },
  { at: 8, bytes: "AVI LIST", is: "video/x-msvideo", kind: "video" },
  { at: 0, bytes: "ID3", is: "audio/mpeg", kind: "audio" },
  { at: 0, bytes: "OggS\0", is: "audio/ogg", kind: "audio" },
  { at: 0, bytes: "fLaC", is: "audio/flac", kind: "audio" },
  { at: 0, bytes: "%PDF-", is: "application/pdf", kind: "document" },
];

/** What a file is, told by its bytes; a name is believed only where text has no other mark. */
export function mediaTypeOf(bytes: Buffer, name: string): MediaType | undefined {
  const head = bytes.toString("latin1", 0, 64);
  const start = starts.find(
    ({ at, bytes: mark }) => head.startsWith(mark, at) && (at === 0 || head.startsWith("RIFF")),
  );
  if (start !== undefined) return { mediaType: start.is, kind: start.kind };
  return isoMedia(head) ?? matroska(head) ?? mpegAudio(bytes) ?? office(bytes) ?? plainText(bytes, name);
}

export const isOneOf = (found: MediaType, kinds: readonly AssetKind[]): boolean =>
  kinds.includes(found.kind) || (kinds.includes("media") && found.kind !== "document");

/** MP4 and its family: a first box `ftyp` whose brand says which. */
function isoMedia(head: string): MediaType | undefined {
  if (!head.startsWith("ftyp", 4)) return undefined;
  const brand = head.slice(8, 12);
  if (brand === "avif" || brand === "heic") return { mediaType: `image/${brand}`, kind: "image" };
  if (brand === "M4A " || brand === "M4B ") return { mediaType: "audio/mp4", kind: "audio" };
  return { mediaType: brand === "qt  " ? "video/quicktime" : "video/mp4", kind: "video" };
}

function matroska(head: string): MediaType | undefined {
  if (!head.startsWith("\x1a\x45\xdf\xa3")) return undefined;
  if (head.includes("webm")) return { mediaType: "video/webm", kind: "video" };
  return head.includes("matroska") ? { mediaType: "video/x-matroska", kind: "video" } : undefined;
}

/** A bare MPEG layer III frame: its sync word, and neither of the values that the standard forbids. */
function mpegAudio(bytes: Buffer): MediaType | undefined {
  const [first, second, third] = bytes;
  if (first !== 0xff || second === undefined || third === undefined || (second & 0xe6) !== 0xe2) return undefined;
  const forbidden = (second & 0x18) === 0x08 || third >> 4 === 0x0f || (third & 0x0c) === 0x0c;
  return forbidden ? undefined : { mediaType: "audio/mpeg", kind: "audio" };
}

/** Word and PowerPoint files are ZIP archives with a part of a known name. */
function office(bytes: Buffer): MediaType | undefined {
  const entries = zipEntries(bytes);
  if (!entries.has("[Content_Types].xml")) return undefined;
  const family = "application/vnd.openxmlformats-officedocument";
  if (entries.has("word/document.xml")) {
    return { mediaType: `${family}.wordprocessingml.document`, kind: "document" };
  }
  if (entries.has("ppt/presentation.xml")) {
    return { mediaType: `${family}.presentationml.presentation`, kind: "document" };
  }
  return undefined;
}

function plainText(bytes: Buffer, name: string): MediaType | undefined {
  if (!/\.txt$/i.test(name) || bytes.length === 0) return undefined;
  return readableText(bytes) === undefined ? undefined : { mediaType: "text/plain", kind: "document" };
}

/** The text that the bytes are, or undefined when no person could have written it. */
export function readableText(bytes: Uint8Array): string | undefined {
  const text = utf8(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data from text
  return text === undefined || /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
}

/** The text that the bytes are in UTF-8, without its byte order mark, or undefined when they are not UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
