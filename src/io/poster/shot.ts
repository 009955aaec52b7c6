import type { MediaFacts } from "../../model/output.ts";
import { NoPicture } from "./foreign.ts";
import type { Size } from "./jpeg.ts";

/** A finished file on this disk, and what its bytes said it is. */
export type FilmFile = MediaFacts & { readonly path: string };

/** Which frame of a film is wanted, and how large. */
export interface Shot {
  readonly film: FilmFile;
  /** Seconds from the beginning. */
  readonly at: number;
  readonly size: Size;
}

/** Pixels of the longer side: a comment shows it smaller. */
const longest = 640;

/** A third into the film, since the first frame is often black. */
export function shotOf(film: FilmFile): Shot {
  const { width = 0, height = 0, seconds = 0 } = film;
  if (width === 0 || height === 0) throw new NoPicture("the film does not say how large it is");
  const scale = Math.min(1, longest / Math.max(width, height));
  const even = (pixels: number): number => Math.max(2, 2 * Math.round((pixels * scale) / 2));
  return { film, at: Math.round((seconds * 1000) / 3) / 1000, size: { width: even(width), height: even(height) } };
}
