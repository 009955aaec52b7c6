import type { Upload, Uploaded } from "../../model/provider.ts";

/** OpenRouter has no place for files: a picture travels inside the request, and nothing is sent before that. */
export const upload = async ({ mediaType, bytes }: Upload): Promise<Uploaded> => ({
  state: "usable",
  value: `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`,
});
