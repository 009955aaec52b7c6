import { ascii, join, u16, u32 } from "./box.ts";
import { byteOf } from "./colour.ts";

const rate = 8000;
const noteSamples = rate / 2;
/** Periods of a pentatonic scale, in samples: about 262 to 523 Hz. */
const periods = [30, 27, 24, 20, 18, 15];

/** A WAV (8 kHz, 8 bits, one channel) with two notes a second, whose tune comes from the request's hash. */
export function wav(hash: string, seconds: number): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(Math.round(seconds * rate));
  for (let at = 0; at < samples.length; at++)
    samples[at] = 128 + note(byteOf(hash, Math.floor(at / noteSamples) % 32), at);
  const format = join([u16le(1), u16le(1), u32le(rate), u32le(rate), u16le(1), u16le(8)]);
  const content = join([ascii("WAVE"), chunk("fmt ", format), chunk("data", samples)]);
  return chunk("RIFF", content);
}

/** A triangle wave that dies away within its note, in whole numbers only: the same on every machine. */
function note(choice: number, at: number): number {
  const period = periods[choice % periods.length] ?? rate;
  const phase = at % period;
  const triangle = Math.abs(4 * phase - 2 * period) - period;
  const left = noteSamples - (at % noteSamples);
  return Math.trunc((triangle * 90 * left) / (period * noteSamples));
}

const chunk = (name: string, content: Uint8Array): Uint8Array<ArrayBuffer> =>
  join([ascii(name), u32le(content.length), content, content.length % 2 === 1 ? [0] : []]);

const u16le = (value: number): readonly number[] => [...u16(value)].reverse();
const u32le = (value: number): readonly number[] => [...u32(value)].reverse();
