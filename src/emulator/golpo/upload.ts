import type { Context } from "hono";
import type { Env } from "../env.ts";
import type { World } from "../world.ts";
import { invalid } from "./answers.ts";
import { extensionOf, mediaTypes } from "./files.ts";

/** The largest file that may be announced and put. */
const largest = 15 * 1024 * 1024;

/** How long an upload may begin after it was announced, in milliseconds. */
const patience = 3_600_000;

/** Announces a file. Only its name and size count here; the bytes go to the storage. */
export async function upload(c: Context<Env>, world: World): Promise<Response> {
  if (!(c.req.header("content-type") ?? "").startsWith("multipart/form-data"))
    return invalid("file", "Field required", "missing");
  const { file } = await c.req.parseBody();
  if (!(file instanceof File)) return invalid("file", "Field required", "missing");
  const mediaType = mediaTypes[extensionOf(file.name)];
  if (mediaType === undefined) return invalid("file", `Unsupported file type: ${file.name}`);
  if (file.size > largest) return invalid("file", "File exceeds the limit of 15 MB");
  const path = world.uploads.grant("golpo", file.name, mediaType, largest);
  return c.json({
    upload_url: world.links.signed(path, Date.now() + patience),
    file_url: world.links.plain(path),
    content_type: mediaType,
  });
}
