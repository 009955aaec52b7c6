import type { Upload } from "../model/provider.ts";

/** A file as part of a request, for a provider that has no place to put files. */
export const dataUrl = ({ mediaType, bytes }: Pick<Upload, "mediaType" | "bytes">): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`;
