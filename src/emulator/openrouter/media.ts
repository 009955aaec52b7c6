import type { Model } from "../../model/catalogue.ts";
import type { Rendered } from "../api.ts";
import { promptIn } from "../body.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import { sizeOf } from "../media/shapes.ts";
import type { Accepted } from "../record.ts";
import { asked } from "./asked.ts";

/** A job's film, made of its request and the seed alone. */
export function film(job: Accepted, model: Model, seed: number): Rendered {
  const prompt = promptIn(job.request);
  const size = sizeOf(asked(job.request, model).ratio);
  const look = { text: prompt ?? model.id, label: `openrouter ${job.hash.slice(0, 8)}`, ...size };
  return {
    prompt,
    mediaType: "video/mp4",
    render: () => clip({ ...look, hash: sha256(`${seed} ${job.hash}`) }, job.seconds),
  };
}
