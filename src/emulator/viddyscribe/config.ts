import { isObject, type Json, type JsonObject } from "../../model/json.ts";

export type Operation = "text" | "audio" | "video";

/** What a job was asked for. */
export interface Asked {
  readonly operation: Operation;
  readonly config: JsonObject;
  /** The film's own length and name. */
  readonly source: { readonly seconds: number; readonly name: string };
}

const formats = ["json", "vtt", "srt", "edl"] as const;

const categories =
  "Auto|Educational Lecture|Educational Kids|Government Meeting|Documentary|Narrative Story|Social Media|" +
  "Tutorial/How-To|Vlog|Commercial/Advertisement|News|Entertainment|Home Video|Video Call";

/** What is wrong with one value; undefined when nothing is. */
type Check = (value: Json) => string | undefined;

const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && words.includes(value) ? undefined : `must be one of ${words.join(", ")}`;

const string: Check = (value) => (typeof value === "string" ? undefined : "must be a string");
const boolean: Check = (value) => (typeof value === "boolean" ? undefined : "must be a boolean");
const number: Check = (value) => (typeof value === "number" ? undefined : "must be a number");
const language: Check = (value) =>
  typeof value === "string" && /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(value) ? undefined : "must be a BCP-47 tag";
const voice: Check = (value) => (typeof value === "string" && value.trim() !== "" ? undefined : "must not be empty");

/** What `generation_config` takes, field by field. Others are ignored, and so are those that an operation has no use for. */
const fields: { readonly [field: string]: Check } = {
  language,
  format: oneOf(formats),
  ad_type: oneOf(["standard_ad", "extended_ad"]),
  video_category: oneOf(categories.split("|")),
  voice,
  custom_instructions: string,
  read_all_onscreen_text: boolean,
  auto_fit: boolean,
  allow_descriptions_over_music: boolean,
  volume_option: string,
  volume_level_db: number,
  audio_track_type: string,
  description_content: string,
};

/** What is wrong with a configuration; undefined when nothing is. */
export function complaint(operation: Operation, config: Json | undefined): string | undefined {
  if (config === undefined) return undefined;
  if (!isObject(config)) return "generation_config must be an object";
  for (const [field, check] of Object.entries(fields)) {
    const value = config[field];
    const wrong = value === undefined ? undefined : check(value);
    if (wrong !== undefined) return `generation_config.${field} ${wrong}`;
  }
  const extended = operation === "audio" && config.ad_type === "extended_ad";
  return extended ? "generation_config.ad_type extended_ad is not available for audio" : undefined;
}

/** Whether the film may stop for a description. It may unless told, but for a sound track. */
export const isExtended = (operation: Operation, config: JsonObject): boolean =>
  operation !== "audio" && config.ad_type !== "standard_ad";

/** The format of the text. What is written unless told differs from one document to the next. */
export function formatOf(operation: Operation, config: JsonObject): (typeof formats)[number] {
  const asked = formats.find((format) => format === config.format);
  return asked ?? (operation === "video" ? "vtt" : "json");
}
