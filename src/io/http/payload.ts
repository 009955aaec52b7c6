import { File } from "node:buffer";
import { FormData, Response } from "undici";
import type { Json } from "../../model/json.ts";
import type { Multipart } from "../../model/provider.ts";

/** A request's body as it will be sent, so that a second try sends the same bytes. */
export interface Payload {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export const isMultipart = (body: Json | Multipart): body is Multipart =>
  typeof body === "object" &&
  body !== null &&
  "file" in body &&
  typeof body.file === "object" &&
  body.file !== null &&
  "bytes" in body.file &&
  body.file.bytes instanceof Uint8Array;

export async function payload(body: Json | Multipart): Promise<Payload> {
  if (!isMultipart(body)) return { mediaType: "application/json", bytes: Buffer.from(JSON.stringify(body)) };
  const form = new FormData();
  for (const [name, value] of Object.entries(body.fields ?? {})) form.append(name, value);
  const { name, mediaType, bytes } = body.file;
  form.append("file", new File([bytes], name, { type: mediaType }));
  const encoded = new Response(form);
  return {
    mediaType: encoded.headers.get("content-type") ?? "multipart/form-data",
    bytes: new Uint8Array(await encoded.arrayBuffer()),
  };
}
