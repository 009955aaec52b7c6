import type { JsonObject } from "../../model/json.ts";
import { decimal, usd } from "../../model/money.ts";
import type { Asked } from "./request.ts";

/** Small pictures of the shapes that can be asked for. */
const sizes: { readonly [shape: string]: { readonly width: number; readonly height: number } } = {
  "16:9": { width: 512, height: 288 },
  "9:16": { width: 288, height: 512 },
  "1:1": { width: 320, height: 320 },
  "4:3": { width: 384, height: 288 },
  "3:4": { width: 288, height: 384 },
  "3:2": { width: 480, height: 320 },
  "2:3": { width: 320, height: 480 },
  "21:9": { width: 448, height: 192 },
};

export const landscape = { width: 512, height: 288 };

export function sizeOf({ aspectRatio, ratio }: JsonObject): typeof landscape {
  return sizes[String(aspectRatio ?? ratio)] ?? landscape;
}

const usual = { veo: 8, seedance: 5, "kling-video": 10, "kling-motion": 5, grok: 8 } as const;

/** How many seconds a request makes. `dice`, from 0 to 1, decides where the model may choose. */
export function secondsOf({ model, options }: Asked, dice: number): number {
  const { duration } = options;
  if (duration === -1) return 4 + Math.floor(dice * 9);
  return typeof duration === "number" ? duration : usual[model?.family ?? "veo"];
}

/** PhotoGPT publishes no prices. Here a second costs ten cents. */
export const priceOf = (seconds: number, videos: number): string => decimal(usd((seconds * videos) / 10));
