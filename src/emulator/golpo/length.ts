import type { JsonObject } from "../../model/json.ts";
import { decimal, usd } from "../../model/money.ts";

/** How many characters of a script fill a minute. */
export const charactersPerMinute = 1050;

/** Two speakers, which only a podcast can have; the server makes one narrator of them in everything else. */
const isDialogue = (request: JsonObject): boolean =>
  request.style === "conversational" && (request.audio_only === true || request.video_type === null);

/** The voice that is really used. */
export function voice(request: JsonObject): string {
  const style = request.style;
  if (typeof style !== "string") return "solo-female";
  return style === "conversational" && !isDialogue(request) ? "solo-female" : style;
}

/** How many seconds a request makes. `dice`, from 0 to 1, decides where the request leaves it open. */
export function secondsOf(request: JsonObject, dice: number): number {
  const { timing, new_script: script } = request;
  if (typeof timing === "string" && timing !== "auto" && !isDialogue(request)) return Number(timing) * 60;
  if (typeof script === "string" && script !== "")
    return Math.max(5, Math.round((script.length / charactersPerMinute) * 60));
  return 45 + Math.floor(dice * 76);
}

/** Two dollars a minute, in proportion below one. */
export const priceOf = (seconds: number): string => decimal(usd(((seconds / 60) * 2).toFixed(2)));
