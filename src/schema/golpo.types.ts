/* Generated from schemas/providers/golpo.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * What Golpo's POST /api/v1/videos/generate takes. Absent fields are absent on the wire: their defaults are Golpo's to choose.
 */
export type GolpoWith = {
  /**
   * What the video is about; with new_script or audio_clip, its topic and title.
   */
  prompt: string;
  /**
   * The narration, word for word, in place of a generated script. Must fit timing. Default: none.
   */
  new_script?: string;
  /**
   * A sound or video file of yours in place of a script and a generated voice. Default: none.
   */
  audio_clip?: string;
  /**
   * Documents and images to draw on. Golpo removes a document once it has read it, so each generation uploads it again. Default: none.
   *
   * @minItems 1
   *
   * Items: A document (pdf, docx, pptx, txt) or an image.
   */
  upload_urls?: string[];
  /**
   * Whether Golpo looks for facts before it writes the script. Default: false.
   */
  do_research?: boolean;
  /**
   * true: only the script, no video and no sound. Default: false.
   */
  just_return_script?: boolean;
  /**
   * How the pictures should look, in your own words. Default: empty.
   */
  video_instructions?: string;
  /**
   * The form of the script and the voice. Documented: conversational (two speakers, podcasts only), solo-male and solo-female, each also with -2, -3 and -4. Anything else is a single narrator with a voice of Golpo's choice. Default: solo-female in the older documents, solo-female-3 in the newer.
   */
  style?: (
    | "conversational"
    | "solo-male"
    | "solo-male-2"
    | "solo-male-3"
    | "solo-male-4"
    | "solo-female"
    | "solo-female-2"
    | "solo-female-3"
    | "solo-female-4"
  ) &
    string;
  /**
   * Who the first speaker of a podcast is. Needed for style conversational. Default: none.
   */
  personality_1?: string;
  /**
   * Who the second speaker of a podcast is. Needed for style conversational. Default: none.
   */
  personality_2?: string;
  /**
   * How the voice should sound: accent, tone, pace. Default: empty.
   */
  voice_instructions?: string;
  /**
   * The voice's model: accurate is better, slower and said to be dearer than flash, for which Golpo would take any other word. Default: accurate.
   */
  tts_model?: "accurate" | "flash";
  language?: (
    | "en"
    | "english"
    | "hi"
    | "hindi"
    | "es"
    | "spanish"
    | "fr"
    | "french"
    | "de"
    | "german"
    | "it"
    | "italian"
    | "pt"
    | "portuguese"
    | "ru"
    | "russian"
    | "ja"
    | "japanese"
    | "ko"
    | "korean"
    | "zh"
    | "chinese"
    | "mandarin"
    | "ar"
    | "arabic"
    | "nl"
    | "dutch"
    | "pl"
    | "polish"
    | "tr"
    | "turkish"
    | "sv"
    | "swedish"
    | "da"
    | "danish"
    | "no"
    | "norwegian"
    | "fi"
    | "finnish"
    | "el"
    | "greek"
    | "cs"
    | "czech"
    | "hu"
    | "hungarian"
    | "ro"
    | "romanian"
    | "th"
    | "thai"
    | "vi"
    | "vietnamese"
    | "id"
    | "indonesian"
    | "ms"
    | "malay"
    | "ta"
    | "tamil"
    | "te"
    | "telugu"
    | "bn"
    | "bengali"
    | "mr"
    | "marathi"
    | "gu"
    | "gujarati"
    | "kn"
    | "kannada"
    | "ml"
    | "malayalam"
    | "pa"
    | "punjabi"
    | "ur"
    | "urdu"
  ) &
    Language;
  display_language?: (
    | "en"
    | "english"
    | "hi"
    | "hindi"
    | "es"
    | "spanish"
    | "fr"
    | "french"
    | "de"
    | "german"
    | "it"
    | "italian"
    | "pt"
    | "portuguese"
    | "ru"
    | "russian"
    | "ja"
    | "japanese"
    | "ko"
    | "korean"
    | "zh"
    | "chinese"
    | "mandarin"
    | "ar"
    | "arabic"
    | "nl"
    | "dutch"
    | "pl"
    | "polish"
    | "tr"
    | "turkish"
    | "sv"
    | "swedish"
    | "da"
    | "danish"
    | "no"
    | "norwegian"
    | "fi"
    | "finnish"
    | "el"
    | "greek"
    | "cs"
    | "czech"
    | "hu"
    | "hungarian"
    | "ro"
    | "romanian"
    | "th"
    | "thai"
    | "vi"
    | "vietnamese"
    | "id"
    | "indonesian"
    | "ms"
    | "malay"
    | "ta"
    | "tamil"
    | "te"
    | "telugu"
    | "bn"
    | "bengali"
    | "mr"
    | "marathi"
    | "gu"
    | "gujarati"
    | "kn"
    | "kannada"
    | "ml"
    | "malayalam"
    | "pa"
    | "punjabi"
    | "ur"
    | "urdu"
  ) &
    Language;
  /**
   * Music at the start and the end. Default: false.
   */
  add_music?: boolean;
  /**
   * Music below the narration. Leave it out for none. Default: none.
   */
  bg_music?: "jazz" | "lofi" | "whimsical" | "dramatic" | "engaging" | "hyper" | "inspirational" | "documentary";
  bg_volume?: Volume;
  output_volume?: Volume;
  /**
   * true: the narration is spoken in one piece. Default: true.
   */
  no_voice_chunking?: boolean;
  /**
   * true: a podcast, sound without pictures. Default: false.
   */
  audio_only?: boolean;
  /**
   * long: landscape, 1536x1024. short: portrait, 1024x1536. null: a podcast. Default: long.
   */
  video_type?: "long" | "short" | null;
  /**
   * The length in minutes, as a text: 8 and 10 are in beta, auto leaves it to Golpo. 1 minute costs 2 credits. Default: none.
   */
  timing?: "0.25" | "0.5" | "1" | "2" | "4" | "8" | "10" | "auto";
  /**
   * @deprecated
   * The length in seconds. Deprecated in favour of timing. Default: none.
   */
  length?: number;
  /**
   * Sketch only, a text and not a truth: "false" Classic, "true" Improved (beta), "advanced" Formal, "whiteboard" Dry Erase, "modern_minimal" Professional Clean, "storytelling" Crayon. Default: "false".
   */
  use_lineart_2_style?: "false" | "true" | "advanced" | "whiteboard" | "modern_minimal" | "storytelling";
  /**
   * Sketch only: normal holds a picture for up to 15 seconds, fast for up to 10. Default: normal.
   */
  pacing?: "normal" | "fast";
  /**
   * Sketch: colour instead of black and white. Default: false in the older documents, true in the newer.
   */
  use_color?: boolean;
  /**
   * Sketch: a white background. Default: true.
   */
  white_bg?: boolean;
  /**
   * Sketch: a background of one colour. Default: false.
   */
  flat_background_color?: boolean;
  /**
   * true: the Canvas engine. Otherwise Sketch. Default: false.
   */
  use_2_0_style?: boolean;
  /**
   * Canvas only: chalkboard_white (black and white chalkboard), neon (colour chalkboard), whiteboard, modern_minimal, playful, technical, editorial, marker (Sharpie). Default: chalkboard_white.
   */
  image_style?:
    | "chalkboard_white"
    | "neon"
    | "whiteboard"
    | "modern_minimal"
    | "playful"
    | "technical"
    | "editorial"
    | "marker";
  /**
   * Canvas only: the pen that is seen drawing. Default: none.
   */
  pen_style?: "none" | "stylus" | "marker" | "pen";
  /**
   * Canvas only: shows the pen; pen_style says which. Default: false.
   */
  show_pencil_cursor?: boolean;
  /**
   * Canvas only: images that the video is built around. Default: none.
   *
   * @minItems 1
   *
   * Items: An image.
   */
  input_images?: string[];
  /**
   * Images to insert. Default: none.
   *
   * @minItems 1
   *
   * Items: An image.
   */
  user_images?: string[];
  /**
   * What each of user_images shows, one text for each. Default: none.
   *
   * Items: What the image shows.
   */
  user_images_descriptions?: string[];
  /**
   * For each of user_images: true leaves it as it is. Default: none.
   *
   * Items: Whether the image is left as it is.
   */
  use_as_is?: boolean[];
  /**
   * For each of user_images: true shows it without animation. Default: none.
   *
   * Items: Whether the image stands still.
   */
  skip_animation?: boolean[];
  /**
   * Clips to insert. Default: none.
   *
   * @minItems 1
   *
   * Items: A video.
   */
  user_videos?: string[];
  /**
   * What each of user_videos shows, one text for each. Default: none.
   *
   * Items: What the clip shows.
   */
  user_videos_description?: string[];
  /**
   * The numbers, from 1, of the user_videos that keep their own sound. (A newer document of Golpo's says the opposite: whose sound is replaced.) Default: none.
   *
   * Items: The number of a clip.
   */
  user_audio_in_video?: number[];
  /**
   * Golpo's watermark. Default: true in the older documents, false in the newer; say which you want.
   */
  include_watermark?: boolean;
  /**
   * Your logo. Default: none.
   */
  logo?: string;
  /**
   * The corner of the logo: top left, top right, bottom left or bottom right. Default: tl.
   */
  logo_placement?: "tl" | "tr" | "bl" | "br";
  /**
   * Whether everybody may see the video. Changed in place; another name of the spec's visibility. Default: null in the older documents, false in the newer.
   */
  is_public?: boolean;
  /**
   * Fields that this schema does not know: sent as they are.
   */
  extra?: JsonObject;
};
export type Language = string;
export type Volume = number;
