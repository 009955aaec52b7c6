import { BitWriter } from "./bits.ts";
import { nal } from "./nal.ts";
import { type Picture, tile } from "./picture.ts";

/** frame_num counts modulo this; keyframes begin it anew. */
export const frameNumbers = 256;

/** The sequence parameter set (H.264, 7.3.2.1.1): constrained baseline, level 4, pictures shown in the order they come. */
export function sequenceParameters(picture: Picture): Uint8Array {
  const out = new BitWriter();
  out.bits(66, 8);
  out.bits(0b1100_0000, 8);
  out.bits(40, 8);
  out.unsigned(0);
  out.unsigned(Math.log2(frameNumbers) - 4);
  out.unsigned(2);
  out.unsigned(1);
  out.bits(0, 1);
  out.unsigned(picture.columns - 1);
  out.unsigned(picture.rows - 1);
  out.bits(1, 1);
  out.bits(1, 1);
  writeCropping(out, picture);
  out.bits(0, 1);
  return nal("parameters", out.closed());
}

function writeCropping(out: BitWriter, picture: Picture): void {
  const right = (picture.columns * tile - picture.width) / 2;
  const bottom = (picture.rows * tile - picture.height) / 2;
  if (right === 0 && bottom === 0) {
    out.bits(0, 1);
    return;
  }
  out.bits(1, 1);
  for (const edge of [0, right, 0, bottom]) out.unsigned(edge);
}

/** The picture parameter set (7.3.2.2): CAVLC, one slice, one reference, and a deblocking filter that slices turn off. */
export function pictureParameters(): Uint8Array {
  const out = new BitWriter();
  out.unsigned(0);
  out.unsigned(0);
  out.bits(0, 2);
  out.unsigned(0);
  out.unsigned(0);
  out.unsigned(0);
  out.bits(0, 3);
  out.signed(0);
  out.signed(0);
  out.signed(0);
  out.bits(0b100, 3);
  return nal("pictureParameters", out.closed());
}
