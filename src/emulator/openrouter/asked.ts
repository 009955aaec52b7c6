import type { Model } from "../../model/catalogue.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { objectsIn } from "../json.ts";
import type { Size } from "../media/shapes.ts";

/** A request that is well formed, with what it leaves to the model filled in. */
export interface Asked {
  readonly model: Model;
  readonly seconds: number;
  readonly resolution: string;
  readonly ratio: string;
  readonly audio: boolean;
  readonly creativity: number;
  readonly frames: number;
  readonly images: number;
  readonly films: number;
  readonly continues: boolean;
}

/** What a model makes of a request that leaves it open, where the list does not say. */
const usual = { seconds: 5, resolution: "720p", ratio: "16:9" };

export function sizeIn({ size }: JsonObject): Size | undefined {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(typeof size === "string" ? size : "") ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** The fineness that a size stands for: the name of its short side. */
export function resolutionBySize({ width, height }: Size): string {
  const side = Math.min(width, height);
  return side === 2160 ? "4K" : side === 1440 ? "2K" : `${side}p`;
}

const ratios = ["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"];

export const quotientOf = (ratio: string): number => {
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  return width / height;
};

/** The shape that a size comes nearest to. */
export function ratioBySize({ width, height }: Size): string {
  const far = (ratio: string): number => Math.abs(Math.log(quotientOf(ratio) / (width / height)));
  return ratios.reduce((best, ratio) => (far(ratio) < far(best) ? ratio : best));
}

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
const number = (value: Json | undefined): number | undefined => (typeof value === "number" ? value : undefined);

export function asked(body: JsonObject, model: Model): Asked {
  const size = sizeIn(body);
  const references = objectsIn(body.input_references);
  const frames = objectsIn(body.frame_images).length;
  const count = (type: string): number => (frames > 0 ? 0 : references.filter((one) => one.type === type).length);
  return {
    model,
    seconds: number(body.duration) ?? model.durations?.[0] ?? usual.seconds,
    resolution:
      text(body.resolution) ??
      (size === undefined ? undefined : resolutionBySize(size)) ??
      model.resolutions?.[0] ??
      usual.resolution,
    ratio:
      text(body.aspect_ratio) ??
      (size === undefined ? undefined : ratioBySize(size)) ??
      model.aspectRatios?.[0] ??
      usual.ratio,
    audio: typeof body.generate_audio === "boolean" ? body.generate_audio : (model.audio ?? false),
    creativity: number(body.creativity) ?? model.creativity?.[0] ?? 0,
    frames,
    images: count("image_url"),
    films: count("video_url"),
    continues: body.previous_job_id !== undefined,
  };
}
