import type { JsonObject } from "../../model/json.ts";
import { decimal, usd } from "../../model/money.ts";
import { familyOf } from "./families.ts";
import { secondsOf } from "./validate.ts";

/** How long the video becomes. */
export function lengthOf(body: JsonObject): number {
  const asked = secondsOf(body.duration) ?? secondsOf(body.seconds);
  if (asked !== undefined) return asked;
  const { num_frames: frames, frames_per_second: rate = 16 } = body;
  if (typeof frames === "number" && typeof rate === "number") return Math.round((frames / rate) * 1000) / 1000;
  return familyOf(body.model)?.lengths?.[0] ?? 5;
}

/** What it is charged for, in dollars. Hunyuan and Sora cost twice as much in pro mode. */
export function priceOf(body: JsonObject): string {
  const family = familyOf(body.model);
  const { perSecond = 0, perVideo = 0 } = family ?? {};
  const resolution = typeof body.resolution === "string" ? body.resolution : (family?.resolutions?.[0] ?? "");
  const rate = typeof perSecond === "number" ? perSecond : (perSecond[resolution] ?? 0);
  const twice = body.pro_mode === true && /^(?:hunyuan|sora)/.test(String(body.model)) ? 2 : 1;
  return decimal(usd((twice * (perVideo + rate * lengthOf(body))).toFixed(4)));
}
