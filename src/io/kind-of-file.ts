import { open } from "node:fs/promises";
import { mediaTypeOf, readableText } from "./media-type.ts";

/** What a finished file is, judged by its bytes alone: a provider's name or content type for it may lie. */
export interface Kind {
  readonly mediaType: string;
  readonly extension: string;
}

/** The kinds of media that outputs may have. What is missing here is not published. */
const extensions: Readonly<Record<string, string>> = {
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "audio/ogg": "ogg",
  "audio/flac": "flac",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
};

const headBytes = 4096;
const longestCharacter = 4;

/** Pages and drawings with scripts in them are never published, nor is a storage's error message in XML. */
const markup = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|\?xml|html|head|body|svg|script|iframe|error)\b/i;

/** The beginning of a file may end in the middle of a character. */
function readableStart(head: Buffer): string | undefined {
  for (let cut = 0; cut < longestCharacter; cut++) {
    const text = readableText(head.subarray(0, head.length - cut));
    if (text !== undefined) return text;
  }
  return undefined;
}

function textual(head: Buffer): Kind | undefined {
  const text = head.length < headBytes ? readableText(head) : readableStart(head);
  if (text === undefined || text.trim() === "" || markup.test(text)) return undefined;
  if (/^WEBVTT(?:\s|$)/.test(text)) return { mediaType: "text/vtt", extension: "vtt" };
  if (/^\s*\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> /.test(text))
    return { mediaType: "application/x-subrip", extension: "srt" };
  if (/^\s*(?:\{\s*["}]|\[\s*["{[\]\d-])/.test(text)) return { mediaType: "application/json", extension: "json" };
  return { mediaType: "text/plain", extension: "txt" };
}

/** Undefined for everything that nobody may publish: pages, drawings, archives, programs, nothing at all. */
function recognize(head: Buffer): Kind | undefined {
  const media = mediaTypeOf(head, "");
  if (media === undefined) return textual(head);
  const extension = extensions[media.mediaType];
  return extension === undefined ? undefined : { mediaType: media.mediaType, extension };
}

/** Whether the file is of the MP4 family: a chain of boxes that must end with the file. */
export const hasBoxes = ({ extension }: Kind): boolean => ["mp4", "mov", "m4a"].includes(extension);

export async function kindOfFile(path: string): Promise<Kind | undefined> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return recognize(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
