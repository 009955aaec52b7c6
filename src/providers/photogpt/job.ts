import type { Job } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { at, idIn, listIn, partIn, required, textIn, urlIn, wordIn } from "../reply.ts";
import * as routes from "./routes.ts";

/** A video that a job made. Its address may be a playlist, so its id is what counts. */
export interface Made {
  readonly id: string | undefined;
  readonly url: string | undefined;
}

export interface Reading {
  /** The status, in lower case. */
  readonly word: string;
  readonly videos: readonly Made[];
  /** Addresses of images: of a job that makes videos they are what `returnLastFrame` asked for. */
  readonly images: readonly string[];
  /** Documented only for a job that did not complete. */
  readonly error: string | undefined;
  readonly progress: number | undefined;
}

/** The part of an answer that the envelope holds; an answer without envelope is that part. */
export const inside = (reply: Json): Json => at(reply, "result") ?? reply;

const imageUrl = (image: Json): string | undefined =>
  typeof image === "string" ? urlIn({ url: image }, "url") : urlIn(image, "url");

function read(reply: Json): Reading {
  const job = inside(reply);
  const error = textIn(job, "error", "error.message", "reason");
  return {
    word: required(wordIn(job, "status"), "status"),
    videos: (listIn(job, "videos") ?? []).map((video) => ({
      id: idIn(video, "id", "videoID", "videoId"),
      url: urlIn(video, "url"),
    })),
    images: (listIn(job, "images") ?? []).map(imageUrl).filter((url) => url !== undefined),
    error: error === undefined ? undefined : oneLine(error),
    progress: partIn(job, "progress", "percentComplete"),
  };
}

export const readJob = ({ id }: Job, wire: Wire): Promise<Reading> => wire.get(routes.job(id), read);
