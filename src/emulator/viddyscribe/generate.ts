import { isObject, type JsonObject } from "../../model/json.ts";
import { decimal, usd } from "../../model/money.ts";
import { chance, uuid } from "../chance.ts";
import { fateBy, unheardBy } from "../faults/fate.ts";
import type { Fault } from "../faults/rule.ts";
import { type Jobs, standing } from "../jobs.ts";
import type { Accepted } from "../record.ts";
import { requestHash } from "../request-hash.ts";
import type { World } from "../world.ts";
import { badRequest, conflict, refuse } from "./answers.ts";
import { complaint, isExtended, type Operation } from "./config.ts";
import { isAddress, noVideo } from "./ingest.ts";
import { type Library, type Medium, provider } from "./library.ts";
import { growth } from "./segments.ts";
import type { Sent } from "./sent.ts";

/** What a plan allows. Real plans do not say. */
const longest = 4 * 3600;
const mostQueued = 100;

/** What a request becomes: a job of which nothing is written yet, or the answer that refuses it. */
export async function take(
  operation: Operation,
  body: Sent,
  fault: Fault | undefined,
  { world, jobs, library }: { readonly world: World; readonly jobs: Jobs; readonly library: Library },
): Promise<Accepted | Response> {
  const { input, generation_config: written } = body.fields;
  const wrong = complaint(operation, written);
  if (wrong !== undefined) return badRequest(wrong);
  const medium = await mediumOf(isObject(input) ? input : {}, body.file, library);
  if (medium instanceof Response) return medium;
  const seconds = medium.film?.seconds ?? 0;
  if (seconds > longest) return refuse(403, "video_too_long", "The video is longer than the plan allows");
  const now = Date.now();
  if (jobs.newestFirst().filter((job) => standing(job, now).state === "running").length >= mostQueued)
    return refuse(429, "queue_limit_exceeded", "Too many jobs are queued; wait for some to complete");
  const config = isObject(written) ? written : {};
  const job = accepted(operation, medium, config, { fault, jobs, world, now });
  if (usd(world.credits) - jobs.spent() < usd(job.price))
    return refuse(429, "plan_limit_exceeded", "The team has no credits left");
  return job;
}

/** The film that a request is about. One that comes with the request stays, and has an id from then on. */
async function mediumOf(input: JsonObject, file: File | undefined, library: Library): Promise<Medium | Response> {
  switch (input.type) {
    case "media_id": {
      if (typeof input.media_id !== "string") return badRequest("input.media_id is required");
      return usable(library.find(input.media_id));
    }
    case "url":
      if (!isAddress(input.url)) return badRequest("input.url must be an address that anybody can fetch");
      return usable(library.link(input.url));
    case "file": {
      if (file === undefined) return badRequest("file is required with input.type file");
      return library.take(file.name, file.type, new Uint8Array(await file.arrayBuffer())) ?? noVideo();
    }
    default:
      return badRequest("input.type must be media_id, url or file");
  }
}

function usable(medium: Medium | undefined): Medium | Response {
  if (medium === undefined || medium.canonical !== medium.id) return refuse(404, "not_found", "There is no such media");
  const { state } = medium;
  if (state === "failed") return conflict("upload_failed", "The upload could not be verified; upload it again", state);
  if (state !== "completed") return conflict("upload_not_ready", "The upload is still being verified", state);
  return medium;
}

/** Credits for a minute of source. One costs a dollar here, and part of a minute counts in proportion. */
function credits(operation: Operation, config: JsonObject): number {
  if (operation === "text") return 0.5;
  if (operation === "audio") return 0.75;
  return config.description_content === undefined ? 1 : 0.5;
}

interface Around {
  readonly fault: Fault | undefined;
  readonly jobs: Jobs;
  readonly world: World;
  readonly now: number;
}

function accepted(operation: Operation, medium: Medium, config: JsonObject, around: Around): Accepted {
  const { fault, jobs, world, now } = around;
  const source = medium.film?.seconds ?? 0;
  // The same film is the same request, however it came.
  const request = { operation, input: { type: "media_id", media_id: medium.id }, generation_config: config };
  const hash = requestHash(request, world.uploads);
  const nth = jobs.submits(hash) + 1;
  const id = uuid(world.seed, provider, hash, nth).replaceAll("-", "").slice(0, 16);
  const longer = operation === "video" && isExtended(operation, config) ? growth(source) : 0;
  return {
    kind: "accepted",
    at: now,
    provider,
    job: `task_${id}`,
    ids: { media: medium.id },
    hash,
    request,
    price: decimal(usd(((source / 60) * credits(operation, config)).toFixed(4))),
    endsAt: now + (workTime(source, chance(world.seed, "duration", hash, nth)) * 1000) / world.speed,
    seconds: source + longer,
    fate: fateBy(fault, "processing_failed") ?? { kind: "succeeds" },
    consumed: [],
    ...unheardBy(fault),
  };
}

/** Ten minutes of film take about five, in emulated seconds. */
const workTime = (source: number, dice: number): number => 20 + source * 0.5 + dice * 30;
