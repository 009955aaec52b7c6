import type { Colour } from "./picture.ts";

/** Eight bits of the request's hash, chosen by position: what makes two requests look different. */
export const byteOf = (hash: string, index: number): number =>
  Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16);

/** A colour of the given light whose hue follows a byte around a wheel of six, without any function of libm. */
export function hue(byte: number, luma: number, strength: number): Colour {
  const turn = (byte * 6) / 256;
  const wave = (shift: number): number => {
    const at = (turn + shift) % 6;
    return at < 1.5 ? at / 1.5 : at < 4.5 ? 2 - at / 1.5 : at / 1.5 - 4;
  };
  return { y: luma, u: 128 + Math.round(strength * wave(0)), v: 128 + Math.round(strength * wave(1.5)) };
}
