import { instant } from "../../model/clock.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { Fault, Shape } from "../faults/rule.ts";
import { isDone, type Job, standing } from "../jobs.ts";
import { addressOf } from "../storage/address.ts";
import type { Links } from "../storage/links.ts";
import { fileNames } from "./media.ts";
import { filtered } from "./take.ts";

/** Which of the two endpoints is asked: they spell one name and one word differently. */
export type Endpoint = "former" | "current";

/** The answer to a question about a run, in the words of the endpoint or in those of a fault. */
export function statusView(
  job: Job,
  endpoint: Endpoint,
  { links, fault, speed, now }: { links: Links; fault: Fault | undefined; speed: number; now: number },
): JsonObject {
  const shape = fault?.kind === "shape" ? fault.shape : undefined;
  const said = told(job, endpoint, now, speed);
  const status = fault?.kind === "unknown-status" ? fault.word : shape === "words" ? words(said.status) : said.status;
  const urls = isDone(job, now) && fault?.kind !== "no-url" ? urlsOf(job, links, fault, shape) : [];
  if (shape === "flat") return flat(job, status, urls, said, now);
  const data = {
    status,
    [endpoint === "former" ? "request_id" : "requestId"]: job.job,
    ...said.more,
    ...(urls.length === 0 ? {} : { output: output(urls, shape) }),
  };
  return endpoint === "former" ? { data } : { requestId: job.job, model: job.request.model ?? null, data };
}

interface Told {
  readonly status: string;
  readonly more: JsonObject;
}

function told(job: Job, endpoint: Endpoint, now: number, speed: number): Told {
  const state = standing(job, now);
  if (state.state === "done") return { status: "COMPLETED", more: { cost: Number(job.price) } };
  if (state.state === "running") {
    const queued = now < job.at + 1000 / speed;
    return queued
      ? { status: "IN_QUEUE", more: {} }
      : { status: "IN_PROGRESS", more: { details: "Video is being generated" } };
  }
  if (/^cancel/i.test(state.message)) return { status: endpoint === "former" ? "CANCELLED" : "CANCELED", more: {} };
  const flagged = {
    isNSFWError: true,
    userFriendlyError: "Content flagged as inappropriate. Please modify your prompt and try again.",
  };
  return { status: "FAILED", more: { error: state.message, ...(state.message === filtered ? flagged : {}) } };
}

/** The words that runs of some models have instead. */
const others: ReadonlyMap<string, string> = new Map([
  ["IN_QUEUE", "queued"],
  ["IN_PROGRESS", "generating"],
]);
const words = (status: string): string => others.get(status) ?? status.toLowerCase();

function urlsOf(job: Job, links: Links, fault: Fault | undefined, shape: Shape | undefined): readonly string[] {
  if (shape === "relative") {
    const query = new URLSearchParams({ model: String(job.request.model), runId: job.job, variant: "video" });
    return [`/api/generate-video/content?${query}`];
  }
  return fileNames(job).map((name) => addressOf(`/nanogpt/files/${name}`, job, links, fault));
}

function output(urls: readonly string[], shape: Shape | undefined): JsonObject {
  const [first = ""] = urls;
  if (shape === "text") return { video: first };
  if (shape === "list") return { urls };
  const more = urls.length > 1 ? { videos: urls.map((url) => ({ url })) } : {};
  return { video: { url: first }, ...more };
}

const flatWords: ReadonlyMap<string, string> = new Map([
  ["IN_QUEUE", "queued"],
  ["IN_PROGRESS", "processing"],
  ["CANCELED", "cancelled"],
]);

/** The form that only NanoGPT's description of its own interface has. */
function flat(job: Job, status: string, urls: readonly string[], { more }: Told, now: number): JsonObject {
  const { state } = standing(job, now);
  const error: Json = more.error ?? null;
  return {
    requestId: job.job,
    status: flatWords.get(status) ?? status.toLowerCase(),
    progress: state === "done" ? 100 : null,
    estimatedTimeRemaining: null,
    videoUrl: urls[0] ?? null,
    error,
    createdAt: instant(job.at),
    completedAt: state === "running" ? null : instant(job.endsAt),
  };
}

/** What the list of recent runs tells of one. */
export function listed(job: Job, now: number): JsonObject {
  const states = { running: "processing", done: "completed", failed: "failed" } as const;
  return {
    runId: job.job,
    id: job.job,
    model: job.request.model ?? null,
    status: states[standing(job, now).state],
    createdAt: new Date(job.at).toISOString(),
    conversationUUID: job.request.conversationUUID ?? null,
  };
}
