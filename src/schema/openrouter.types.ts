/* Generated from schemas/providers/openrouter.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * What OpenRouter's POST /api/v1/videos takes. Absent fields are absent on the wire: their defaults are those of the model. What a model takes of them stands in catalogue/openrouter.json.
 */
export type OpenrouterWith = {
  /**
   * Which model makes the video, as maker/name: google/veo-3.1. reelform providers openrouter lists them.
   */
  model: string;
  /**
   * What the video shows. Only models that work from a picture or a film alone do without.
   */
  prompt?: string;
  /**
   * The length in seconds, one of the model's. The price goes by it. Default: the model's own.
   */
  duration?: number;
  /**
   * How fine the picture is, one of the model's. Default: the model's own.
   */
  resolution?: "360p" | "480p" | "720p" | "768p" | "1080p" | "1K" | "2K" | "4K";
  /**
   * Width to height, one of the model's. Default: the model's own.
   */
  aspect_ratio?: "16:9" | "9:16" | "1:1" | "4:3" | "3:4" | "3:2" | "2:3" | "21:9" | "9:21";
  /**
   * Width and height in one, as 1280x720: another way to write resolution and aspect_ratio. Default: none.
   */
  size?: string;
  /**
   * The pictures that the video begins or ends with, each as { frame_type: first_frame, image_url: { url: start.png } }. Default: none.
   *
   * @minItems 1
   * @maxItems 2
   */
  frame_images?: {
    /**
     * May be left out. Default: image_url.
     */
    type?: "image_url";
    /**
     * first_frame: the video begins with it. last_frame: the video ends with it.
     */
    frame_type: "first_frame" | "last_frame";
    /**
     * Where the picture is.
     */
    image_url: {
      /**
       * A path, an https address that anybody can fetch, or an earlier step's picture. A file travels inside the request, as a data: URL.
       */
      url: string;
    };
  }[];
  /**
   * Pictures, sounds and films to go by, each as { image_url: { url: style.png } }, or audio_url, or video_url. Pictures do with every maker; sounds and films with few, and the others ignore them. Default: none.
   *
   * @minItems 1
   *
   * Items: A picture, a sound or a film.
   */
  input_references?: ({
    [k: string]: unknown;
  } & {
    /**
     * May be left out: it is the name of the field beside it.
     */
    type?: "image_url" | "audio_url" | "video_url";
    /**
     * A picture.
     */
    image_url?: {
      /**
       * A path, an https address that anybody can fetch, or an earlier step's picture. A file travels inside the request, as a data: URL.
       */
      url: string;
    };
    /**
     * A sound.
     */
    audio_url?: {
      /**
       * An https address that anybody can fetch.
       */
      url: string;
    };
    /**
     * A film.
     */
    video_url?: {
      /**
       * An https address that anybody can fetch: OpenRouter takes no films inside a request.
       */
      url: string;
    };
  })[];
  /**
   * Whether sound is made along with the picture. The price may go by it. Default: true where the model can, as far as it says so.
   */
  generate_audio?: boolean;
  /**
   * The same seed may give the same video again; no maker promises it. Default: none.
   */
  seed?: number;
  /**
   * Options of the company that serves the model, by its name: { options: { google-vertex: { parameters: { negativePrompt: text } } } }. OpenRouter hands on those of the one that serves, and drops the others without a word. Default: none.
   */
  provider?: {
    /**
     * By the name of the company.
     */
    options: {
      /**
       * Its options, most under parameters.
       */
      [k: string]: JsonObject;
    };
  };
  /**
   * Models that enlarge only: by how much. Default: the model's own.
   */
  upscale_factor?: number;
  /**
   * Models that enlarge only: how freely, one of the model's degrees. The price may go by it. Default: the model's own.
   */
  creativity?: number;
  /**
   * The id of a finished job of the same model that the video goes on from; it stands in the lockfile of the earlier video, as job.id. It does not follow the earlier video when that is made anew, and OpenRouter does not say for how long it knows a job. Default: none.
   */
  previous_job_id?: string;
  /**
   * An address of yours that OpenRouter posts to when the job has ended. Reelform asks for itself and needs none. Default: that of your workspace, if it has one.
   */
  callback_url?: string;
  /**
   * What OpenRouter's records group the request under. Default: none.
   */
  session_id?: string;
  /**
   * The end user whom OpenRouter's records name; the model's company is not told. Default: none.
   */
  user?: string;
  /**
   * What OpenRouter's records say of the request: trace_id, trace_name, span_name, generation_name, parent_span_id, and fields of your own. Default: none.
   */
  trace?: {
    /**
     * The trace.
     */
    trace_id?: string;
    /**
     * Its name.
     */
    trace_name?: string;
    /**
     * The name of the step.
     */
    span_name?: string;
    /**
     * The name of the generation.
     */
    generation_name?: string;
    /**
     * The step above.
     */
    parent_span_id?: string;
    [k: string]: unknown;
  };
  /**
   * Fields that this schema does not know: sent as they are.
   */
  extra?: JsonObject;
};
