import type { Json } from "../../model/json.ts";
import type { Rendered } from "../api.ts";
import { promptIn } from "../body.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import type { Accepted } from "../record.ts";

export const promptOf = (job: Accepted): string | undefined => promptIn(job.request);

/** Midjourney makes four of each. */
const countOf = ({ request }: Accepted): number => (request.model === "midjourney-video" ? 4 : 1);

/** The names under which the storage has a run's videos. */
export const fileNames = (job: Accepted): readonly string[] =>
  Array.from({ length: countOf(job) }, (_, index) => (index === 0 ? `${job.job}.mp4` : `${job.job}-${index}.mp4`));

export const runOfFile = (name: string): string => name.replace(/(?:-\d+)?\.mp4$/, "");

const sizes: ReadonlyMap<Json, { readonly width: number; readonly height: number }> = new Map([
  ["16:9", { width: 480, height: 272 }],
  ["9:16", { width: 272, height: 480 }],
  ["1:1", { width: 320, height: 320 }],
  ["4:3", { width: 384, height: 288 }],
  ["3:4", { width: 288, height: 384 }],
  ["21:9", { width: 448, height: 192 }],
  ["9:21", { width: 192, height: 448 }],
]);

/** A video, made of its request and the seed alone: the same bytes today, tomorrow and elsewhere. */
export function media(job: Accepted, name: string, seed: number): Rendered {
  const prompt = promptOf(job);
  const hash = sha256(`${seed} ${job.hash} ${name.replace(job.job, "")}`);
  const size = sizes.get(job.request.aspect_ratio ?? "") ?? { width: 480, height: 272 };
  const look = { text: prompt ?? "A video", label: `nanogpt ${job.hash.slice(0, 8)}`, hash, ...size };
  return { prompt, mediaType: "video/mp4", render: () => clip(look, job.seconds) };
}
