/* Generated from schemas/providers/viddyscribe.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * What ViddyScribe's generate_ad_text, generate_ad_audio and generate_ad_video take. Absent fields are absent on the wire: their defaults are ViddyScribe's to choose.
 */
export type ViddyscribeWith = {
  /**
   * What is made. text: the descriptions alone. audio: a sound track with standard descriptions, and their text. video: the film with its descriptions, and their text.
   */
  operation: "text" | "audio" | "video";
  /**
   * The film to describe: a path, an https address that anybody can fetch, an earlier step's video, or media: and the id of one that ViddyScribe has.
   */
  input: string;
  /**
   * How the text of the descriptions is written. Needed always: what ViddyScribe writes without it is told in three ways.
   */
  format?: "json" | "vtt" | "srt" | "edl";
  /**
   * standard_ad: descriptions in natural pauses, and a film as long as it was. extended_ad: the film may stop for a description, and grow. Needed for text and video; audio is always standard_ad.
   */
  ad_type?: "standard_ad" | "extended_ad";
  language?: Language;
  /**
   * What kind of film it is. Default: Auto.
   */
  video_category?:
    | "Auto"
    | "Educational Lecture"
    | "Educational Kids"
    | "Government Meeting"
    | "Documentary"
    | "Narrative Story"
    | "Social Media"
    | "Tutorial/How-To"
    | "Vlog"
    | "Commercial/Advertisement"
    | "News"
    | "Entertainment"
    | "Home Video"
    | "Video Call";
  /**
   * What the descriptions should be like, in your own words: tone, focus, length. Default: empty.
   */
  custom_instructions?: string;
  /**
   * Text and video: whether all text in the picture is read out, as lectures, government and news want it. Default: false.
   */
  read_all_onscreen_text?: boolean;
  voice?: Voice;
  /**
   * Audio and video with standard_ad: whether descriptions are made to fit their pauses. Default: true.
   */
  auto_fit?: boolean;
  /**
   * Audio and video: whether a description may be spoken over music. Default: true.
   */
  allow_descriptions_over_music?: boolean;
  /**
   * Audio and video: how loud the descriptions are; only auto is documented. Default: auto.
   */
  volume_option?: "auto" & string;
  /**
   * Audio and video: how loud the descriptions are, in decibels. Default: -5.
   */
  volume_level_db?: number;
  /**
   * Audio only: mixed has the film's own sound in the track; no other is documented. Default: mixed.
   */
  audio_track_type?: "mixed" & string;
  /**
   * Audio and video: a ready text of the descriptions, written in format, to be spoken in place of a generated one. A video of it costs half. Default: none.
   */
  description_content?: string;
  /**
   * Fields of generation_config that this schema does not know: sent as they are.
   */
  extra?: JsonObject;
};
export type Language = string;
export type Voice = string;
