import type { Upload, Uploaded } from "../../model/provider.ts";
import { dataUrl } from "../data-url.ts";
import { ProviderError } from "../error.ts";

/** What NanoGPT takes in a request: 4 MB. Larger files must be where it can fetch them. */
const most = 4 * 1024 * 1024;

/** NanoGPT has no place to put files: they go along in the request itself, so nothing is sent here. */
export async function upload({ name, mediaType, bytes }: Upload): Promise<Uploaded> {
  if (bytes.length > most) {
    throw new ProviderError(
      `${name} has ${bytes.length} bytes, and nanogpt takes ${most} (4 MB) in a request: put the file where anybody can get it, and write its https address`,
      { class: "invalid", outcome: "notSent" },
    );
  }
  return { state: "usable", value: dataUrl({ mediaType, bytes }) };
}
