/* Generated from schemas/providers/nanogpt.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * What NanoGPT's POST /api/generate-video takes. Absent fields are absent on the wire: their defaults are NanoGPT's and its models' to choose.
 */
export type NanogptWith = {
  /**
   * Which model makes the video, by NanoGPT's id for it: `reelform providers nanogpt` lists them.
   */
  model: string;
  /**
   * What the video shows. Needed for text-to-video, and for edits and extensions. Default: none.
   */
  prompt?: string;
  /**
   * What to keep out, in words. Default: none.
   */
  negative_prompt?: string;
  /**
   * The length in seconds, as the model wants it written: "5s" for Veo 2 and 3, "5" for the others. Default: the model's.
   */
  duration?: string | number;
  /**
   * Sora's own name for the length. Default: the model's.
   */
  seconds?: "4" | "8" | "12";
  /**
   * The shape of the picture: 16:9, 9:16, 1:1, 4:3, 3:4; some models also 21:9, 9:21 or auto. Default: the model's.
   */
  aspect_ratio?: string;
  /**
   * The size of the picture: 480p, 540p, 580p, 720p, 1080p, 1792x1024, 2k or 4k, by model. Default: the model's.
   */
  resolution?: string;
  /**
   * Sora and Wan: the shape of the picture. Default: the model's.
   */
  orientation?: "landscape" | "portrait";
  /**
   * A preset of the model's for the size of the picture: Pixverse, Vidu, Wan 2.5. Default: the model's.
   */
  size?: string;
  /**
   * What the model is to do, where it can do several things. Default: by what is given.
   */
  mode?: ("auto" | "text-to-video" | "image-to-video" | "reference-to-video" | "video-edit" | "video-extend") & string;
  /**
   * Hunyuan and Sora: better, at twice the price. Default: false.
   */
  pro_mode?: boolean;
  /**
   * How closely to keep to the prompt: 0 to 1 for Kling. Default: 0.5.
   */
  cfg_scale?: number;
  /**
   * Wan 2.2 5B: how closely to keep to the prompt. Default: the model's.
   */
  guidance_scale?: number;
  /**
   * Wan 2.2 5B: the shift of its sampler. Default: the model's.
   */
  shift?: number;
  /**
   * How many frames to make, by model. Default: the model's.
   */
  num_frames?: number;
  /**
   * Frames a second, by model. Default: the model's.
   */
  frames_per_second?: number;
  /**
   * How many steps to refine the picture in, by model. Default: the model's.
   */
  num_inference_steps?: number;
  /**
   * The same number asks for the same video again, as well as the model can. Default: none.
   */
  seed?: number | string;
  /**
   * Seedance and Wan: the camera stands still. Default: false.
   */
  camera_fixed?: boolean;
  /**
   * Midjourney: how much moves. Default: the model's.
   */
  motion?: "low" | "high";
  /**
   * Vidu: how much moves. Default: the model's.
   */
  movementAmplitude?: string;
  /**
   * A style of the model's: Pixverse, Vidu. Default: the model's.
   */
  style?: string;
  /**
   * Veo 3: the prompt is rewritten before it is used. Default: false.
   */
  enhancePrompt?: boolean;
  /**
   * Wan, Seedance and MiniMax: the prompt is rewritten before it is used. Default: the model's.
   */
  enable_prompt_expansion?: boolean;
  /**
   * MiniMax: the prompt is rewritten before it is used. Default: the model's.
   */
  prompt_optimizer?: boolean;
  /**
   * Veo 3 and Lightricks: whether there is sound. Default: false.
   */
  generateAudio?: boolean;
  /**
   * Newer models: whether there is sound. Default: the model's.
   */
  generate_audio?: boolean;
  /**
   * Whether what is made is looked at before it is handed out. Default: the model's.
   */
  enable_safety_checker?: boolean;
  /**
   * Whether explicit pictures are let through. Default: false.
   */
  showExplicitContent?: boolean;
  /**
   * The image to begin with. A file of the repository goes along as a data URL, at most 4 MB; what is larger must be where NanoGPT can fetch it. Default: none.
   */
  imageUrl?: string;
  /**
   * The same as imageUrl, for those who want the API's own name for a file that goes along. Default: none.
   */
  imageDataUrl?: string;
  /**
   * An image of your NanoGPT library. Default: none.
   */
  imageAttachmentId?: string;
  /**
   * Seedance 2 and MiniMax: the https address of the image to end with. Default: none.
   */
  last_image?: string;
  /**
   * Kling: the https address of the image to end with. Default: none.
   */
  image_tail?: string;
  /**
   * Images to follow, for reference-to-video. Default: none.
   *
   * @minItems 1
   *
   * Items: An image.
   */
  referenceImages?: string[];
  /**
   * Videos to follow, for reference-to-video. Default: none.
   *
   * @minItems 1
   *
   * Items: A video.
   */
  referenceVideos?: string[];
  /**
   * The clip to edit, to extend or to enlarge; one to extend lasts at most 120 seconds. A file of the repository goes along as a data URL, at most 4 MB. Default: none.
   */
  videoUrl?: string;
  /**
   * The same as videoUrl, for those who want the API's own name for a file that goes along. Default: none.
   */
  videoDataUrl?: string;
  /**
   * A clip of your NanoGPT library. Default: none.
   */
  videoAttachmentId?: string;
  /**
   * What a few models call the address of the clip. Default: none.
   */
  video?: string;
  /**
   * Avatars and lip-sync: the sound to speak. A file of the repository goes along as a data URL, at most 4 MB. Default: none.
   */
  audioUrl?: string;
  /**
   * The same as audioUrl, for those who want the API's own name for a file that goes along. Default: none.
   */
  audioDataUrl?: string;
  /**
   * How long that sound lasts, in seconds. Default: none.
   */
  audioDuration?: number;
  /**
   * Lip-sync: the voice. Default: the model's.
   */
  voice_id?: string;
  /**
   * Lip-sync: the voice's language. Default: the model's.
   */
  voice_language?: "en" | "zh";
  /**
   * Lip-sync: how fast it speaks. Default: the model's.
   */
  voice_speed?: number;
  /**
   * The conversation that the run is filed under. Changes nothing of the video. Default: none.
   */
  conversationUUID?: string;
  /**
   * Another name that NanoGPT knows for imageUrl: write that.
   */
  image?: {
    [k: string]: unknown;
  };
  /**
   * Another name that NanoGPT knows for imageDataUrl: write that.
   */
  image_data_url?: {
    [k: string]: unknown;
  };
  /**
   * Another name that NanoGPT knows for pro_mode: write that.
   */
  pro?: {
    [k: string]: unknown;
  };
  /**
   * Another name that NanoGPT knows for camera_fixed: write that.
   */
  camera_fix?: {
    [k: string]: unknown;
  };
  /**
   * Another name that NanoGPT knows for camera_fixed: write that.
   */
  cameraFixed?: {
    [k: string]: unknown;
  };
  /**
   * Fields that this schema does not know: sent as they are.
   */
  extra?: JsonObject;
};
