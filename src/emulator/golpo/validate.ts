import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Complaint } from "./check.ts";
import { fields } from "./fields.ts";
import { charactersPerMinute } from "./length.ts";

export interface Detail extends Complaint {
  readonly loc: readonly string[];
}

/** Everything that is wrong with a generate request, field by field and then between fields. */
export function validate(body: Json): readonly Detail[] {
  if (!isObject(body))
    return [{ loc: ["body"], msg: "Input should be a valid dictionary", type: "model_attributes_type" }];
  const single = Object.entries(fields).flatMap(([field, check]) => {
    const value = body[field];
    const complaint = value === undefined || value === null ? undefined : check(value);
    return complaint === undefined ? [] : [{ loc: ["body", field], ...complaint }];
  });
  if (single.length > 0) return single;
  return rules.flatMap((rule) => rule(body));
}

type Rule = (body: JsonObject) => readonly Detail[];

const wrong = (field: string, msg: string): readonly Detail[] => [{ loc: ["body", field], msg, type: "value_error" }];

const isBlank = (value: Json | undefined): boolean => typeof value !== "string" || value.trim() === "";

const lengthOf = (value: Json | undefined): number => (Array.isArray(value) ? value.length : 0);

/** One word for each item of the list it goes with. */
const sameLength =
  (field: string, of: string): Rule =>
  (body) =>
    Array.isArray(body[field]) && lengthOf(body[field]) !== lengthOf(body[of])
      ? wrong(field, `${field} must have as many items as ${of}: ${lengthOf(body[of])}, not ${lengthOf(body[field])}`)
      : [];

const rules: readonly Rule[] = [
  (body) =>
    isBlank(body.prompt) && isBlank(body.audio_clip)
      ? wrong("prompt", "prompt cannot be empty when audio_clip is missing")
      : [],
  (body) =>
    body.use_2_0_style === true && typeof body.use_lineart_2_style === "string"
      ? wrong("use_lineart_2_style", "use_lineart_2_style cannot be combined with use_2_0_style")
      : [],
  sameLength("user_images_descriptions", "user_images"),
  sameLength("use_as_is", "user_images"),
  sameLength("skip_animation", "user_images"),
  sameLength("user_videos_description", "user_videos"),
  (body) => {
    const most = lengthOf(body.user_videos);
    const numbers = Array.isArray(body.user_audio_in_video) ? body.user_audio_in_video : [];
    return numbers.every((number) => Number(number) >= 1 && Number(number) <= most)
      ? []
      : wrong("user_audio_in_video", `user_audio_in_video must name videos from 1 to ${most}`);
  },
  (body) =>
    body.style !== "conversational"
      ? []
      : ["personality_1", "personality_2"].flatMap((field) =>
          isBlank(body[field]) ? wrong(field, `${field} is required when style is conversational`) : [],
        ),
  (body) => {
    const { new_script: script, timing } = body;
    if (typeof script !== "string" || typeof timing !== "string" || timing === "auto") return [];
    const most = Number(timing) * charactersPerMinute;
    return script.length <= most
      ? []
      : wrong("new_script", `new_script has ${script.length} characters; ${timing} minutes take at most ${most}`);
  },
];
