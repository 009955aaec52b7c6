import type { Rendered } from "../api.ts";
import { sha256 } from "../canonical.ts";
import { clip } from "../media/clip.ts";
import { wav } from "../media/wav.ts";
import type { Accepted } from "../record.ts";
import { type Asked, isExtended } from "./config.ts";

/** The names of a job's files. A film with standard descriptions comes with its track, an extended one alone. */
export function filesOf(
  job: Accepted,
  { operation, config }: Asked,
): { readonly film?: string; readonly track?: string } {
  const film = operation === "video" ? { film: `${job.job}.mp4` } : {};
  const hasTrack = operation === "audio" || (operation === "video" && !isExtended(operation, config));
  return { ...film, ...(hasTrack ? { track: `${job.job}.wav` } : {}) };
}

/** A job's file, made of its request and the seed alone: the same bytes today, tomorrow and elsewhere. */
export function render(job: Accepted, asked: Asked, name: string, seed: number): Rendered | undefined {
  const { film, track } = filesOf(job, asked);
  const prompt = promptOf(asked);
  const look = sha256(`${seed} ${job.hash}`);
  if (name === track) return { prompt, mediaType: "audio/wav", render: () => wav(look, job.seconds) };
  if (name !== film) return undefined;
  const text = `${asked.source.name}, with ${isExtended(asked.operation, asked.config) ? "extended" : "standard"} descriptions`;
  const shown = { text, label: `viddyscribe ${job.hash.slice(0, 8)}`, hash: look, width: 480, height: 320 };
  return { prompt, mediaType: "video/mp4", render: () => clip(shown, job.seconds) };
}

/** What faults that look for a word look at: the film's name, and what the descriptions should be like. */
export const promptOf = ({ source, config }: Pick<Asked, "source" | "config">): string =>
  [source.name, config.custom_instructions].filter((words) => typeof words === "string").join(" ");
