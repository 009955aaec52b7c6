import { boolean, type Check, integer, oneOf, text, whole, wholeOrAuto } from "./check.ts";

/** What one model takes. */
export interface Model {
  readonly family: "veo" | "seedance" | "kling-video" | "kling-motion" | "grok";
  /** Under which name its options stand. */
  readonly group: "veo" | "seedance" | "kling" | "grok";
  readonly options: { readonly [option: string]: Check };
  readonly referenceVideos: boolean;
}

const veo: Model = {
  family: "veo",
  group: "veo",
  options: {
    aspectRatio: oneOf("16:9", "9:16"),
    duration: oneOf(4, 6, 8),
    resolution: oneOf("720p", "1080p"),
    enhancePrompt: boolean,
    generateAudio: boolean,
    negativePrompt: text,
    seed: integer,
  },
  referenceVideos: false,
};

const seedanceOptions = {
  resolution: oneOf("480p", "720p", "1080p"),
  ratio: oneOf("16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"),
  generateAudio: boolean,
  returnLastFrame: boolean,
  seed: integer,
};

const seedance15: Model = {
  family: "seedance",
  group: "seedance",
  options: { ...seedanceOptions, duration: wholeOrAuto(4, 12), draftMode: boolean },
  referenceVideos: false,
};

const seedance20: Model = {
  family: "seedance",
  group: "seedance",
  options: { ...seedanceOptions, duration: whole(4, 15) },
  referenceVideos: true,
};

const klingVideo: Model = {
  family: "kling-video",
  group: "kling",
  options: { duration: whole(3, 15), aspectRatio: oneOf("16:9", "9:16", "1:1"), generateAudio: boolean },
  referenceVideos: true,
};

const klingMotion: Model = {
  family: "kling-motion",
  group: "kling",
  options: { characterOrientation: oneOf("image", "video"), keepOriginalSound: boolean },
  referenceVideos: true,
};

const grok: Model = {
  family: "grok",
  group: "grok",
  options: {
    duration: whole(1, 15),
    aspectRatio: oneOf("1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"),
    resolution: oneOf("480p", "720p"),
  },
  referenceVideos: false,
};

export const models: ReadonlyMap<string, Model> = new Map([
  ["veo-3.1", veo],
  ["veo-3.1-fast", veo],
  ["seedance-1.5-pro", seedance15],
  ["seedance-2.0", seedance20],
  ["kling-video-standard", klingVideo],
  ["kling-video-pro", klingVideo],
  ["kling-motion-standard", klingMotion],
  ["kling-motion-pro", klingMotion],
  ["grok-imagine-1.5", grok],
]);
