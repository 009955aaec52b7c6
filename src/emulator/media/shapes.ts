import type { Json } from "../../model/json.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const landscape: Size = { width: 512, height: 288 };

/** Small pictures of the shapes that can be asked for. */
const sizes: ReadonlyMap<Json | undefined, Size> = new Map([
  ["16:9", landscape],
  ["9:16", { width: 288, height: 512 }],
  ["1:1", { width: 320, height: 320 }],
  ["4:3", { width: 384, height: 288 }],
  ["3:4", { width: 288, height: 384 }],
  ["3:2", { width: 480, height: 320 }],
  ["2:3", { width: 320, height: 480 }],
  ["21:9", { width: 448, height: 192 }],
  ["9:21", { width: 192, height: 448 }],
]);

/** What has no shape of its own, or one that nobody knows, is landscape. */
export const sizeOf = (shape: Json | undefined): Size => sizes.get(shape) ?? landscape;
