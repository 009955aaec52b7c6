import { byteOf, hue } from "./colour.ts";
import { fill } from "./draw.ts";
import { type Picture, tile } from "./picture.ts";

/** How many tiles the emblem is wide and high. */
export const emblemTiles = 5;

/** A small mirrored pattern from the request's hash, by which the eye tells two clips apart. */
export function emblem(picture: Picture, hash: string, x: number, y: number): void {
  const colour = hue(byteOf(hash, 1), 170, 60);
  for (let row = 0; row < emblemTiles; row++)
    for (let column = 0; column < emblemTiles; column++) {
      const mirrored = Math.min(column, emblemTiles - 1 - column);
      if (((byteOf(hash, 4 + row) >> mirrored) & 1) === 1)
        fill(picture, { x: x + column * tile, y: y + row * tile, width: tile, height: tile }, colour);
    }
}
