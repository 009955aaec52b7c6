import { type Estimate, usd } from "../../model/money.ts";
import type { Input, Request } from "../../model/unit.ts";
import { between, unknown } from "../estimate.ts";
import { type Fields, fieldsOf } from "../fields.ts";

const source = "Golpo's price list: 2 credits a minute, 1 credit is 1 USD";
const asOf = "2026-05";
const dollarsPerMinute = 2;

/** The lengths on sale, in minutes. */
const lengths = [0.25, 0.5, 1, 2, 4, 8, 10];

/** Golpo counts a script of more than 1,050 characters a minute as too long; a slow voice reads about 900. */
const fastest = 1050;
const slowest = 900;

const isOn = (value: Input | undefined): boolean => value === true || value === "true";

function minutesOf(timing: Input | undefined): number | undefined {
  const minutes = typeof timing === "string" || typeof timing === "number" ? Number(timing) : Number.NaN;
  return minutes > 0 && Number.isFinite(minutes) ? minutes : undefined;
}

/** A podcast of two speakers is as long as they talk: Golpo ignores its timing. */
const isConversation = ({ style, audio_only: audio, video_type: type }: Fields): boolean =>
  style === "conversational" && (isOn(audio) || type === null);

/** What `timing` asks for. A conversation is as long as it becomes. */
export function seconds(request: Request): number | undefined {
  const fields = fieldsOf(request);
  const minutes = isConversation(fields) ? undefined : minutesOf(fields.timing);
  return minutes === undefined ? undefined : minutes * 60;
}

/** Without a length Golpo chooses one that fits the script. */
function byScript(script: string): Estimate {
  const least = script.length / fastest;
  const most = lengths.find((length) => length >= script.length / slowest) ?? script.length / slowest;
  return between(usd(least * dollarsPerMinute), usd(most * dollarsPerMinute), {
    source: `${source}; length judged by the script's ${script.length} characters`,
    asOf,
  });
}

/** What Golpo lists no price for has none here either. */
export function estimate(request: Request): Estimate {
  const fields = fieldsOf(request);
  const { timing, new_script: script, audio_clip: clip } = fields;
  if (isOn(fields.just_return_script)) return unknown("Golpo lists no price for a script alone");
  if (isOn(fields.audio_only)) return unknown("Golpo lists no price for audio alone");
  if (isConversation(fields)) return unknown("Golpo decides how long a conversation becomes");
  if (isOn(fields.do_research)) return unknown("Golpo lists no price for research");
  // Nobody says that a sound of one's own is cut to the timing.
  if (clip !== undefined && clip !== null)
    return unknown("the video may become as long as audio_clip, whatever timing says");
  const minutes = minutesOf(timing);
  if (minutes !== undefined && lengths.includes(minutes))
    return { kind: "exact", amount: usd(minutes * dollarsPerMinute), source, asOf };
  if (minutes !== undefined) return unknown("the timing is no length that Golpo sells");
  if (timing !== undefined && timing !== null && timing !== "auto") return unknown("the timing is not a length");
  if (typeof script === "string" && script.trim() !== "") return byScript(script.trim());
  return unknown("Golpo decides the length when no timing is given");
}
