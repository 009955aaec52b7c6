/* Generated from schemas/providers/photogpt.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * What PhotoGPT's POST /videos/generation takes. Absent fields are absent on the wire: their defaults are PhotoGPT's to choose.
 */
export type PhotogptWith = {
  /**
   * Which model makes the video: Veo, Seedance, Kling video, Kling motion or Grok Imagine.
   */
  modelID:
    | "veo-3.1"
    | "veo-3.1-fast"
    | "seedance-1.5-pro"
    | "seedance-2.0"
    | "kling-video-standard"
    | "kling-video-pro"
    | "kling-motion-standard"
    | "kling-motion-pro"
    | "grok-imagine-1.5";
  /**
   * What the video shows.
   */
  prompt: string;
  /**
   * How many videos to make of this request; each is paid for and kept. PhotoGPT names no most, and 4 is ours. Default: 1.
   */
  numVideos?: number;
  /**
   * Images to begin with, to end with or to follow. Default: none.
   *
   * @minItems 1
   *
   * Items: An image and what it is for.
   */
  referenceImages?: {
    /**
     * The https address of the image: PhotoGPT takes no files, it fetches them.
     */
    url: string;
    /**
     * first_frame: the video opens with it. last_frame: the video ends with it. reference_image: guides what is seen.
     */
    role: "first_frame" | "last_frame" | "reference_image";
    /**
     * Not to be sent: PhotoGPT looks for itself.
     */
    containsHuman?: {
      [k: string]: unknown;
    };
  }[];
  /**
   * Videos whose movement or style to follow. Default: none.
   *
   * @minItems 1
   *
   * Items: A video and what it is for.
   */
  referenceVideos?: {
    /**
     * The https address of the video: PhotoGPT takes no files, it fetches them.
     */
    url: string;
    /**
     * The only role there is.
     */
    role: "reference_video";
    /**
     * Not to be sent: PhotoGPT measures for itself.
     */
    duration?: {
      [k: string]: unknown;
    };
  }[];
  /**
   * The ids of elements that exist in your PhotoGPT account, for models that know them. Default: none.
   *
   * @minItems 1
   *
   * Items: The id of an element.
   */
  elementIDs?: string[];
  /**
   * The options of the model, in the one group that is its family's. Default: those of the model.
   */
  options?: {
    /**
     * Options of veo-3.1 and veo-3.1-fast. Default: none.
     */
    veo?: {
      /**
       * The shape of the picture. Default: 16:9.
       */
      aspectRatio?: "16:9" | "9:16";
      /**
       * Seconds; must be 8 with a reference_image. Default: 8.
       */
      duration?: 4 | 6 | 8;
      /**
       * The height of the picture. Default: 720p.
       */
      resolution?: "720p" | "1080p";
      /**
       * Whether the prompt is rewritten before it is used. Default: true.
       */
      enhancePrompt?: boolean;
      /**
       * Whether there is sound. Default: false.
       */
      generateAudio?: boolean;
      /**
       * What to avoid, in words. Default: none.
       */
      negativePrompt?: string;
      seed?: Seed;
    };
    /**
     * Options of seedance-1.5-pro and seedance-2.0. Default: none.
     */
    seedance?: {
      /**
       * The height of the picture; draftMode forces 480p. Default: not stated.
       */
      resolution?: "480p" | "720p" | "1080p";
      /**
       * The shape of the picture, or adaptive to take it from the images. Default: not stated.
       */
      ratio?: "16:9" | "4:3" | "1:1" | "3:4" | "9:16" | "21:9" | "adaptive";
      /**
       * Seconds: 4 to 12 or -1 (as many as the model sees fit) for seedance-1.5-pro, 4 to 15 for seedance-2.0. Default: not stated.
       */
      duration?: number;
      /**
       * seedance-1.5-pro only: a quick draft, always in 480p. Default: not stated.
       */
      draftMode?: boolean;
      /**
       * Whether there is sound. Default: not stated.
       */
      generateAudio?: boolean;
      /**
       * Whether the last frame comes along as an image. PhotoGPT does not say where; it is kept when it is found. Default: not stated.
       */
      returnLastFrame?: boolean;
      seed?: Seed;
    };
    /**
     * Options of the Kling models. duration, aspectRatio and generateAudio are for Kling video, characterOrientation and keepOriginalSound for Kling motion. Default: none.
     */
    kling?: {
      /**
       * Kling video only: seconds. Default: 10.
       */
      duration?: number;
      /**
       * Kling video only: the shape of the picture. Ignored with images or elements. Default: not stated.
       */
      aspectRatio?: "16:9" | "9:16" | "1:1";
      /**
       * Kling video only: whether there is sound. Default: false.
       */
      generateAudio?: boolean;
      /**
       * Kling motion only: which one the orientation of the character is taken from. Default: video.
       */
      characterOrientation?: "image" | "video";
      /**
       * Kling motion only: whether the original sound is kept. Default: true.
       */
      keepOriginalSound?: boolean;
    };
    /**
     * Options of grok-imagine-1.5. Default: none.
     */
    grok?: {
      /**
       * Seconds. Default: 8.
       */
      duration?: number;
      /**
       * The shape of the picture. Default: 16:9.
       */
      aspectRatio?: "1:1" | "16:9" | "9:16" | "4:3" | "3:4" | "3:2" | "2:3";
      /**
       * The height of the picture. Default: 480p.
       */
      resolution?: "480p" | "720p";
    };
  };
  /**
   * Fields that this schema does not know: sent as they are.
   */
  extra?: JsonObject;
};
export type Seed = number;
