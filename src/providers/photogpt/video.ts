import type { Job, RemoteState } from "../../model/job.ts";
import type { Wire } from "../../model/provider.ts";
import { isGone } from "../error.ts";
import { readJob } from "./job.ts";
import * as routes from "./routes.ts";

/** A job exists as long as all its videos do. PhotoGPT keeps no title and no visibility of them. */
export async function inspect(job: Job, wire: Wire): Promise<RemoteState> {
  try {
    const { videos } = await readJob(job, wire);
    for (const { id } of videos) if (id !== undefined) await wire.get(routes.video(id), () => undefined);
    return { exists: true, metadata: {} };
  } catch (error) {
    if (!isGone(error)) throw error;
    return { exists: false, metadata: {} };
  }
}
