import type { Rendered } from "../api.ts";
import { promptIn } from "../body.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import { sizeOf } from "../media/shapes.ts";
import type { Accepted } from "../record.ts";

/** Midjourney makes four of each. */
const countOf = ({ request }: Accepted): number => (request.model === "midjourney-video" ? 4 : 1);

/** The names under which the storage has a run's videos. */
export const fileNames = (job: Accepted): readonly string[] =>
  Array.from({ length: countOf(job) }, (_, index) => (index === 0 ? `${job.job}.mp4` : `${job.job}-${index}.mp4`));

export const runOfFile = (name: string): string => name.replace(/(?:-\d+)?\.mp4$/, "");

/** A video, made of its request and the seed alone: the same bytes today, tomorrow and elsewhere. */
export function media(job: Accepted, name: string, seed: number): Rendered {
  const prompt = promptIn(job.request);
  const hash = sha256(`${seed} ${job.hash} ${name.replace(job.job, "")}`);
  const size = sizeOf(job.request.aspect_ratio);
  const look = { text: prompt ?? "A video", label: `nanogpt ${job.hash.slice(0, 8)}`, hash, ...size };
  return { prompt, mediaType: "video/mp4", render: () => clip(look, job.seconds) };
}
