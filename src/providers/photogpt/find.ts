import { instant } from "../../model/clock.ts";
import type { Candidate, Found } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Lost, Search, Wire } from "../../model/provider.ts";
import { textsOf } from "../fields.ts";
import { idIn, listIn, required, textIn, timeIn } from "../reply.ts";
import { inside } from "./job.ts";
import * as routes from "./routes.ts";

/** As large as PhotoGPT's own sample has it: a larger page may be cut without a word. */
const pageSize = 20;
const mostPages = 25;
const minute = 60_000;
/** How much earlier than our clock PhotoGPT's may stand. */
const skew = 2 * minute;

const readPage = (reply: Json): readonly Json[] =>
  required(listIn(inside(reply), "", "videos", "items", "data", "list"), "list of videos");

const createdAt = (video: Json): number | undefined => timeIn(video, "createdAt", "created_at");

const normal = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

/**
 * Whether a video is certainly of the lost request. Of what tells requests apart the documents promise the model only,
 * which is not enough: a record that does not repeat the prompt, be it in its free-form `data`, is nobody's.
 */
function isOurs(video: Json, lost: Lost, claimedAt: number): boolean {
  const { prompt, modelID } = lost.traits;
  const listed = textIn(video, "prompt", "data.prompt");
  const made = createdAt(video);
  return (
    prompt !== undefined &&
    listed !== undefined &&
    normal(listed) === normal(prompt) &&
    textIn(video, "modelID", "modelId") === modelID &&
    made !== undefined &&
    made >= claimedAt - skew
  );
}

/** A job may have made several videos and is one candidate. Without the job's own name there is nothing to poll. */
function candidates(videos: readonly Json[]): readonly Candidate[] {
  const jobs = new Map<string, Candidate>();
  for (const video of videos) {
    const id = idIn(video, "jobId", "jobID");
    const made = createdAt(video);
    if (id !== undefined && made !== undefined) jobs.set(id, { job: { id }, createdAt: instant(made) });
  }
  return [...jobs.values()];
}

const keyOf = (video: Json): string => idIn(video, "id") ?? JSON.stringify(video);

/**
 * Looks for a lost submit among the account's videos, page by page and no further back than it can be. The list has
 * finished videos alone: a job that still runs, or has failed, is not in it. So finding nothing proves nothing.
 */
async function find(lost: Lost, wire: Wire): Promise<Found> {
  const claimedAt = Date.parse(lost.claimedAt);
  const seen = new Map<string, Json>();
  for (let page = 1; page <= mostPages; page++) {
    const videos = await wire.get(routes.list(page, pageSize), readPage);
    const before = seen.size;
    for (const video of videos) seen.set(keyOf(video), video);
    const oldest = Math.min(...videos.map((video) => createdAt(video) ?? Number.POSITIVE_INFINITY));
    // Newest first is how lists like this go. A page that brings nothing new: the server does not count pages.
    if (videos.length < pageSize || seen.size === before || oldest < claimedAt - 10 * minute) break;
  }
  return {
    candidates: candidates([...seen.values()].filter((video) => isOurs(video, lost, claimedAt))),
    complete: false,
  };
}

export const search: Search = { traits: (request) => textsOf(request, ["prompt", "modelID"]), find };
