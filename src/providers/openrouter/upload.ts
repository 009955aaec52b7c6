import type { Upload, Uploaded } from "../../model/provider.ts";
import { dataUrl } from "../data-url.ts";

/** OpenRouter has no place for files: a picture travels inside the request, and nothing is sent before that. */
export const upload = async (file: Upload): Promise<Uploaded> => ({ state: "usable", value: dataUrl(file) });
