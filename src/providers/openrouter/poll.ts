import type { FailureClass, Job, JobStatus, RemoteOutput } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import { type Cost, decimal, usd } from "../../model/money.ts";
import type { Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { at, listIn, numberIn, required, textIn } from "../reply.ts";
import { classOf } from "./codes.ts";
import { content, video } from "./routes.ts";

const running: ReadonlySet<string> = new Set(["pending", "in_progress"]);

/** Ends without a video. No document names `dead`; OpenRouter's own client counts it among them. */
const failure: ReadonlyMap<string, FailureClass> = new Map([
  ["failed", "provider"],
  ["cancelled", "provider"],
  ["dead", "provider"],
  ["expired", "expired"],
]);

/** Where the error is a text, the words are all there is. */
const moderated = /\b(?:moderat\w*|content polic\w+|safety|prohibited|inappropriate|violat\w+)\b/i;
const ofResult = /\b(?:output|generated|rendered|result\w*)\b/i;

/** OpenRouter bills in dollars and says how much when the job has ended. Null: it does not know. */
function costIn(reply: Json): { readonly cost?: Cost } {
  const cost = numberIn(reply, "usage.cost");
  if (cost === undefined || cost < 0 || cost > dearest) return {};
  return { cost: { amount: decimal(usd(cost)), currency: "USD", source: "provider" } };
}

/** More dollars than any video costs: what is beyond is no price. */
const dearest = 1e6;

const isAddress = (value: Json): value is string => typeof value === "string" && /^https?:\/\//i.test(value);
const isPath = (value: Json): value is string => typeof value === "string" && value.startsWith("/");

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
function failed(reply: Json, word: string, usual: FailureClass): JobStatus {
  const said = textIn(reply, "error", "error.message");
  const message = said === undefined ? `OpenRouter says "${word}" and gives no reason` : oneLine(said);
  const byWords = !moderated.test(message) ? usual : ofResult.test(message) ? "moderated-output" : "moderated-input";
  return { state: "failed", class: classOf(at(reply, "error")) ?? byWords, message, ...costIn(reply) };
}

function read(reply: Json, job: Job): JobStatus {
  const word = required(textIn(reply, "status"), "status").trim().toLowerCase();
  const usual = failure.get(word);
  if (usual !== undefined) return failed(reply, word, usual);
  if (word === "completed") return { state: "done", outputs: films(reply, job), ...costIn(reply) };
  if (running.has(word)) return { state: "running" };
  return { state: "running", note: `OpenRouter says "${oneLine(word, 40)}", which is new to us` };
}

/** By the job's id, not by the address that a submit gives: that one may lead elsewhere. An unknown word is no end. */
export const poll = (job: Job, wire: Wire): Promise<JobStatus> => wire.get(video(job.id), (reply) => read(reply, job));
