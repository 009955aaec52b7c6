import { boolean, booleans, type Check, integer, integers, number, oneOf, string, strings } from "./check.ts";
import { languages } from "./languages.ts";

/** Minutes that a video may be asked to last; `auto` leaves it to the server. */
const timings = ["0.25", "0.5", "1", "2", "4", "8", "10", "auto"] as const;

/** What `POST /videos/generate` takes, field by field. Other fields are ignored; `length` is read and has no effect. */
export const fields: { readonly [field: string]: Check } = {
  prompt: string,
  new_script: string,
  audio_clip: string,
  upload_urls: strings,
  do_research: boolean,
  just_return_script: boolean,
  video_instructions: string,
  style: string,
  personality_1: string,
  personality_2: string,
  voice_instructions: string,
  tts_model: string,
  language: oneOf(languages),
  display_language: oneOf(languages),
  add_music: boolean,
  bg_music: oneOf(["jazz", "lofi", "whimsical", "dramatic", "engaging", "hyper", "inspirational", "documentary"]),
  bg_volume: number(0, 2),
  output_volume: number(0, 2),
  no_voice_chunking: boolean,
  audio_only: boolean,
  video_type: oneOf(["long", "short"]),
  timing: oneOf(timings),
  length: integer,
  use_lineart_2_style: oneOf(["false", "true", "advanced", "whiteboard", "modern_minimal", "storytelling"]),
  pacing: oneOf(["normal", "fast"]),
  use_color: boolean,
  white_bg: boolean,
  flat_background_color: boolean,
  use_2_0_style: boolean,
  image_style: oneOf([
    "chalkboard_white",
    "neon",
    "whiteboard",
    "modern_minimal",
    "playful",
    "technical",
    "editorial",
    "marker",
  ]),
  pen_style: oneOf(["none", "stylus", "marker", "pen"]),
  show_pencil_cursor: boolean,
  input_images: strings,
  user_images: strings,
  user_images_descriptions: strings,
  use_as_is: booleans,
  skip_animation: booleans,
  user_videos: strings,
  user_videos_description: strings,
  user_audio_in_video: integers,
  include_watermark: boolean,
  logo: string,
  logo_placement: oneOf(["tl", "tr", "bl", "br"]),
  is_public: boolean,
};

/** The fields that hold addresses of files, or lists of such. */
export const fileFields = ["audio_clip", "upload_urls", "input_images", "user_images", "user_videos", "logo"];
