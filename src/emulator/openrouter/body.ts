import {
  boolean,
  byType,
  type Check,
  integer,
  least,
  listOf,
  mapping,
  matching,
  object,
  oneOf,
  positive,
  text,
} from "./check.ts";

const at = object({ url: text });
const frame = object({ type: oneOf("image_url"), image_url: at, frame_type: oneOf("first_frame", "last_frame") });
const reference = byType({
  image_url: object({ image_url: at }),
  audio_url: object({ audio_url: at }),
  video_url: object({ video_url: at }),
});

/** What a request must look like, whatever model it is for. Fields that are not known are ignored. */
export const request: Check = object(
  { model: text },
  {
    prompt: text,
    duration: least(1),
    resolution: oneOf("360p", "480p", "720p", "768p", "1080p", "1K", "2K", "4K"),
    aspect_ratio: oneOf("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"),
    size: matching(/^\d+x\d+$/, "Invalid size: expected WIDTHxHEIGHT"),
    frame_images: listOf(frame),
    input_references: listOf(reference),
    generate_audio: boolean,
    seed: integer,
    callback_url: matching(/^https:\/\/\S+$/, "Must be an HTTPS URL"),
    provider: object({}, { options: mapping }),
    upscale_factor: positive,
    creativity: integer,
    previous_job_id: matching(/^gen-vid-\d+-[A-Za-z0-9]{20}$/, "Invalid job ID"),
    session_id: matching(/^[\s\S]{0,256}$/, "Too big: expected string to have <=256 characters"),
    user: text,
    trace: mapping,
  },
);
