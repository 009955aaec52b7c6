/** How many pixels a picture has, as far as that is known: from the least to the most. */
export interface Pixels {
  readonly least: number;
  readonly most: number;
}

const exactly = (count: number): Pixels => ({ least: count, most: count });

/** Pictures that are rendered as Seedance 2.5 lists them; other shapes of the same fineness have about as many pixels. */
const rendered: ReadonlyMap<string, number> = new Map([
  ["480p 16:9", 854 * 480],
  ["480p 4:3", 752 * 560],
  ["480p 1:1", 640 * 640],
  ["480p 21:9", 992 * 432],
  ["720p 16:9", 1280 * 720],
  ["720p 4:3", 1112 * 834],
  ["720p 1:1", 960 * 960],
  ["720p 21:9", 1470 * 630],
]);

/** The short side of a picture, by the name of its fineness. */
const shortSides: ReadonlyMap<string, number> = new Map([
  ["360p", 360],
  ["480p", 480],
  ["720p", 720],
  ["768p", 768],
  ["1080p", 1080],
  ["1K", 1080],
  ["2K", 1440],
  ["4K", 2160],
]);

/** The name of a size's fineness: that of its short side. */
export function resolutionOf({ width, height }: Size): string | undefined {
  const side = Math.min(width, height);
  const named = [...shortSides].find(([name, length]) => length === side && name !== "1K");
  return named?.[0];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function sizeOf(written: string | undefined): Size | undefined {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(written ?? "") ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** Wide or high, a picture of the same shape has as many pixels. */
function shapeOf(ratio: string): { readonly name: string; readonly value: number } | undefined {
  const [, a, b] = /^(\d+):(\d+)$/.exec(ratio) ?? [];
  if (a === undefined) return undefined;
  const [long, short] = [Math.max(Number(a), Number(b)), Math.min(Number(a), Number(b))];
  return short === 0 ? undefined : { name: `${long}:${short}`, value: long / short };
}

/**
 * A shape that is listed is known. Any other lies between its short side taken at its word, and as many pixels as 16:9
 * has: both have been seen.
 */
export function pixelsOf(resolution: string | undefined, ratio: string | undefined): Pixels | undefined {
  const side = shortSides.get(resolution ?? "");
  const shape = shapeOf(ratio ?? "");
  if (side === undefined || shape === undefined) return undefined;
  const known = rendered.get(`${resolution} ${shape.name}`);
  if (known !== undefined) return exactly(known);
  const wide = Math.round((side * side * 16) / 9);
  const listed = Math.round(side * side * shape.value);
  return { least: Math.min(wide, listed), most: Math.max(wide, listed) };
}

const shapes = ["16:9", "4:3", "1:1", "3:2", "21:9"];

/** A size stands for a fineness and a shape, and is rendered as these are; one that has no such name is taken as it is. */
export function pixelsOfSize({ width, height }: Size): Pixels {
  const ratio = Math.max(width, height) / Math.min(width, height);
  const near = shapes.find((shape) => Math.abs((shapeOf(shape)?.value ?? 0) / ratio - 1) < 0.02);
  return pixelsOf(resolutionOf({ width, height }), near) ?? exactly(width * height);
}
