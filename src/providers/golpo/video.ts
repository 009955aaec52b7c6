import type { Job, RemoteState } from "../../model/job.ts";
import { isObject, type Json } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import type { Metadata } from "../../model/unit.ts";
import { isGone } from "../error.ts";
import { at, booleanIn, required, textIn } from "../reply.ts";
import * as routes from "./routes.ts";
import { videoId } from "./submit.ts";

/** Golpo wraps a video in `video`, and sometimes does not. */
export function readVideo(reply: Json): Json {
  const wrapped = at(reply, "video");
  return isObject(wrapped) ? wrapped : reply;
}

/** A submit need not tell the video's id; the job's status does. An id that is no job's may be a video's. */
async function idOf(job: Job, wire: Wire): Promise<string> {
  return job.video ?? (await videoOf(job, wire)) ?? job.id;
}

/** Undefined where Golpo knows no job by that id. */
async function videoOf(job: Job, wire: Wire): Promise<string | undefined> {
  try {
    return await wire.get(routes.status(job.id), (reply) => required(videoId(reply), "video_id"));
  } catch (error) {
    if (!isGone(error)) throw error;
    return undefined;
  }
}

/** The list may name a video and not its job. */
export const names = async (job: Job, wire: Wire): Promise<Job> => ({ ...job, video: await idOf(job, wire) });

/** Title and visibility are all that Golpo changes in place. It costs nothing. */
export async function update(job: Job, { title, visibility }: Metadata, wire: Wire): Promise<void> {
  if (title === undefined && visibility === undefined) return;
  const changes = {
    ...(title === undefined ? {} : { title }),
    ...(visibility === undefined ? {} : { is_public: visibility === "public" }),
  };
  await wire.patch(routes.video(await idOf(job, wire)), changes, () => undefined);
}

/** A soft delete: Golpo's support can bring it back. What is gone already is as it should be. */
export async function remove(job: Job, wire: Wire): Promise<void> {
  try {
    await wire.delete(routes.video(await idOf(job, wire)), () => undefined);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

export async function inspect(job: Job, wire: Wire): Promise<RemoteState> {
  try {
    return await wire.get(routes.video(await idOf(job, wire)), (reply) => {
      const video = readVideo(reply);
      const title = textIn(video, "title");
      const shown = booleanIn(video, "is_public");
      return {
        exists: true,
        metadata: {
          ...(title === undefined ? {} : { title }),
          ...(shown === undefined ? {} : { visibility: shown ? "public" : "private" }),
        },
      };
    });
  } catch (error) {
    if (!isGone(error)) throw error;
    return { exists: false, metadata: {} };
  }
}
