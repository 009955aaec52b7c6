import type { Rendered } from "../api.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import { sizeOf } from "../media/shapes.ts";
import type { Made } from "./made.ts";
import { asked, carriedOut } from "./request.ts";

/** A video as a file, made of its request, its place among its siblings and the seed alone. */
export function film({ job, nth }: Made, seed: number): Rendered {
  const { prompt, options } = carriedOut(asked(job.request));
  const label = `photogpt ${job.hash.slice(0, 8)}${nth === 1 ? "" : ` ${nth}`}`;
  const look = {
    text: prompt ?? "",
    label,
    hash: sha256(`${seed} ${job.hash} ${nth}`),
    ...sizeOf(options.aspectRatio ?? options.ratio),
  };
  return { prompt, mediaType: "video/mp4", render: () => clip(look, job.seconds) };
}

/** A playlist that names the video and is none. */
export function playlist({ job, id }: Made): Rendered {
  const lines = ["#EXTM3U", "#EXT-X-VERSION:7", `#EXT-X-TARGETDURATION:${job.seconds}`, "#EXT-X-PLAYLIST-TYPE:VOD"];
  const text = [...lines, `#EXTINF:${job.seconds},`, `${id}.mp4`, "#EXT-X-ENDLIST", ""].join("\n");
  return {
    prompt: asked(job.request).prompt,
    mediaType: "application/vnd.apple.mpegurl",
    render: () => new TextEncoder().encode(text),
  };
}
