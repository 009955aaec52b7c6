import type { JsonObject } from "../../model/json.ts";

/** What a medium that ViddyScribe has is named by in a request: `media:` and its id. */
const prefix = "media:";

export const mediaName = (id: string): string => `${prefix}${id}`;

/** A request's `input` in ViddyScribe's words. What is no medium of its own is an address that it fetches itself. */
export const inputOf = (written: string): JsonObject =>
  written.startsWith(prefix)
    ? { type: "media_id", media_id: written.slice(prefix.length) }
    : { type: "url", url: written };
