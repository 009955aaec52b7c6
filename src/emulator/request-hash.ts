import { isObject, type Json } from "../model/json.ts";
import { canonical, sha256 } from "./canonical.ts";
import type { Uploads } from "./storage/uploads.ts";

/** What makes two paid requests the same: their bodies, in which an uploaded file counts by its bytes. */
export function requestHash(body: Json, uploads: Uploads): string {
  const identify = (value: Json): Json => {
    if (typeof value === "string") return uploads.find(value)?.sha256 ?? value;
    if (Array.isArray(value)) return value.map(identify);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, identify(member)]));
  };
  return sha256(canonical(identify(body)));
}
