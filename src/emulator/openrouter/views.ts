import type { Json } from "../../model/json.ts";
import type { Telling } from "../env.ts";
import { type Job, standing } from "../jobs.ts";
import type { Links } from "../storage/links.ts";

type Fields = { readonly [field: string]: Json };

/** The part of a job's time after which it is told to be made. */
const waits = 20;

/** The name of a job's film in the storage, for answers that give signed addresses. */
export const fileName = (job: Job): string => `${job.job}.mp4`;

/** The answer to a poll. `api` is where this API answers, as its caller sees it. */
export function view(job: Job, api: string, links: Links, { now: at, fault }: Telling): Fields {
  const path = `/videos/${job.job}`;
  const relative = fault?.kind === "shape" && fault.shape === "relative";
  const own = relative ? `/api/v1${path}` : `${api}${path}`;
  const common = { id: job.job, generation_id: job.job, polling_url: own };
  if (fault?.kind === "unknown-status") return { ...common, status: fault.word };
  const now = standing(job, at);
  if (now.state === "running") return { ...common, status: now.progress < waits ? "pending" : "in_progress" };
  if (now.state === "failed") return { ...common, status: "failed", error: now.message };
  const usage = { cost: Number(job.price), is_byok: false };
  return { ...common, status: "completed", ...addresses(job, own, links, { now: at, fault }), usage };
}

function addresses(job: Job, own: string, links: Links, { now, fault }: Telling): Fields {
  if (fault?.kind === "no-url") return {};
  const file = `/openrouter/files/${fileName(job)}`;
  if (fault?.kind === "old-style") return { urls: [links.signed(file, now + 3_600_000)] };
  if (fault?.kind === "expired-link") return { urls: [links.signed(file, job.endsAt - 1000)] };
  return { unsigned_urls: [`${own}/content?index=0`] };
}
