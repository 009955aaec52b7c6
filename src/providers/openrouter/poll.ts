import type { Job, JobFailure, JobStatus, RemoteOutput } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import { type Cost, decimal } from "../../model/money.ts";
import type { Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { moderation, ofJob } from "../failure.ts";
import { amountIn, at, isOwnPath, listIn, required, textIn, wordIn } from "../reply.ts";
import { running } from "../running.ts";
import { classOf } from "./codes.ts";
import { content, video } from "./routes.ts";

const unfinished: ReadonlySet<string> = new Set(["pending", "in_progress"]);

/** Ends without a video. No document names `dead`; OpenRouter's own client counts it among them. */
const failure: ReadonlyMap<string, JobFailure> = new Map([
  ["failed", "provider"],
  ["cancelled", "provider"],
  ["dead", "provider"],
  ["expired", "expired"],
]);

/** OpenRouter bills in dollars and says how much when the job has ended. Null: it does not know. */
function costIn(reply: Json): { readonly cost?: Cost } {
  const cost = amountIn(reply, "usage.cost");
  return cost === undefined ? {} : { cost: { amount: decimal(cost), currency: "USD", source: "provider" } };
}

const isAddress = (value: Json): value is string => typeof value === "string" && /^https?:\/\//i.test(value);
const isPath = (value: Json): value is string => typeof value === "string" && isOwnPath(value);

const film = (url: string, authorized: boolean): RemoteOutput => ({
  role: "video",
  source: authorized ? { url, authorized } : { url },
});

/**
 * The usual addresses are OpenRouter's own and want the key, which goes to its own origin alone. Addresses that are
 * signed want none. A job without either still has its content.
 */
function films(reply: Json, job: Job): readonly RemoteOutput[] {
  const own = (listIn(reply, "unsigned_urls") ?? []).filter((url) => isAddress(url) || isPath(url));
  if (own.length > 0) return own.map((url) => film(url, true));
  const signed = (listIn(reply, "urls") ?? []).filter(isAddress);
  if (signed.length > 0) return signed.map((url) => film(url, false));
  return [film(content(job.id, 0), true)];
}

/** The error is a text by the documents, and an object with its message elsewhere in the API. */
function failed(reply: Json, word: string, usual: JobFailure): JobStatus {
  const said = textIn(reply, "error", "error.message");
  const message = said === undefined ? `OpenRouter says "${word}" and gives no reason` : oneLine(said);
  const meant = classOf(at(reply, "error")) ?? moderation(message) ?? usual;
  return { state: "failed", class: ofJob(meant), message, ...costIn(reply) };
}

function read(reply: Json, job: Job): JobStatus {
  const word = required(wordIn(reply, "status"), "status");
  const usual = failure.get(word);
  if (usual !== undefined) return failed(reply, word, usual);
  if (word === "completed") return { state: "done", outputs: films(reply, job), ...costIn(reply) };
  return running("OpenRouter", word, unfinished);
}

/** By the job's id, not by the address that a submit gives: that one may lead elsewhere. An unknown word is no end. */
export const poll = (job: Job, wire: Wire): Promise<JobStatus> => wire.get(video(job.id), (reply) => read(reply, job));
