import type { Json } from "../../model/json.ts";
import type { Upload, Uploaded, Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { ProviderError } from "../error.ts";
import { idIn, required, textIn, urlIn, wordIn } from "../reply.ts";
import { mediaName } from "./media.ts";
import { notifyUploadComplete, uploadMedia, uploadStatus } from "./routes.ts";

/** ViddyScribe takes 32 MB in one piece, the form around the file included. Larger files go to its storage. */
const mostInOnePiece = 31_900_000;

/** By size: in one piece, or to an address that ViddyScribe signs, after which it looks at what has come. */
export const upload = (file: Upload, wire: Wire): Promise<Uploaded> =>
  file.bytes.length > mostInOnePiece ? viaStorage(file, wire) : inOnePiece(file, wire);

function inOnePiece({ name, mediaType, bytes }: Upload, wire: Wire): Promise<Uploaded> {
  const form = { file: { name, mediaType, bytes }, fields: { input: JSON.stringify({ type: "file" }) } };
  return wire.post(uploadMedia, form, (reply) => ({ state: "usable", value: mediaName(mediaId(reply)) }));
}

interface Place {
  readonly put: string;
  readonly mediaType: string;
  readonly names: Names;
}

type Names = { readonly [name: string]: string };

async function viaStorage({ name, mediaType, bytes }: Upload, wire: Wire): Promise<Uploaded> {
  const asked = { input: { type: "signed_url", filename: name, content_type: mediaType } };
  const place = await wire.post(uploadMedia, asked, (reply): Place => {
    const path = textIn(reply, "gcs_path", "gcsPath", "data.gcs_path");
    return {
      put: required(urlIn(reply, "upload_url", "uploadUrl", "data.upload_url"), "upload_url"),
      mediaType: textIn(reply, "content_type", "contentType", "data.content_type") ?? mediaType,
      names: { media_id: mediaId(reply), ...(path === undefined ? {} : { gcs_path: path }) },
    };
  });
  await wire.put(place.put, bytes, place.mediaType);
  return wire.post(notifyUploadComplete, place.names, (reply) => standing(reply, place.names));
}

/** Asks once how an upload stands. */
export const check = (names: Names, wire: Wire): Promise<Uploaded> =>
  wire.get(uploadStatus(names), (reply) => standing(reply, names));

const mediaId = (reply: Json): string => required(idIn(reply, "media_id", "mediaId", "data.media_id"), "media_id");

/** Bytes that ViddyScribe has had before are known by the id that they got then: the new one is not heard of again. */
function standing(reply: Json, names: Names): Uploaded {
  const word = wordIn(reply, "upload_status", "uploadStatus", "status", "data.upload_status");
  if (word === "failed") throw unverified(reply);
  if (word !== "completed") return { state: "checking", names };
  const id = idIn(reply, "canonical_media_id", "canonicalMediaId", "data.canonical_media_id") ?? names.media_id;
  return { state: "usable", value: mediaName(required(id, "media_id")) };
}

function unverified(reply: Json): ProviderError {
  const why = textIn(reply, "error_message", "message", "error");
  const words = "viddyscribe found that what was uploaded is not a video that it can use";
  return new ProviderError(why === undefined ? words : `${words}: ${oneLine(why)}`, {
    class: "invalid",
    outcome: "refused",
  });
}
