import type { Upload, Uploaded, Wire } from "../../model/provider.ts";
import { required, textIn, urlIn } from "../reply.ts";
import { uploadFile } from "./routes.ts";

interface Place {
  readonly put: string;
  readonly use: string;
  readonly mediaType: string;
}

/**
 * In two steps: Golpo signs an address, and the bytes go there with exactly the content type that it signed. Documents
 * can be used by one request only, so an upload is never shared between requests.
 */
export async function upload({ name, mediaType, bytes }: Upload, wire: Wire): Promise<Uploaded> {
  const place = await wire.post(uploadFile, { file: { name, mediaType, bytes } }, (reply): Place => {
    const put = required(urlIn(reply, "upload_url", "data.upload_url"), "upload_url");
    return {
      put,
      use: urlIn(reply, "file_url", "data.file_url") ?? put,
      mediaType: textIn(reply, "content_type", "data.content_type") ?? mediaType,
    };
  });
  await wire.put(place.put, bytes, place.mediaType);
  return { state: "usable", value: place.use };
}
