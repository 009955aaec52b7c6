import { ascii, type Bytes, box, fullBox, u16, u32, zeros } from "./box.ts";
import type { Chunk, Track } from "./mp4.ts";

/** The identity, in fixed point: pictures are shown as they are stored. */
export const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32);

/** All that a player must know of one track; `places` says where in the file its chunks begin. */
export function trackBox(track: Track, id: number, milliseconds: number, places: readonly number[]): Uint8Array {
  const { width, height } = track.size ?? { width: 0, height: 0 };
  const volume = u16(track.kind === "audio" ? 0x100 : 0);
  const header = fullBox(
    "tkhd",
    3,
    u32(0),
    u32(0),
    u32(id),
    u32(0),
    u32(milliseconds),
    zeros(12),
    volume,
    zeros(2),
    matrix,
    u32(width << 16),
    u32(height << 16),
  );
  return box("trak", header, mediaBox(track, places));
}

const undetermined = 0x55c4;

function mediaBox(track: Track, places: readonly number[]): Uint8Array {
  const video = track.kind === "video";
  return box(
    "mdia",
    fullBox("mdhd", 0, u32(0), u32(0), u32(track.timescale), u32(track.duration), u16(undetermined), u16(0)),
    fullBox("hdlr", 0, u32(0), ascii(video ? "vide" : "soun"), zeros(12), ascii(track.kind), zeros(1)),
    box(
      "minf",
      video ? fullBox("vmhd", 1, zeros(8)) : fullBox("smhd", 0, zeros(4)),
      box("dinf", fullBox("dref", 0, u32(1), fullBox("url ", 1))),
      sampleTable(track, places),
    ),
  );
}

function sampleTable(track: Track, places: readonly number[]): Uint8Array {
  const list = (items: readonly Bytes[]): readonly Bytes[] => [u32(items.length), ...items];
  const sizes =
    "each" in track.sizes
      ? [u32(track.sizes.each), u32(track.sizes.count)]
      : [u32(0), ...list(track.sizes.map((size) => u32(size)))];
  const runs = track.times.map((run) => [...u32(run.count), ...u32(run.each)]);
  return box(
    "stbl",
    fullBox("stsd", 0, u32(1), track.entry),
    fullBox("stts", 0, ...list(runs)),
    ...(track.keys === undefined ? [] : [fullBox("stss", 0, ...list(track.keys.map((key) => u32(key))))]),
    fullBox("stsc", 0, ...list(chunkRuns(track.chunks))),
    fullBox("stsz", 0, ...sizes),
    fullBox("stco", 0, ...list(places.map((place) => u32(place)))),
  );
}

/** From which chunk on a chunk holds how many samples. */
function chunkRuns(chunks: readonly Chunk[]): readonly Bytes[] {
  return chunks.flatMap((chunk, at) =>
    chunk.samples === chunks[at - 1]?.samples ? [] : [[...u32(at + 1), ...u32(chunk.samples), ...u32(1)]],
  );
}
