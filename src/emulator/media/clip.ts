import { join, u32 } from "./box.ts";
import { type Film, film, frameTime } from "./film.ts";
import { mp4, type Track } from "./mp4.ts";
import { audioEntry, videoEntry } from "./sample-entry.ts";
import type { Look } from "./scene.ts";
import { frameSamples, sampleRate, silentFrame } from "./silence.ts";

/** Sound and picture lie in pieces of eight seconds, which is a whole number of frames of both. */
const pieceMilliseconds = 8000;

/** An MP4 with H.264 pictures and a silent AAC track, exactly as long as asked. Equal input makes equal bytes. */
export function clip(look: Look, seconds: number): Uint8Array<ArrayBuffer> {
  const milliseconds = Math.round(seconds * 1000);
  return mp4([videoTrack(film(look, milliseconds), milliseconds), silentTrack(milliseconds)], milliseconds);
}

function videoTrack({ width, height, sequence, picture, frames }: Film, milliseconds: number): Track {
  const last = frames.at(-1)?.milliseconds ?? frameTime;
  const perPiece = pieceMilliseconds / frameTime;
  const samples = frames.map(({ data }) => join([u32(data.length), data]));
  return {
    kind: "video",
    timescale: 1000,
    duration: milliseconds,
    size: { width, height },
    entry: videoEntry(width, height, sequence, picture),
    times: runs(frames.length, frameTime, last),
    sizes: samples.map((sample) => sample.length),
    keys: frames.flatMap((frame, index) => (frame.key ? [index + 1] : [])),
    chunks: pieces(frames.length, perPiece).map(({ from, count }) => ({
      samples: count,
      data: join(samples.slice(from, from + count)),
    })),
  };
}

function silentTrack(milliseconds: number): Track {
  const frame = silentFrame();
  const duration = Math.round((milliseconds * sampleRate) / 1000);
  const count = Math.ceil(duration / frameSamples);
  const perPiece = (pieceMilliseconds * sampleRate) / 1000 / frameSamples;
  return {
    kind: "audio",
    timescale: sampleRate,
    duration,
    entry: audioEntry(),
    times: runs(count, frameSamples, duration - (count - 1) * frameSamples),
    sizes: { each: frame.length, count },
    chunks: pieces(count, perPiece).map((piece) => ({
      samples: piece.count,
      data: join(Array.from({ length: piece.count }, () => frame)),
    })),
  };
}

/** `count` samples of which the last is cut, so that the sum is exact. */
const runs = (count: number, each: number, last: number): Track["times"] =>
  [
    { count: count - 1, each },
    { count: 1, each: last },
  ].filter((run) => run.count > 0);

const pieces = (count: number, most: number) =>
  Array.from({ length: Math.ceil(count / most) }, (_, index) => ({
    from: index * most,
    count: Math.min(most, count - index * most),
  }));
