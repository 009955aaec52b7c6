import type { Context } from "hono";
import { isObject, type Json } from "../../model/json.ts";
import type { Env } from "../env.ts";
import type { World } from "../world.ts";
import { badRequest, refuse, tooLarge } from "./answers.ts";
import type { Library, Medium } from "./library.ts";
import { mostInOnePiece, sent } from "./sent.ts";

/** How long an upload may begin after it was announced, in milliseconds. */
const patience = 15 * 60_000;

export const noVideo = (): Response =>
  refuse(415, "no_video_stream", "The file has no video stream; upload one that has");

/** Hears everything out before it says no, so that the answer arrives. */
export const tooMuch = async (c: Context<Env>): Promise<boolean> =>
  (await c.req.arrayBuffer()).byteLength > mostInOnePiece;

/** Takes a film in: the bytes themselves, by an address, or by a promise to put it into the storage. */
export async function uploadMedia(c: Context<Env>, world: World, library: Library): Promise<Response> {
  if (await tooMuch(c)) return tooLarge();
  const body = await sent(c);
  if (body === undefined) return badRequest("The body is neither JSON nor a form");
  const input = isObject(body.fields.input) ? body.fields.input : undefined;
  // The overview's sample sends the file alone.
  if (body.file !== undefined && (input === undefined || input.type === "file")) return direct(body.file, library);
  if (input === undefined) return badRequest("input is required");
  switch (input.type) {
    case "url":
      return linked(input.url, library);
    case "signed_url":
      return announced(input.filename, input.content_type, world, library);
    case "file":
      return badRequest("file is required with input.type file");
    default:
      return badRequest("input.type must be file, url or signed_url");
  }
}

async function direct(file: File, library: Library): Promise<Response> {
  const medium = library.take(file.name, file.type, new Uint8Array(await file.arrayBuffer()));
  return medium === undefined ? noVideo() : created(medium);
}

function linked(url: Json | undefined, library: Library): Response {
  if (!isAddress(url)) return badRequest("input.url must be an address that anybody can fetch");
  const medium = library.link(url);
  return medium === undefined ? noVideo() : created(medium);
}

export const isAddress = (url: Json | undefined): url is string =>
  typeof url === "string" && /^https?:\/\//i.test(url) && URL.canParse(url);

/** The frame rate is not measured. */
const created = ({ id, film }: Medium): Response =>
  Response.json({
    media_id: id,
    status: "created",
    ...(film === undefined ? {} : { duration_seconds: film.seconds, frame_rate: 30 }),
  });

function announced(name: Json | undefined, type: Json | undefined, world: World, library: Library): Response {
  if (typeof name !== "string" || name === "") return badRequest("input.filename is required");
  if (typeof type !== "string" || !type.startsWith("video/")) return badRequest("input.content_type must be video/*");
  const { id, path } = library.announce(name, type);
  return Response.json({
    media_id: id,
    upload_url: world.links.signed(path, Date.now() + patience),
    gcs_path: gcsPath(id, name),
    status: "pending_upload",
    content_type: type,
  });
}

/** Where the storage keeps an upload, which the client hands back with its id. */
export const gcsPath = (id: string, name: string): string => `users/u_1/videos/${id.slice(0, 8)} ${name}`;
