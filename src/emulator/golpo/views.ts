import { instant } from "../../model/clock.ts";
import type { Json } from "../../model/json.ts";
import type { Telling } from "../env.ts";
import type { Fault } from "../faults/rule.ts";
import { type Job, standing } from "../jobs.ts";
import { addressOf } from "../storage/address.ts";
import type { Links } from "../storage/links.ts";
import { voice } from "./length.ts";
import { fileName, script } from "./media.ts";

type Fields = { readonly [field: string]: Json };

/** The answer to a poll. */
export function statusView(job: Job, links: Links, { now: at, fault }: Telling): Fields {
  const ids = { job_id: job.job, video_id: job.ids.video ?? job.job };
  const now = standing(job, at);
  if (fault?.kind === "unknown-status") return { ...ids, status: fault.word };
  if (now.state === "running") return { ...ids, status: "generating", progress: now.progress };
  if (now.state === "failed") return { ...ids, status: "failed", error: now.message };
  return { ...ids, status: "completed", progress: 100, ...result(job, links, fault) };
}

/** What GET and the list tell of a video. */
export function videoView(job: Job, links: Links, { now: at, fault }: Telling): Fields {
  const { request, changes } = job;
  const now = standing(job, at);
  const id = job.ids.video ?? job.job;
  const words = { running: "generating", done: "completed", failed: "failed" } as const;
  return {
    id,
    video_id: id,
    title: changes.title ?? titleOf(request.prompt),
    prompt: request.prompt ?? null,
    status: fault?.kind === "unknown-status" ? fault.word : words[now.state],
    is_public: changes.is_public ?? request.is_public ?? false,
    video_type: request.video_type === undefined ? "long" : request.video_type,
    language: request.language ?? "en",
    style: voice(request),
    created_at: instant(job.at),
    updated_at: instant(Math.max(job.changedAt, now.state === "running" ? job.at : job.endsAt)),
    ...(now.state === "done" ? result(job, links, fault) : {}),
    ...(now.state === "failed" ? { error: now.message } : {}),
  };
}

/** What a finished job has to show: a script, or the address of its file. */
function result(job: Job, links: Links, fault: Fault | undefined): Fields {
  if (job.request.just_return_script === true) return { script: script(job) };
  if (fault?.kind === "no-url") return { video_url: null };
  const path = `/golpo/files/${fileName(job)}`;
  const address = addressOf(path, job, links, fault);
  return job.request.audio_only === true ? { video_url: null, podcast_url: address } : { video_url: address };
}

/** A video has its prompt's beginning for a title until it is given another. */
const titleOf = (prompt: Json | undefined): string =>
  typeof prompt === "string" ? prompt.trim().replace(/\s+/g, " ").slice(0, 60) : "Untitled";
