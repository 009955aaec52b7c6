import { decimal, usd } from "../../model/money.ts";
import type { Asked } from "./request.ts";

const usual = { veo: 8, seedance: 5, "kling-video": 10, "kling-motion": 5, grok: 8 } as const;

/** How many seconds a request makes. `dice`, from 0 to 1, decides where the model may choose. */
export function secondsOf({ model, options }: Asked, dice: number): number {
  const { duration } = options;
  if (duration === -1) return 4 + Math.floor(dice * 9);
  return typeof duration === "number" ? duration : usual[model?.family ?? "veo"];
}

/** PhotoGPT publishes no prices. Here a second costs ten cents. */
export const priceOf = (seconds: number, videos: number): string => decimal(usd((seconds * videos) / 10));
