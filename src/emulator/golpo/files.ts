import type { Json, JsonObject } from "../../model/json.ts";
import type { Fate } from "../record.ts";
import type { Uploads } from "../storage/uploads.ts";
import { fileFields } from "./fields.ts";

/** What may be uploaded, and what the storage will call it. */
export const mediaTypes: { readonly [extension: string]: string } = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  txt: "text/plain",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  mp4: "video/mp4",
  mov: "video/quicktime",
  avi: "video/x-msvideo",
  mkv: "video/x-matroska",
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
};

const documents = new Set(["pdf", "docx", "pptx", "txt"]);

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** What a job makes of the files it was given: a fate, and the documents that it uses up. */
export function openFiles(
  request: JsonObject,
  uploads: Uploads,
): { readonly fate: Fate; readonly consumed: readonly string[] } {
  const addresses = fileFields.flatMap((field) => texts(request[field]));
  const trouble = addresses.map((address) => unreadable(address, uploads)).find((words) => words !== undefined);
  const fate: Fate = trouble === undefined ? { kind: "succeeds" } : { kind: "fails", message: trouble };
  const consumed = texts(request.upload_urls)
    .map((address) => uploads.find(address))
    .filter((upload) => upload !== undefined)
    .filter((upload) => upload.sha256 !== undefined && documents.has(extensionOf(upload.name)))
    .map((upload) => upload.token);
  return { fate, consumed };
}

function unreadable(address: string, uploads: Uploads): string | undefined {
  if (!/^https?:\/\//.test(address)) return `Could not read ${address}: no such file on the server`;
  const upload = uploads.find(address);
  if (upload?.consumed === true) return `Could not read ${upload.name}: the file was removed after its first use`;
  if (upload !== undefined && upload.sha256 === undefined)
    return `Could not read ${upload.name}: it was never uploaded`;
  return undefined;
}

const texts = (value: Json | undefined): readonly string[] =>
  [value].flat().filter((item): item is string => typeof item === "string");
