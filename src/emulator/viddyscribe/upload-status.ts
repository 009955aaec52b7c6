import type { Json } from "../../model/json.ts";
import { refuse } from "./answers.ts";
import { gcsPath } from "./ingest.ts";
import type { Library, Medium } from "./library.ts";

/** The film that both names belong to. */
function named(library: Library, id: Json | undefined, path: Json | undefined): Medium | undefined {
  const medium = typeof id === "string" ? library.find(id) : undefined;
  return medium !== undefined && path === gcsPath(medium.id, medium.name) ? medium : undefined;
}

const unknown = (): Response => refuse(404, "not_found", "No upload has this media_id and gcs_path");

/** The client says that the bytes are there: they are looked at from now on. */
export function notified(library: Library, id: Json | undefined, path: Json | undefined): Response {
  const medium = named(library, id, path);
  if (medium === undefined) return unknown();
  library.inspect(medium.id);
  return standing(library.find(medium.id) ?? medium);
}

export function uploadStatus(library: Library, id: Json | undefined, path: Json | undefined): Response {
  const medium = named(library, id, path);
  return medium === undefined ? unknown() : standing(medium);
}

const standing = ({ id, state, canonical, film }: Medium): Response =>
  Response.json({
    media_id: id,
    upload_status: state,
    ...(state === "completed" ? { canonical_media_id: canonical, duration_seconds: film?.seconds ?? null } : {}),
    ...(state === "failed" ? { message: "The upload has no video stream, or never came" } : {}),
  });
