import { describe, expect, test } from "vitest";
import type { Remark } from "../../src/model/provider.ts";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { noFacts } from "./facts.ts";
import { asking, type Fields, listedFacts } from "./openrouter-catalogue.ts";

const shown = ({ severity, code, path, message, hint }: Remark): string =>
  `${severity} ${code} ${path.join(".")}: ${message}${hint === undefined ? "" : ` (${hint})`}`;

const remarks = (model: string, fields: Fields = {}, facts = listedFacts): readonly string[] =>
  (openrouter.remarks?.(asking(model, fields), facts) ?? []).map(shown);

const image = { image_url: { url: "https://a.example/a.png" } };
const video = { video_url: { url: "https://a.example/a.mp4" } };
const frame = (frame_type: string) => ({ frame_type, ...image });

describe("a request that its model does not take", () => {
  const table: readonly (readonly [string, Fields, readonly string[]])[] = [
    [
      "google/veo-3.1",
      { duration: 5 },
      ["error openrouter-duration duration: google/veo-3.1 does not take duration 5; it takes 4, 6 or 8 seconds"],
    ],
    [
      "google/veo-3.1-lite",
      { duration: 99, resolution: "4K" },
      [
        "error openrouter-duration duration: google/veo-3.1-lite does not take duration 99; it takes 4, 6 or 8 seconds",
        "error openrouter-resolution resolution: google/veo-3.1-lite does not take resolution 4K; it takes 720p or 1080p",
      ],
    ],
    [
      "alibaba/wan-3.0",
      { duration: 31, aspect_ratio: "21:9" },
      [
        "error openrouter-duration duration: alibaba/wan-3.0 does not take duration 31; it takes 2 to 30 seconds",
        "error openrouter-aspect-ratio aspect_ratio: alibaba/wan-3.0 does not take aspect_ratio 21:9; it takes 16:9, 4:3, 1:1, 3:4 or 9:16",
      ],
    ],
    [
      "runway/gen-4.5",
      { size: "1920x1080", generate_audio: true },
      [
        "error openrouter-size size: runway/gen-4.5 does not take size 1920x1080; it takes 1280x720 or 720x1280",
        "error openrouter-audio generate_audio: runway/gen-4.5 makes no sound; it takes false alone",
      ],
    ],
    [
      "runway/gen-4.5",
      { frame_images: [frame("first_frame"), frame("last_frame")] },
      [
        "error openrouter-frame frame_images.1.frame_type: runway/gen-4.5 does not take a last_frame; it takes first_frame alone",
      ],
    ],
    ["openai/sora-2-pro", { seed: 7 }, ["error openrouter-seed seed: openai/sora-2-pro takes no seed"]],
    [
      "black-forest-labs/flux-video-upscale",
      { upscale_factor: 4, creativity: 2 },
      [
        "error openrouter-creativity creativity: black-forest-labs/flux-video-upscale does not take creativity 2; it takes 0 or 1",
        "error openrouter-upscale-factor upscale_factor: black-forest-labs/flux-video-upscale does not enlarge by 4; it takes factors from 1.5 to 3",
      ],
    ],
    [
      "google/veo-3.1",
      { extra: { duration: 5 } },
      ["error openrouter-duration extra.duration: google/veo-3.1 does not take duration 5; it takes 4, 6 or 8 seconds"],
    ],
    [
      "google/veo-3.1",
      { provider: { options: { "google-vertex": { parameters: { negativeprompt: "x", seed: 1 }, fps: 24 } } } },
      [
        'warning openrouter-option provider.options.google-vertex.parameters.negativeprompt: OpenRouter does not hand negativeprompt on for google/veo-3.1; it hands on personGeneration, aspectRatio, negativePrompt, conditioningScale or enhancePrompt (did you mean "negativePrompt"?)',
        "warning openrouter-option provider.options.google-vertex.parameters.seed: OpenRouter does not hand seed on for google/veo-3.1; it hands on personGeneration, aspectRatio, negativePrompt, conditioningScale or enhancePrompt",
        "warning openrouter-option provider.options.google-vertex.fps: OpenRouter does not hand fps on for google/veo-3.1; it hands on personGeneration, aspectRatio, negativePrompt, conditioningScale or enhancePrompt",
      ],
    ],
    [
      "alibaba/wan-3.0",
      { provider: { options: { alibaba: { audio: true } } } },
      [
        "warning openrouter-option provider.options.alibaba.audio: OpenRouter does not hand audio on for alibaba/wan-3.0; it hands on none",
      ],
    ],
    [
      "google/veo-3.1",
      { input_references: [image, video] },
      [
        "warning openrouter-reference-ignored input_references.1.video_url: google/veo-3.1 may ignore this: OpenRouter hands sounds and films to Seedance 2 and later, and to models that work on films",
      ],
    ],
    [
      "google/veo-3.2",
      { duration: 5 },
      [
        'warning openrouter-unknown-model model: google/veo-3.2 is not among the models that OpenRouter listed on 2026-10-02 (did you mean "google/veo-3.1"?)',
      ],
    ],
    [
      "acme/roadrunner-9000",
      {},
      [
        "warning openrouter-unknown-model model: acme/roadrunner-9000 is not among the models that OpenRouter listed on 2026-10-02 (reelform providers openrouter lists them)",
      ],
    ],
  ];
  test.each(table)("%s with %j", (model, fields, expected) => {
    expect(remarks(model, fields)).toEqual(expected);
  });

  const sound: readonly (readonly [string, Fields])[] = [
    [
      "google/veo-3.1",
      {
        duration: 6,
        resolution: "4K",
        aspect_ratio: "9:16",
        generate_audio: false,
        seed: 1,
        frame_images: [frame("first_frame"), frame("last_frame")],
      },
    ],
    ["google/veo-3.1", { provider: { options: { "google-vertex": { parameters: { negativePrompt: "text" } } } } }],
    ["bytedance/seedance-2.5", { input_references: [video, image] }],
    // A list that is not published refuses nothing.
    ["heygen/avatar-iv", { duration: 3600, size: "1x1", frame_images: [frame("last_frame")] }],
    ["x-ai/grok-imagine-video", { generate_audio: true, seed: 1, upscale_factor: 9, creativity: 9 }],
    ["minimax/hailuo-2.3", { seed: 3 }],
    ["black-forest-labs/flux-video-upscale", { upscale_factor: 1.5, creativity: 0, input_references: [video] }],
    ["runway/gen-4.5", { generate_audio: false }],
  ];
  test.each(sound)("%s takes %j", (model, fields) => {
    expect(remarks(model, fields)).toEqual([]);
  });

  test("without a catalogue nobody knows better", () => {
    expect(remarks("google/veo-9", { duration: 5 }, noFacts)).toEqual([]);
  });
});
