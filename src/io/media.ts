import type { MediaFacts } from "../model/output.ts";
import { ProviderError } from "../providers/error.ts";
import { errorCode } from "./error-code.ts";
import { type Kind, kindOfFile } from "./kind-of-file.ts";

/** What a file is and what it holds, with the ending it deserves. */
export type FileFacts = MediaFacts & { readonly extension: string };

const unusable = (why: string): ProviderError => new ProviderError(why, { class: "provider", outcome: "refused" });

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

const audioOnly: Readonly<Record<string, Kind>> = {
  "video/mp4": { mediaType: "audio/mp4", extension: "m4a" },
  "video/webm": { mediaType: "audio/webm", extension: "webm" },
};

/** The library is loaded here, for files with a duration alone: it is large. */
async function timed(path: string, kind: Kind): Promise<FileFacts | undefined> {
  const { ALL_FORMATS, FilePathSource, Input } = await import("mediabunny");
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    if (!(await input.canRead())) return undefined;
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    if (video === null && audio === null) return undefined;
    const { mediaType, extension } = video === null ? (audioOnly[kind.mediaType] ?? kind) : kind;
    return {
      mediaType,
      extension,
      seconds: toMilliseconds(await input.computeDuration()),
      ...(video === null ? {} : { width: await video.getDisplayWidth(), height: await video.getDisplayHeight() }),
      audio: audio !== null,
    };
  } catch (error) {
    // The library says of a damaged file what it says of its own mistakes: a plain Error. The disk's errors have codes.
    if (!(error instanceof Error) || errorCode(error) !== undefined) throw error;
    return undefined;
  } finally {
    input.dispose();
  }
}

/** Reads the facts from the bytes. Throws a ProviderError for what is no media and no text, or only looks like it. */
export async function mediaFacts(path: string): Promise<FileFacts> {
  const kind = await kindOfFile(path);
  if (kind === undefined) throw unusable("the file is neither media nor plain text, so it is not kept");
  if (!/^(?:video|audio)\//.test(kind.mediaType)) return kind;
  const facts = await timed(path, kind);
  if (facts === undefined) throw unusable(`the file begins like ${kind.mediaType} and cannot be played`);
  return facts;
}
