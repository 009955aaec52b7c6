import { instant } from "../../model/clock.ts";
import type { Json } from "../../model/json.ts";
import type { Telling } from "../env.ts";
import type { Fault } from "../faults/rule.ts";
import { type Job, standing } from "../jobs.ts";
import { addressOf } from "../storage/address.ts";
import type { Links } from "../storage/links.ts";
import { type Made, madeBy } from "./made.ts";
import { asked, carriedOut } from "./request.ts";

type Fields = { readonly [field: string]: Json };

/** A video's own address: a playlist, which is no file. */
const playlist = ({ id }: Made, links: Links): string => links.plain(`/photogpt/files/${id}.m3u8`);

/** The answer to a poll. */
export function jobView(job: Job, links: Links, { now: at, fault }: Telling): Fields {
  const common = { createdAt: instant(job.at), jobId: job.job };
  const now = standing(job, at);
  if (fault?.kind === "unknown-status") return { ...common, status: fault.word };
  if (now.state === "running") return { ...common, status: now.progress < 10 ? "queued" : "running" };
  if (now.state === "failed") return { ...common, status: "failed", error: now.message };
  const videos = fault?.kind === "no-url" ? [] : madeBy(job, at);
  return { ...common, status: "success", videos: videos.map((made) => ({ id: made.id, url: playlist(made, links) })) };
}

/** A record of a video. What a request became, with all that was dropped and forced, stands in its free-form data. */
export function videoView(made: Made, links: Links): Fields {
  const { job, id } = made;
  const { modelID, prompt, options, images, referenceVideos, elements } = carriedOut(asked(job.request));
  return {
    id,
    jobId: job.job,
    modelID,
    type: "video",
    url: playlist(made, links),
    createdAt: instant(job.endsAt),
    updatedAt: instant(job.endsAt),
    liked: false,
    folderID: "",
    publicMediaID: "",
    data: {
      prompt: prompt ?? "",
      options,
      referenceImages: images.length,
      referenceVideos: referenceVideos.length,
      elements,
    },
  };
}

/** How far a file is. */
export function downloadView({ id, job }: Made, percent: number, links: Links, fault: Fault | undefined): Fields {
  if (percent < 100) return { status: "inprogress", percentComplete: percent };
  if (fault?.kind === "no-url") return { status: "ready", percentComplete: 100 };
  const path = `/photogpt/files/${id}.mp4`;
  return { status: "ready", percentComplete: 100, url: addressOf(path, job, links, fault) };
}
