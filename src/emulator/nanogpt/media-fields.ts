import type { JsonObject } from "../../model/json.ts";

/** What is wrong with a request, as it is answered. */
export interface Trouble {
  readonly status: number;
  readonly error: string;
}

export const trouble = (error: string, status = 400): Trouble => ({ status, error });

/** The largest file that is taken in, decoded. */
const most = 4 * 1024 * 1024;

const asLists = (body: JsonObject, fields: readonly string[]): readonly (readonly [string, string])[] =>
  fields.flatMap((field) =>
    [body[field]].flat().flatMap((value) => (typeof value === "string" ? [[field, value] as const] : [])),
  );

export const images = ["imageUrl", "imageDataUrl", "image_data_url", "image", "imageAttachmentId"];
export const videos = ["videoUrl", "videoDataUrl", "videoAttachmentId", "video"];
const addresses = ["imageUrl", "videoUrl", "audioUrl", "video", "last_image", "image_tail"];
const bytes = ["imageDataUrl", "image_data_url", "image", "videoDataUrl", "audioDataUrl"];
const either = ["referenceImages", "referenceVideos"];

/** What is wrong with the files of a request, be they addresses or bytes. */
export function lookAtMedia(body: JsonObject): Trouble | undefined {
  for (const [field, value] of asLists(body, [...addresses, ...bytes, ...either])) {
    const isData = value.startsWith("data:");
    if (addresses.includes(field) ? isData : bytes.includes(field) && !isData)
      return trouble(`${field} must be ${isData ? "a public HTTPS URL" : "a base64 data URL"}`);
    const wrong = isData ? lookAtBytes(field, value) : lookAtAddress(field, value);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const lookAtAddress = (field: string, value: string): Trouble | undefined =>
  /^https:\/\/[^/]/.test(value) ? undefined : trouble(`${field} must be a public HTTPS URL`);

function lookAtBytes(field: string, value: string): Trouble | undefined {
  const [, encoded] = /^data:[a-z]+\/[a-z0-9.+-]+;base64,([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  if (encoded === undefined) return trouble(`${field} must be a base64 data URL`);
  const size = Buffer.byteLength(encoded, "base64");
  return size > most ? trouble("Uploads sent via the API must be 4 MB or smaller", 413) : undefined;
}
