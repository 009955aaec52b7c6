import type { Job, JobStatus, RemoteOutput } from "../../model/job.ts";
import type { Wire } from "../../model/provider.ts";
import { moderation } from "../failure.ts";
import { running } from "../running.ts";
import { type Download, download, isFile } from "./download.ts";
import { type Reading, readJob } from "./job.ts";

/** PhotoGPT documents the first word of each; a client of others' has met more. */
const success: ReadonlySet<string> = new Set(["success", "succeeded", "completed", "complete", "done", "finished"]);
const failure: ReadonlySet<string> = new Set(["failed", "failure", "error", "cancelled", "canceled", "rejected"]);
const unfinished: ReadonlySet<string> = new Set(["created", "queued", "running"]);

/**
 * A job is done once each of its videos can be fetched as a file, which PhotoGPT prepares only when it is asked to. A word
 * that nobody documents is an end where a reason or a video stands beside it, and none otherwise.
 */
export async function poll(job: Job, wire: Wire): Promise<JobStatus> {
  const now = await readJob(job, wire);
  const known = success.has(now.word) || unfinished.has(now.word);
  if (failure.has(now.word) || (!known && now.error !== undefined)) return failed(now);
  if (success.has(now.word) || (!known && now.videos.length > 0)) return collect(now, wire);
  return running("PhotoGPT", now.word, unfinished, now.progress);
}

function failed({ error }: Reading): JobStatus {
  const message = error === undefined || error === "" ? "PhotoGPT gives no reason" : error;
  return { state: "failed", class: moderation(message) ?? "provider", message };
}

const lost = (message: string): JobStatus => ({ state: "failed", class: "lost-output", message });

async function collect({ videos, images }: Reading, wire: Wire): Promise<JobStatus> {
  if (videos.length === 0) return lost("PhotoGPT says the job is finished and gives no video");
  const downloads: Download[] = [];
  for (const video of videos) downloads.push(await download(video, wire));
  if (downloads.some(({ state }) => state === "preparing")) {
    const done = downloads.reduce((sum, one) => sum + (one.state === "preparing" ? one.part : 1), 0);
    return { state: "running", progress: done / downloads.length };
  }
  const without = videos.filter((_, index) => downloads[index]?.state === "none").map(({ id }) => id ?? "a video");
  if (without.length > 0) return lost(`PhotoGPT could not prepare the file of ${without.join(", ")}`);
  return {
    state: "done",
    outputs: [
      ...downloads.flatMap((one): readonly RemoteOutput[] =>
        one.state === "ready" ? [{ role: "video", source: { url: one.url } }] : [],
      ),
      ...images.filter(isFile).map((url): RemoteOutput => ({ role: "lastFrame", source: { url } })),
    ],
  };
}
