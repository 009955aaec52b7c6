import type { Model } from "../../model/catalogue.ts";
import type { Rendered } from "../api.ts";
import { promptIn } from "../body.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import type { Accepted } from "../record.ts";
import { asked, type Size } from "./asked.ts";

/** Small pictures of the shapes that can be asked for. */
const sizes: { readonly [ratio: string]: Size } = {
  "16:9": { width: 512, height: 288 },
  "9:16": { width: 288, height: 512 },
  "1:1": { width: 320, height: 320 },
  "4:3": { width: 384, height: 288 },
  "3:4": { width: 288, height: 384 },
  "3:2": { width: 480, height: 320 },
  "2:3": { width: 320, height: 480 },
  "21:9": { width: 448, height: 192 },
  "9:21": { width: 192, height: 448 },
};
const landscape: Size = { width: 512, height: 288 };

/** A job's film, made of its request and the seed alone. */
export function film(job: Accepted, model: Model, seed: number): Rendered {
  const prompt = promptIn(job.request);
  const size = sizes[asked(job.request, model).ratio] ?? landscape;
  const look = { text: prompt ?? model.id, label: `openrouter ${job.hash.slice(0, 8)}`, ...size };
  return {
    prompt,
    mediaType: "video/mp4",
    render: () => clip({ ...look, hash: sha256(`${seed} ${job.hash}`) }, job.seconds),
  };
}
