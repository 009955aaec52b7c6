import { open } from "node:fs/promises";

/** What a file is, judged by its bytes alone: a provider's name or content type for it may lie. */
export interface Kind {
  readonly mediaType: string;
  readonly extension: string;
  /** MP4 and its relatives: a chain of boxes that must end with the file. */
  readonly boxes?: true;
}

const kind = (mediaType: string, extension: string): Kind => ({ mediaType, extension });

const headBytes = 4096;

function boxed(head: Buffer): Kind | undefined {
  if (head.toString("latin1", 4, 8) !== "ftyp") return undefined;
  const brand = head.toString("latin1", 8, 12);
  if (brand === "qt  ") return { ...kind("video/quicktime", "mov"), boxes: true };
  if (/^M4[AB] $/.test(brand)) return { ...kind("audio/mp4", "m4a"), boxes: true };
  if (/^(?:avif|avis|heic|heix|mif1|msf1)$/.test(brand)) return undefined;
  return { ...kind("video/mp4", "mp4"), boxes: true };
}

const isMp3 = (head: Buffer): boolean =>
  head.toString("latin1", 0, 3) === "ID3" || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2);

function binary(head: Buffer): Kind | undefined {
  const hex = head.toString("hex", 0, 8);
  const riff = head.toString("latin1", 0, 4) === "RIFF" ? head.toString("latin1", 8, 12) : undefined;
  if (hex === "89504e470d0a1a0a") return kind("image/png", "png");
  if (hex.startsWith("ffd8ff")) return kind("image/jpeg", "jpg");
  if (hex.startsWith("47494638")) return kind("image/gif", "gif");
  if (riff === "WEBP") return kind("image/webp", "webp");
  if (riff === "WAVE") return kind("audio/wav", "wav");
  if (hex.startsWith("1a45dfa3") && head.includes("webm")) return kind("video/webm", "webm");
  if (isMp3(head)) return kind("audio/mpeg", "mp3");
  return boxed(head);
}

/** Pages and drawings with scripts in them are never published, nor is a storage's error message in XML. */
const markup = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|\?xml|html|head|body|svg|script|iframe|error)\b/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a text is what has none of these
const unprintable = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

function decoded(bytes: Buffer, complete: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !complete });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}

function textual(head: Buffer, complete: boolean): Kind | undefined {
  const text = decoded(head, complete);
  if (text === undefined || text.trim() === "" || unprintable.test(text) || markup.test(text)) return undefined;
  if (/^WEBVTT(?:\s|$)/.test(text)) return kind("text/vtt", "vtt");
  if (/^\s*\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> /.test(text)) return kind("application/x-subrip", "srt");
  if (/^\s*(?:\{\s*["}]|\[\s*["{[\]\d-])/.test(text)) return kind("application/json", "json");
  return kind("text/plain", "txt");
}

/** Undefined for everything that nobody may publish: pages, drawings, archives, programs, nothing at all. */
export function recognize(head: Buffer, complete: boolean): Kind | undefined {
  return binary(head) ?? textual(head, complete);
}

export async function kindOfFile(path: string): Promise<Kind | undefined> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return recognize(buffer.subarray(0, bytesRead), bytesRead < headBytes);
  } finally {
    await file.close();
  }
}
