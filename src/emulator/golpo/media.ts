import type { Rendered } from "../api.ts";
import { promptIn } from "../body.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import { wav } from "../media/wav.ts";
import type { Accepted } from "../record.ts";

/** The name under which the storage has a job's file. */
export const fileName = (job: Accepted): string =>
  `${job.ids.video}.${job.request.audio_only === true ? "wav" : "mp4"}`;

/** A job's file, made of its request and the seed alone: the same bytes today, tomorrow and elsewhere. */
export function media(job: Accepted, seed: number): Rendered {
  const prompt = promptIn(job.request);
  const look = sha256(`${seed} ${job.hash}`);
  if (job.request.audio_only === true) return { prompt, mediaType: "audio/wav", render: () => wav(look, job.seconds) };
  const short = job.request.video_type === "short";
  const size = short ? { width: 320, height: 480 } : { width: 480, height: 320 };
  const text = prompt ?? script(job);
  const label = `golpo ${job.hash.slice(0, 8)}`;
  return { prompt, mediaType: "video/mp4", render: () => clip({ text, label, hash: look, ...size }, job.seconds) };
}

/** The narration: the author's own, or one that fills the time. */
export function script(job: Accepted): string {
  const own = job.request.new_script;
  if (typeof own === "string" && own !== "") return own;
  const topic = promptIn(job.request) ?? "A video";
  return `${topic}\n\nThis narration was written by the emulator. It lasts ${job.seconds} seconds.`;
}
