/** The side of a macroblock, the tile in which H.264 works. */
export const tile = 16;

/** Luma and the two colour differences, each 16 to 240. */
export interface Colour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** A picture in YUV 4:2:0, stored in whole tiles, that remembers which tiles were drawn on. */
export interface Picture {
  /** What a viewer sees; the planes may be wider and higher by less than a tile. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
  /** One mark a tile; cleared by whoever has written the frame. */
  readonly touched: Uint8Array;
}

export interface Plane {
  readonly samples: Uint8Array;
  readonly stride: number;
  /** How many samples of this plane a tile is wide and high. */
  readonly tile: number;
}

export function blank(width: number, height: number): Picture {
  const columns = Math.ceil(width / tile);
  const rows = Math.ceil(height / tile);
  const plane = (side: number, value: number): Plane => ({
    samples: new Uint8Array(columns * rows * side * side).fill(value),
    stride: columns * side,
    tile: side,
  });
  const touched = new Uint8Array(columns * rows);
  return {
    width,
    height,
    columns,
    rows,
    y: plane(tile, 16),
    u: plane(tile / 2, 128),
    v: plane(tile / 2, 128),
    touched,
  };
}
