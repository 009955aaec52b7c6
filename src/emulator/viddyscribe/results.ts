import { instant } from "../../model/clock.ts";
import { isObject, type Json, type JsonObject, parsed } from "../../model/json.ts";
import type { Fault } from "../faults/rule.ts";
import { type Job, standing } from "../jobs.ts";
import { itemsIn } from "../json.ts";
import type { Accepted } from "../record.ts";
import type { Links } from "../storage/links.ts";
import { type Asked, formatOf, isExtended } from "./config.ts";
import { filesOf } from "./files.ts";
import { asEdl, asJson, asSrt, asVtt, type Segment, segments } from "./segments.ts";

/** How long a link lives, in milliseconds. */
const life = 15 * 60_000;

/** The answer to a poll. */
export function resultsView(job: Job, asked: Asked, links: Links, fault: Fault | undefined, now: number): JsonObject {
  const at = standing(job, now);
  const head = {
    job_id: job.job,
    status: fault?.kind === "unknown-status" ? fault.word : wordFor(at),
    media_id: job.ids.media ?? null,
    created_at: instant(job.at),
    updated_at: instant(Math.min(now, Math.max(job.at, job.endsAt))),
  };
  const old = fault?.kind === "old-style";
  if (fault?.kind === "unknown-status" || at.state === "running") return head;
  if (at.state === "failed") return { ...head, ...failure(at.message, old) };
  if (fault?.kind === "no-url") return asked.operation === "text" ? head : { ...head, output: outputOf(asked) };
  const expiresAt = fault?.kind === "expired-link" ? job.endsAt - 1000 : now + life;
  const address = (name: string): string => links.signed(`/viddyscribe/files/${name}`, expiresAt);
  return { ...head, ...addresses(job, asked, address, old), output: old ? formerOutput(asked) : outputOf(asked) };
}

function wordFor(at: ReturnType<typeof standing>): string {
  if (at.state !== "running") return at.state;
  return at.progress < 20 ? "queued" : "processing";
}

/** A fault's words that are one word are a code. An older version had prose alone. */
function failure(message: string, old: boolean): JsonObject {
  const isCode = /^[a-z]+(?:_[a-z]+)*$/.test(message);
  const words = isCode ? `The job failed: ${message.replaceAll("_", " ")}` : message;
  return old ? { error: words } : { error: isCode ? message : "processing_failed", message: words };
}

function addresses(job: Accepted, asked: Asked, address: (name: string) => string, old: boolean): JsonObject {
  const { film, track } = filesOf(job, asked);
  const main = film ?? track;
  if (old) return main === undefined ? {} : { result_url: address(main) };
  return {
    ...(film === undefined ? {} : { video_signed_url: address(film) }),
    ...(track === undefined ? {} : { audio_signed_url: address(track) }),
  };
}

function described({ config, source }: Asked): readonly Segment[] {
  const instructions = typeof config.custom_instructions === "string" ? config.custom_instructions : "";
  return segments(source.name, source.seconds, instructions);
}

/** The text of the descriptions, as it was asked for. One that came ready goes back as it came. */
function outputOf(asked: Asked): JsonObject {
  const { operation, config, source } = asked;
  const format = formatOf(operation, config);
  const ready = operation === "text" ? undefined : config.description_content;
  if (format === "json")
    return { format, segments: typeof ready === "string" ? read(ready, source.seconds) : described(asked).map(asJson) };
  if (typeof ready === "string") return { format, content: ready };
  const write = { vtt: asVtt, srt: asSrt, edl: (all: readonly Segment[]) => asEdl(source.name, all) }[format];
  return { format, content: write(described(asked)) };
}

/** A ready text that is no list of descriptions is one description. */
function read(content: string, seconds: number): readonly Json[] {
  const written = parsed(content);
  const list = isObject(written) ? written.segments : written;
  return Array.isArray(list) ? itemsIn(list) : [{ start: 0, end: seconds, text: content }];
}

/** An older version's. */
function formerOutput(asked: Asked): JsonObject {
  const { operation, config } = asked;
  const all = described(asked);
  return {
    language: config.language ?? "en-US",
    ad_type: isExtended(operation, config) ? "extended_ad" : "standard_ad",
    items: all.map(asJson),
    vtt: asVtt(all),
  };
}
