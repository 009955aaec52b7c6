import type { Job, JobStatus, RemoteOutput } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Cost } from "../../model/money.ts";
import type { Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { either } from "../either.ts";
import { isGone } from "../error.ts";
import { partIn, required, wordIn } from "../reply.ts";
import { running } from "../running.ts";
import { failureClass, wordsIn } from "./codes.ts";
import { costIn, currencyIn } from "./cost.ts";
import { videosIn } from "./outputs.ts";
import * as routes from "./routes.ts";

/** NanoGPT's own words, and those that models behind it have let through, in any case. */
const success: ReadonlySet<string> = new Set(["completed", "succeeded", "success"]);
const failure: ReadonlySet<string> = new Set(["failed", "error"]);
const cancelled: ReadonlySet<string> = new Set(["cancelled", "canceled"]);
const unfinished: ReadonlySet<string> = new Set(
  ["pending", "queued", "queue", "in_queue"].concat(
    ["processing", "running", "generating", "delivering", "in_progress"],
    // NanoGPT's description of its own interface has it for what it cannot tell.
    ["unknown"],
  ),
);

interface Reading {
  readonly word: string;
  readonly videos: readonly RemoteOutput[];
  readonly progress: number | undefined;
  readonly reply: Json;
}

function read(reply: Json): Reading {
  const videos = videosIn(reply);
  const word = wordIn(reply, "data.status", "status", "data.state", "state");
  return {
    word: videos.length > 0 ? (word ?? "completed") : required(word, "status"),
    videos,
    progress: partIn(reply, "data.progress", "progress"),
    reply,
  };
}

/** Some runs are known only where they were asked for before there was one place for all. */
const ask = (job: Job, wire: Wire): Promise<Reading> =>
  either(wire.get(routes.status(job.id), read), () => wire.get(routes.formerStatus(job.id, job.model), read));

/** The videos of a finished run that the first answer did not name, should the other endpoint have them. */
async function elsewhere(job: Job, wire: Wire): Promise<readonly RemoteOutput[]> {
  try {
    return await wire.get(routes.formerStatus(job.id, job.model), (reply) => read(reply).videos);
  } catch (error) {
    if (!isGone(error)) throw error;
    return [];
  }
}

/** The final cost, where an answer tells it; otherwise `usual`. */
function costOf({ reply }: Reading, job: Job, usual?: string): { readonly cost?: Cost } {
  const kept = job.currency === "USD" || job.currency === "XNO" ? job.currency : undefined;
  const currency = currencyIn(reply) ?? kept;
  const told = costIn(reply, currency);
  if (told !== undefined) return { cost: told };
  return usual === undefined || currency === undefined
    ? {}
    : { cost: { amount: usual, currency, source: "estimated" } };
}

/** What was charged for a job that fails is given back by NanoGPT itself. */
const givenBack = "0.00";

function failed(now: Reading, job: Job): JobStatus {
  const silent = cancelled.has(now.word) ? "NanoGPT cancelled the job" : "NanoGPT gives no reason";
  const said = oneLine(wordsIn(now.reply) ?? "");
  const message = said === "" ? silent : said;
  return { state: "failed", class: failureClass(now.reply, said), message, ...costOf(now, job, givenBack) };
}

/** Asks once, or twice where the first place does not know the run, or knows it to be done and not where its file is. */
export async function poll(job: Job, wire: Wire): Promise<JobStatus> {
  const now = await ask(job, wire);
  if (failure.has(now.word) || cancelled.has(now.word)) return failed(now, job);
  if (!success.has(now.word)) return running("NanoGPT", now.word, unfinished, now.progress);
  const videos = now.videos.length > 0 ? now.videos : await elsewhere(job, wire);
  return videos.length > 0
    ? { state: "done", outputs: videos, ...costOf(now, job) }
    : { state: "failed", class: "lost-output", message: "NanoGPT says the job is finished and gives no file" };
}
