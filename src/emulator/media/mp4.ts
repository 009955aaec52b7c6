import { ascii, box, fullBox, join, u16, u32, zeros } from "./box.ts";
import { matrix, trackBox } from "./track-box.ts";

/** One stream of a file. Its samples lie in chunks that alternate with those of the other streams. */
export interface Track {
  readonly kind: "video" | "audio";
  readonly timescale: number;
  /** In units of the timescale. */
  readonly duration: number;
  readonly size?: { readonly width: number; readonly height: number };
  readonly entry: Uint8Array;
  /** Runs of samples that last equally long. */
  readonly times: readonly { readonly count: number; readonly each: number }[];
  /** One size for all samples, or each sample's own. */
  readonly sizes: { readonly each: number; readonly count: number } | readonly number[];
  /** The samples that stand for themselves, counted from 1. Absent when all do. */
  readonly keys?: readonly number[];
  readonly chunks: readonly Chunk[];
}

export interface Chunk {
  readonly samples: number;
  readonly data: Uint8Array;
}

/** An MP4 whose index comes first, so that it plays while it loads. */
export function mp4(tracks: readonly Track[], milliseconds: number): Uint8Array<ArrayBuffer> {
  const start = box("ftyp", ascii("isom"), u32(512), ascii("isomiso2avc1mp41"));
  const data = interleave(tracks);
  const length = index(tracks, milliseconds, data.offsets, 0).length;
  const moov = index(tracks, milliseconds, data.offsets, start.length + length + 8);
  return join([start, moov, box("mdat", ...data.chunks)]);
}

/** The chunks in the order of the file, and for each track where its chunks begin, from the first byte of the data. */
function interleave(tracks: readonly Track[]) {
  const chunks: Uint8Array[] = [];
  const offsets = tracks.map((): number[] => []);
  let at = 0;
  const rounds = Math.max(...tracks.map((track) => track.chunks.length));
  for (let round = 0; round < rounds; round++)
    tracks.forEach((track, number) => {
      const chunk = track.chunks[round];
      if (chunk === undefined) return;
      offsets[number]?.push(at);
      chunks.push(chunk.data);
      at += chunk.data.length;
    });
  return { chunks, offsets };
}

/** Everything about the tracks; `shift` is where their data begins in the file. */
function index(
  tracks: readonly Track[],
  milliseconds: number,
  offsets: readonly number[][],
  shift: number,
): Uint8Array {
  const timing = [u32(0), u32(0), u32(1000), u32(milliseconds)];
  const movie = fullBox(
    "mvhd",
    0,
    ...timing,
    u32(0x10000),
    u16(0x100),
    zeros(10),
    matrix,
    zeros(24),
    u32(tracks.length + 1),
  );
  const traks = tracks.map((track, number) => {
    const places = (offsets[number] ?? []).map((offset) => offset + shift);
    return trackBox(track, number + 1, milliseconds, places);
  });
  return box("moov", movie, ...traks);
}
