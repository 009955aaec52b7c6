import type { Picture, Plane } from "./picture.ts";

/** The two Intra16x16 predictions we use: a tile that goes on as the row above it, or the column left of it, ended. */
type Direction = "vertical" | "horizontal";

export interface Prediction {
  readonly light: Direction;
  readonly colour: Direction;
}

/** How the tile follows from its neighbours without any remainder, or undefined where it does not. */
export function predict(picture: Picture, column: number, row: number): Prediction | undefined {
  const light = directions.find((way) => follows[way](picture.y, column, row));
  if (light === undefined) return undefined;
  const colour = directions.find((way) => follows[way](picture.u, column, row) && follows[way](picture.v, column, row));
  return colour === undefined ? undefined : { light, colour };
}

const directions: readonly Direction[] = ["horizontal", "vertical"];

const follows = {
  horizontal({ samples, stride, tile }: Plane, column: number, row: number): boolean {
    if (column === 0) return false;
    for (let y = row * tile; y < (row + 1) * tile; y++) {
      const start = y * stride + column * tile;
      const edge = samples[start - 1];
      for (let at = start; at < start + tile; at++) if (samples[at] !== edge) return false;
    }
    return true;
  },
  vertical({ samples, stride, tile }: Plane, column: number, row: number): boolean {
    if (row === 0) return false;
    const above = (row * tile - 1) * stride + column * tile;
    for (let y = 0; y < tile; y++) {
      const start = above + (y + 1) * stride;
      for (let x = 0; x < tile; x++) if (samples[start + x] !== samples[above + x]) return false;
    }
    return true;
  },
};
