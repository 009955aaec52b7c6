/** What one or several models take, and what they cost. What is absent is not looked at. */
export interface Family {
  readonly ids: readonly string[];
  /** What refusals call it. */
  readonly title: string;
  readonly image?: "needed" | "taken";
  readonly video?: "needed";
  /** Seconds; the first is what it makes unless told. */
  readonly lengths?: readonly number[];
  readonly resolutions?: readonly string[];
  readonly ratios?: readonly string[];
  /** Other numbers that it looks at, from the least to the most, or one by one. */
  readonly numbers?: {
    readonly [field: string]: readonly number[] | { readonly least: number; readonly most: number };
  };
  /** Settings of its own that it takes as they are. */
  readonly settings?: readonly string[];
  readonly sound?: true;
  readonly ends?: true;
  /** Dollars, of the emulator's own making; by resolution where that counts. */
  readonly perSecond?: number | { readonly [resolution: string]: number };
  readonly perVideo?: number;
}

const from = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const five = ["16:9", "9:16", "1:1", "4:3", "3:4"];
const scale = (least: number, most: number) => ({ least, most });

const veo = { ratios: five, image: "taken", settings: ["enhancePrompt"], perSecond: 0.5 } as const;
const kling = { lengths: [5, 10], numbers: { cfg_scale: scale(0, 1) }, perSecond: 0.09 } as const;
const kling21 = { ...kling, image: "needed" } as const;
const hunyuan = {
  resolutions: ["720p", "480p", "1080p"],
  ratios: five,
  numbers: { num_frames: [129, 65, 97], num_inference_steps: scale(10, 50) },
  settings: ["pro_mode"],
  perVideo: 0.4,
} as const;
const seedance = {
  image: "taken",
  settings: ["camera_fixed"],
  lengths: [5, 10],
  ratios: [...five, "21:9", "9:21"],
} as const;

export const families: readonly Family[] = [
  { ...veo, ids: ["veo2-video"], title: "Veo 2", lengths: from(5, 30) },
  { ...veo, ids: ["veo3-video", "veo3-fast-video"], title: "Veo 3", lengths: [8, 5, 6, 7], sound: true },
  { ...veo, ids: ["veo3-1-video"], title: "Veo 3.1", lengths: [8, 4, 6], resolutions: ["720p", "1080p"], sound: true },
  { ...kling, ids: ["kling-video", "kling-video-v2"], title: "Kling", image: "taken", ends: true },
  { ...kling, ids: ["kling-video-o1", "kling-video-o1-standard", "kling-v26-pro"], title: "Kling", image: "taken" },
  { ...kling, ids: ["kling-v25-turbo-pro"], title: "Kling 2.5 Turbo Pro", image: "taken" },
  { ...kling21, ids: ["kling-v25-turbo-std"], title: "Kling 2.5 Turbo Standard" },
  { ...kling21, ids: ["kling-v21-standard"], title: "Kling 2.1 Standard", lengths: [5] },
  { ...kling21, ids: ["kling-v21-pro"], title: "Kling 2.1 Pro" },
  { ...kling21, ids: ["kling-v21-master"], title: "Kling 2.1 Master", lengths: [5] },
  { ...hunyuan, ids: ["hunyuan-video"], title: "Hunyuan" },
  { ...hunyuan, ids: ["hunyuan-video-image-to-video"], title: "Hunyuan Image to Video", image: "needed" },
  {
    ids: ["wan-video-image-to-video"],
    title: "Wan Image to Video",
    image: "needed",
    resolutions: ["720p", "480p"],
    numbers: { num_frames: scale(81, 100), frames_per_second: scale(5, 24), num_inference_steps: scale(1, 40) },
    perVideo: 0.3,
  },
  {
    ...seedance,
    ids: ["seedance-video"],
    title: "Seedance",
    resolutions: ["720p", "480p", "1080p"],
    perSecond: { "480p": 0.06, "720p": 0.06, "1080p": 0.12 },
  },
  {
    ...seedance,
    ids: ["seedance-lite-video"],
    title: "Seedance Lite",
    resolutions: ["720p", "480p"],
    perSecond: 0.06,
  },
  {
    ids: ["sora-2"],
    title: "Sora 2",
    image: "taken",
    lengths: [4, 8, 12],
    resolutions: ["720p", "1792x1024"],
    settings: ["pro_mode", "orientation"],
    perVideo: 0.4,
  },
  {
    ids: ["midjourney-video"],
    title: "Midjourney",
    image: "needed",
    lengths: [5],
    settings: ["motion"],
    perVideo: 0.6,
  },
  { ids: ["minimax-video", "minimax-hailuo-02-pro"], title: "MiniMax", image: "taken", lengths: [6], perVideo: 0.35 },
  {
    ids: ["minimax-hailuo-02", "minimax-hailuo-23-standard"],
    title: "MiniMax Hailuo",
    image: "taken",
    lengths: [6, 10],
    perVideo: 0.35,
  },
  {
    ids: ["veo3-1-extend", "veo3-1-fast-extend", "wan-wavespeed-25-extend", "wan-wavespeed-22-spicy-extend"].concat(
      "bytedance-seedance-v1.5-pro-extend",
    ),
    title: "Extend",
    video: "needed",
    lengths: [5, 8],
    perVideo: 0.35,
  },
  {
    ids: ["minimax-hailuo-23-pro", "hunyuan-video-15", "wan-video-22", "wan-video-22-5b", "wan-video-22-turbo"].concat(
      ["wan-wavespeed-25", "wan-wavespeed-26", "wan-wavespeed-22-plus", "bytedance-seedance-v1-pro-fast"],
      ["pixverse-v45", "pixverse-v5", "pixverse-v55", "pixverse-v55-effects", "vidu-video", "runwayml-gen4-aleph"],
      ["lightricks-ltx-2-fast", "lightricks-ltx-2-pro", "veed-fabric-1.0", "bytedance/seedance-2.5"],
    ),
    title: "This model",
    image: "taken",
    perVideo: 0.35,
  },
];

export const familyOf = (model: unknown): Family | undefined =>
  families.find(({ ids }) => typeof model === "string" && ids.includes(model));
