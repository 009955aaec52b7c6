import type { Job, JobStatus, RemoteOutput } from "../../model/job.ts";
import { isObject, type Json } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { either } from "../either.ts";
import { moderation } from "../failure.ts";
import { at, listIn, partIn, required, textIn, urlIn, wordIn } from "../reply.ts";
import { running } from "../running.ts";
import * as routes from "./routes.ts";
import { videoId } from "./submit.ts";
import { readVideo } from "./video.ts";

/** Golpo documents `generating`, `completed` and `failed`; its own command line also knows the others. */
const success: ReadonlySet<string> = new Set([
  "completed",
  "complete",
  "ready",
  "done",
  "success",
  "succeeded",
  "finished",
]);
const failure: ReadonlySet<string> = new Set(["failed", "failure", "error", "errored", "cancelled", "canceled"]);
const unfinished: ReadonlySet<string> = new Set([
  "generating",
  "queued",
  "pending",
  "processing",
  "running",
  "in_progress",
]);

const within = (...names: readonly string[]): readonly string[] =>
  ["", "data.", "result."].flatMap((envelope) => names.map((name) => `${envelope}${name}`));
const mediaNames = within("video_url", "podcast_url", "audio_url", "download_url");
const pictureNames = within("thumbnail_url");
const scriptNames = within("video_script", "podcast_script", "script");
const wordNames = within("status", "state");
const progressNames = within("progress");
const errorNames = within("error", "message", "detail", "error.message", "detail.message", "detail.msg");

const isAudio = (url: string): boolean => /\.(?:mp3|wav|m4a|ogg|aac)(?:[?#]|$)/i.test(url);

function media(reply: Json): readonly RemoteOutput[] {
  for (const name of mediaNames) {
    const url = urlIn(reply, name);
    if (url === undefined) continue;
    if (/(?:podcast|audio)_url$/.test(name) || isAudio(url)) return [{ role: "audio", source: { url } }];
    const picture = urlIn(reply, ...pictureNames);
    return [{ role: "video", source: { url }, ...(picture === undefined ? {} : { poster: { url: picture } }) }];
  }
  return [];
}

function script(reply: Json): readonly RemoteOutput[] {
  const text = textIn(reply, ...scriptNames);
  return text === undefined ? [] : [{ role: "script", source: { text } }];
}

function words(reply: Json): string {
  const said = textIn(reply, ...errorNames);
  const listed = listIn(reply, "detail", "data.detail")
    ?.filter(isObject)
    .map((item) => at(item, "msg"));
  const all = said ?? listed?.filter((item) => typeof item === "string").join("; ") ?? "";
  return all === "" ? "Golpo gives no reason" : oneLine(all);
}

interface Reading {
  readonly word: string;
  readonly outputs: readonly RemoteOutput[];
  readonly media: boolean;
  readonly progress: number | undefined;
  /** Why it failed, where it did. */
  readonly message: string;
  readonly video: string | undefined;
}

function read(reply: Json): Reading {
  const found = media(reply);
  const outputs = [...found, ...script(reply)];
  const word = wordIn(reply, ...wordNames);
  return {
    word: outputs.length > 0 ? (word ?? "") : required(word, "status"),
    outputs,
    media: found.length > 0,
    progress: partIn(reply, ...progressNames),
    message: word !== undefined && failure.has(word) ? words(reply) : "",
    video: videoId(reply),
  };
}

/** Golpo may know a job by its video alone: then its video is where its status stands. */
const ask = (job: Job, wire: Wire): Promise<Reading> =>
  either(wire.get(routes.status(job.id), read), () =>
    wire.get(routes.video(job.video ?? job.id), (reply) => read(readVideo(reply))),
  );

/**
 * An address is a success, whatever word stands beside it, unless the word says failure. An unknown word is no end. A
 * script is the whole result only where the video has no file either: it may as well stand beside one that is late.
 */
export async function poll(job: Job, wire: Wire): Promise<JobStatus> {
  const now = await ask(job, wire);
  if (failure.has(now.word))
    return { state: "failed", class: moderation(now.message) ?? "provider", message: now.message };
  if (now.media) return { state: "done", outputs: now.outputs };
  if (!success.has(now.word)) return running("Golpo", now.word, unfinished, now.progress);
  const id = job.video ?? now.video;
  const video = id === undefined ? [] : await wire.get(routes.video(id), (reply) => read(readVideo(reply)).outputs);
  const outputs = video.some(({ role }) => role === "script") ? video : [...video, ...now.outputs];
  return outputs.length > 0
    ? { state: "done", outputs }
    : { state: "failed", class: "lost-output", message: "Golpo says the job is finished and gives no file" };
}
