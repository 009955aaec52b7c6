import { glyph, glyphHeight, glyphWidth } from "./font.ts";
import { type Colour, type Picture, type Plane, tile } from "./picture.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Fills a box whose sides are even numbers, since colour has half the resolution of light. */
export function fill(picture: Picture, box: Box, colour: Colour): void {
  const half = { x: box.x / 2, y: box.y / 2, width: box.width / 2, height: box.height / 2 };
  fillPlane(picture.y, box, colour.y);
  fillPlane(picture.u, half, colour.u);
  fillPlane(picture.v, half, colour.v);
  touch(picture, box);
}

function fillPlane(plane: Plane, box: Box, value: number): void {
  for (let y = box.y; y < box.y + box.height; y++) {
    const start = y * plane.stride + box.x;
    plane.samples.fill(value, start, start + box.width);
  }
}

function touch(picture: Picture, box: Box): void {
  const right = Math.ceil((box.x + box.width) / tile);
  const bottom = Math.ceil((box.y + box.height) / tile);
  for (let row = Math.floor(box.y / tile); row < bottom; row++)
    for (let column = Math.floor(box.x / tile); column < right; column++)
      picture.touched[row * picture.columns + column] = 1;
}

/** Draws one character as light of strength `luma`; the colour beneath it stays. */
export function character(picture: Picture, letter: string, x: number, y: number, scale: number, luma: number): void {
  glyph(letter).forEach((bits, row) => {
    for (let column = 0; column < glyphWidth; column++)
      if (((bits >> column) & 1) === 1)
        fillPlane(picture.y, { x: x + column * scale, y: y + row * scale, width: scale, height: scale }, luma);
  });
  touch(picture, { x, y, width: glyphWidth * scale, height: glyphHeight * scale });
}

/** How far apart characters stand, in samples of light. */
export const advance = (scale: number): number => (glyphWidth + 1) * scale;

/** Draws one line of text. What does not fit on the line is for the caller to cut. */
export function text(picture: Picture, line: string, x: number, y: number, scale: number, luma: number): void {
  [...line].forEach((letter, index) => {
    character(picture, letter, x + index * advance(scale), y, scale, luma);
  });
}
