import { BitWriter } from "./bits.ts";
import { nal } from "./nal.ts";
import { frameNumbers } from "./parameters.ts";
import type { Picture, Plane } from "./picture.ts";
import { type Prediction, predict } from "./predict.ts";

/** A picture that stands for itself. Two keyframes in a row must differ in `id`. */
export function keyframe(picture: Picture, id: number): Uint8Array {
  const out = new BitWriter();
  writeHeader(out, 7, 0);
  out.unsigned(id);
  out.bits(0b00, 2);
  writeFilter(out);
  const coefficients = new Uint8Array(picture.columns * picture.rows);
  for (let index = 0; index < coefficients.length; index++) writeTile(out, picture, index, 0, coefficients);
  return nal("keyframe", out.closed());
}

/** The `number`-th picture after a keyframe: the touched tiles are written, all others stay as they were. */
export function laterFrame(picture: Picture, number: number): Uint8Array {
  const out = new BitWriter();
  writeHeader(out, 5, number % frameNumbers);
  out.bits(0b00, 2);
  out.bits(0, 1);
  writeFilter(out);
  const coefficients = new Uint8Array(picture.columns * picture.rows);
  let skipped = 0;
  for (let index = 0; index < coefficients.length; index++) {
    if (picture.touched[index] === 0) {
      skipped++;
      continue;
    }
    out.unsigned(skipped);
    skipped = 0;
    writeTile(out, picture, index, 5, coefficients);
  }
  if (skipped > 0) out.unsigned(skipped);
  return nal("frame", out.closed());
}

/** first_mb_in_slice, slice_type, pic_parameter_set_id, frame_num (7.3.3). */
function writeHeader(out: BitWriter, type: 5 | 7, number: number): void {
  out.unsigned(0);
  out.unsigned(type);
  out.unsigned(0);
  out.bits(number, Math.log2(frameNumbers));
}

/** No change of the quantiser, no deblocking: what we draw is what is seen. */
function writeFilter(out: BitWriter): void {
  out.signed(0);
  out.unsigned(1);
}

/** `first` is what the macroblock types of intra tiles are counted from: 0 in a keyframe, 5 between keyframes. */
function writeTile(out: BitWriter, picture: Picture, index: number, first: number, coefficients: Uint8Array): void {
  const column = index % picture.columns;
  const row = (index - column) / picture.columns;
  const prediction = predict(picture, column, row);
  if (prediction !== undefined) {
    writePredicted(out, prediction, first, neighbours(coefficients, picture.columns, column, row));
    return;
  }
  out.unsigned(first + 25);
  out.align();
  for (const plane of [picture.y, picture.u, picture.v]) writeSamples(out, plane, column, row);
  coefficients[index] = 16;
}

/** Intra16x16 without a remainder: type, colour mode, quantiser, and "no coefficients" in the code that nC selects. */
function writePredicted(out: BitWriter, { light, colour }: Prediction, first: number, nC: number): void {
  out.unsigned(first + 1 + (light === "vertical" ? 0 : 1));
  out.unsigned(colour === "horizontal" ? 1 : 2);
  out.signed(0);
  if (nC < 2) out.bits(0b1, 1);
  else if (nC < 4) out.bits(0b11, 2);
  else if (nC < 8) out.bits(0b1111, 4);
  else out.bits(0b000011, 6);
}

/** nC of 9.2.1: how many coefficients the tiles to the left and above have, on average. */
function neighbours(coefficients: Uint8Array, columns: number, column: number, row: number): number {
  const index = row * columns + column;
  const left = column === 0 ? undefined : coefficients[index - 1];
  const above = row === 0 ? undefined : coefficients[index - columns];
  if (left === undefined) return above ?? 0;
  return above === undefined ? left : (left + above + 1) >> 1;
}

/** I_PCM: the samples as they are. */
function writeSamples(out: BitWriter, { samples, stride, tile }: Plane, column: number, row: number): void {
  for (let y = row * tile; y < (row + 1) * tile; y++) {
    const start = y * stride + column * tile;
    out.bytes(samples.subarray(start, start + tile));
  }
}
