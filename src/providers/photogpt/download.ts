import type { Json } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import { answered } from "../error.ts";
import { partIn, required, urlIn, wordIn } from "../reply.ts";
import { inside, type Made } from "./job.ts";
import * as routes from "./routes.ts";

/** How far a video is on its way to being a file. `part` is what is done: 0 to 1. */
export type Download =
  | { readonly state: "preparing"; readonly part: number }
  | { readonly state: "ready"; readonly url: string }
  /** There will be no file. */
  | { readonly state: "none" };

const begun: Download = { state: "preparing", part: 0 };

/** A playlist names pieces of a video and is none itself. */
export const isFile = (url: string): boolean => !/\.(?:m3u8|mpd)(?:[?#]|$)/i.test(url);

function read(reply: Json): Download {
  const download = inside(reply);
  const word = required(wordIn(download, "status"), "status");
  const url = urlIn(download, "url");
  if (word === "error" || word === "failed") return { state: "none" };
  if (word !== "ready") return { state: "preparing", part: partIn(download, "percentComplete") ?? 0 };
  return url !== undefined && isFile(url) ? { state: "ready", url } : { state: "none" };
}

/** Undefined where nothing is prepared, nor on its way. */
async function ask(id: string, wire: Wire): Promise<Download | undefined> {
  try {
    return await wire.get(routes.download(id), read);
  } catch (error) {
    if (!answered(error, 404, 409)) throw error;
    return undefined;
  }
}

/** Has the file prepared. A conflict is with a preparation that is under way already. */
async function prepare(id: string, wire: Wire): Promise<void> {
  try {
    await wire.get(routes.createDownload(id), () => undefined);
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
}

/**
 * Where the file of a video can be fetched, or how far it is. What PhotoGPT failed to prepare it is asked for once more;
 * fails that too, its own address will do where that is a file.
 */
export async function download({ id, url }: Made, wire: Wire): Promise<Download> {
  const direct: Download = url !== undefined && isFile(url) ? { state: "ready", url } : { state: "none" };
  if (id === undefined) return direct;
  const before = await ask(id, wire);
  if (before !== undefined && before.state !== "none") return before;
  await prepare(id, wire);
  const now = before === undefined ? begun : ((await ask(id, wire)) ?? begun);
  return now.state === "none" ? direct : now;
}
