import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../src/model/catalogue.ts";
import { decimal, type Estimate, usd } from "../../src/model/money.ts";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { factsWith } from "./facts.ts";
import { asking, type Fields, listed, listedFacts } from "./openrouter-catalogue.ts";

const shown = (estimate: Estimate): string => {
  if (estimate.kind === "exact") return decimal(estimate.amount);
  return estimate.kind === "range" ? `${decimal(estimate.low)} to ${decimal(estimate.high)}` : estimate.because;
};

const price = (model: string, fields: Fields): string => shown(openrouter.estimate(asking(model, fields), listedFacts));

const image = { image_url: { url: "https://a.example/a.png" } };
const film = { video_url: { url: "https://a.example/a.mp4" } };
const frames = { frame_images: [{ frame_type: "first_frame", ...image }] };
const films = { input_references: [film] };
const job = { previous_job_id: "gen-vid-1790983457-Q7wE9rT2yU4iO6pA8sD1" };

const left = "the length is left to the model";
const none = (model: string) => `OpenRouter lists no price of ${model} for such a request`;

/** Every model of the list, each with the price keys that decide. */
const rows: readonly (readonly [string, Fields, string])[] = [
  // Two bills that were seen.
  ["bytedance/seedance-2.0-mini", { duration: 4, resolution: "480p", aspect_ratio: "1:1" }, "0.1358"],
  ["x-ai/grok-imagine-video", { duration: 1, resolution: "480p", ...frames }, "0.052"],
  // By the second, by fineness.
  ["alibaba/happyhorse-1.0", { duration: 5, resolution: "720p" }, "0.494"],
  ["alibaba/happyhorse-1.0", { duration: 5, resolution: "1080p" }, "0.847"],
  ["alibaba/happyhorse-1.0", { duration: 5 }, "0.494 to 0.847"],
  ["alibaba/happyhorse-1.0", { duration: 5, size: "1080x1920" }, "0.847"],
  ["alibaba/happyhorse-1.0", {}, "0.2964 to 2.541"],
  ["alibaba/happyhorse-1.1", { duration: 10, resolution: "1080p" }, "1.278"],
  ["alibaba/wan-3.0", { duration: 30, resolution: "480p" }, "1.50"],
  ["alibaba/wan-3.0", { duration: 2, resolution: "1080p" }, "0.40"],
  ["alibaba/wan-3.0-prime", { duration: 10, resolution: "720p" }, "1.40"],
  // By what it is made from.
  ["alibaba/wan-2.6", { duration: 5, resolution: "720p" }, "0.40"],
  ["alibaba/wan-2.6", { duration: 5, resolution: "720p", ...frames }, "0.50"],
  ["alibaba/wan-2.6", { duration: 10, resolution: "1080p", ...frames }, "1.50"],
  ["alibaba/wan-2.6", { duration: 10, resolution: "1080p", ...frames, ...films }, "1.50"],
  ["alibaba/wan-2.6", { duration: 10, resolution: "1080p", input_references: [image] }, none("alibaba/wan-2.6")],
  ["alibaba/wan-2.7", { duration: 7 }, "0.70"],
  // In cents, and going on from another.
  ["black-forest-labs/flux-3-video", { duration: 5 }, "0.85 to 1.45"],
  ["black-forest-labs/flux-3-video", { duration: 5, resolution: "720p" }, "0.85"],
  ["black-forest-labs/flux-3-video", { duration: 5, resolution: "1080p" }, "1.45"],
  ["black-forest-labs/flux-3-video", { duration: 5, resolution: "1080p", ...job }, "2.65"],
  ["black-forest-labs/flux-3-video", { duration: 5, resolution: "720p", ...films }, "0.85 to 2.05"],
  ["black-forest-labs/flux-video-edit", { ...films }, left],
  ["black-forest-labs/flux-video-edit", { duration: 10, ...films }, "0.30"],
  [
    "black-forest-labs/flux-video-upscale",
    { duration: 10, upscale_factor: 2, ...films },
    "it is priced by its pixels, and how many it has is left to the model",
  ],
  ["black-forest-labs/flux-video-upscale", { duration: 10, size: "1920x1080", creativity: 0, ...films }, "1.5552"],
  ["black-forest-labs/flux-video-upscale", { duration: 10, size: "1920x1080", creativity: 1, ...films }, "2.17728"],
  ["black-forest-labs/flux-video-upscale", { duration: 10, size: "1920x1080", ...films }, "1.5552 to 2.17728"],
  // By tokens: 1280 x 720 x 97 frames make 87,300 of them.
  ["bytedance/seedance-1-5-pro", { duration: 4, resolution: "720p", aspect_ratio: "16:9" }, "0.20952"],
  [
    "bytedance/seedance-1-5-pro",
    { duration: 4, resolution: "720p", aspect_ratio: "9:16", generate_audio: false },
    "0.10476",
  ],
  ["bytedance/seedance-2.0", { duration: 4, size: "1280x720" }, "0.6111"],
  ["bytedance/seedance-2.0", { duration: 4, resolution: "1080p", aspect_ratio: "16:9" }, "1.512473"],
  ["bytedance/seedance-2.0", { duration: 4, resolution: "4K", aspect_ratio: "16:9" }, "3.1428"],
  [
    "bytedance/seedance-2.0",
    { duration: 4, resolution: "1080p", aspect_ratio: "16:9", generate_audio: false },
    "1.512473",
  ],
  ["bytedance/seedance-2.0", { duration: 4, resolution: "1080p", aspect_ratio: "1:1" }, "0.850766 to 1.512473"],
  [
    "bytedance/seedance-2.0",
    { duration: 4, size: "1280x720", ...films },
    "how long the films are that it goes by is not known, and they may count",
  ],
  ["bytedance/seedance-2.0-fast", { duration: 4, size: "1280x720" }, "0.36666"],
  ["bytedance/seedance-2.5", { duration: 4, size: "640x640" }, "0.41516"],
  ["bytedance/seedance-2.5", { duration: 4, size: "1112x834" }, "0.939997"],
  ["bytedance/seedance-2.5", { duration: 4, resolution: "480p" }, "0.41516 to 0.434361"],
  // With sound and without.
  ["google/veo-3.1", { duration: 8, resolution: "1080p" }, "3.20"],
  ["google/veo-3.1", { duration: 8, resolution: "1080p", generate_audio: false }, "1.60"],
  ["google/veo-3.1", { duration: 8, resolution: "4K", generate_audio: true }, "4.80"],
  ["google/veo-3.1", { duration: 8, resolution: "4K", generate_audio: false }, "3.20"],
  ["google/veo-3.1-fast", { duration: 6, resolution: "720p", generate_audio: false, ...frames }, "0.48"],
  ["google/veo-3.1-fast", { duration: 6, resolution: "720p" }, "0.60"],
  ["google/veo-3.1-fast", { duration: 6, resolution: "1080p" }, "0.72"],
  ["google/veo-3.1-lite", { duration: 8, resolution: "1080p", generate_audio: false }, "0.40"],
  ["google/veo-3.1-lite", { duration: 8, resolution: "720p", generate_audio: false }, "0.24"],
  ["heygen/avatar-iv", { duration: 20 }, "1.00"],
  ["heygen/avatar-iv", {}, left],
  ["heygen/heygen-video-1", { duration: 5, resolution: "768p" }, "0.15"],
  ["heygen/heygen-video-1", { duration: 5, resolution: "768p", input_references: [image] }, "0.30"],
  // A key with a resolution says nothing of sound, and one with sound is dearer.
  ["kwaivgi/kling-v3.0-pro", { duration: 5, resolution: "720p", generate_audio: false }, "0.56"],
  ["kwaivgi/kling-v3.0-pro", { duration: 5, resolution: "720p" }, "0.56 to 0.84"],
  ["kwaivgi/kling-v3.0-std", { duration: 5, resolution: "720p", generate_audio: true, ...frames }, "0.42 to 0.63"],
  ["kwaivgi/kling-v3.0-std", { duration: 5, generate_audio: false }, "0.42"],
  ["kwaivgi/kling-video-o1", { duration: 5 }, "0.56"],
  ["minimax/hailuo-2.3", { duration: 6 }, "0.4902"],
  ["minimax/hailuo-3", { duration: 5 }, "0.65"],
  ["minimax/hailuo-3", { duration: 5, input_references: [image, image, film] }, "0.73"],
  ["minimax/hailuo-3", { duration: 5, ...frames }, "0.65"],
  ["minimax/hailuo-3-max", { duration: 5, resolution: "480p" }, "0.25"],
  ["minimax/hailuo-3-max", { duration: 5, resolution: "768p" }, "0.40"],
  ["openai/sora-2-pro", { duration: 4, resolution: "720p" }, "1.20"],
  ["openai/sora-2-pro", { duration: 4, size: "1080x1920" }, "2.00"],
  // A floor, and pictures on top.
  ["runway/aleph-2", { duration: 1, ...films }, "0.56"],
  ["runway/aleph-2", { duration: 5, ...films }, "1.40"],
  ["runway/gen-4.5", { duration: 10 }, "1.20"],
  ["x-ai/grok-imagine-video", { duration: 10, resolution: "720p" }, "0.70"],
  ["x-ai/grok-imagine-video-1.5", { duration: 2, resolution: "1080p", input_references: [image, image] }, "0.52"],
];

describe("what OpenRouter charges", () => {
  test.each(rows)("%s with %j costs %s", (model, fields, expected) => {
    expect(price(model, fields)).toBe(expected);
  });

  test("no model of the list is left out", () => {
    expect([...new Set(rows.map(([model]) => model))].sort()).toEqual([...listed.models.keys()]);
  });

  const known = (prices: { readonly [sku: string]: string }): Catalogue => ({
    asOf: "2026-10-02",
    models: new Map([["a/b", { id: "a/b", prices }]]),
  });
  const byKeys: readonly (readonly [string, { readonly [sku: string]: string }, Fields, string])[] = [
    [
      "a key of the guide that nobody has seen",
      { generate: "0.50" },
      { duration: 5 },
      "OpenRouter's price key generate is new to us",
    ],
    [
      "a new key beside a known one",
      { duration_seconds: "0.1", tips: "1" },
      { duration: 5 },
      "OpenRouter's price key tips is new to us",
    ],
    [
      "a price that is no number",
      { duration_seconds: "free" },
      { duration: 5 },
      "OpenRouter's price key duration_seconds is new to us",
    ],
    [
      "a price that nobody pays",
      { duration_seconds: "1e308" },
      { duration: 5 },
      "OpenRouter's price keys of a/b make no price",
    ],
    [
      "a price of nothing",
      { duration_seconds: "0" },
      { duration: 5 },
      "OpenRouter's price keys: that makes nothing, which is no price",
    ],
    ["no keys", {}, { duration: 5 }, "OpenRouter lists no price of a/b"],
    ["a price for another fineness", { duration_seconds_720p: "1" }, { duration: 5, resolution: "480p" }, none("a/b")],
    [
      "sound where the model does not say that it makes any",
      { duration_seconds_with_audio: "2", duration_seconds_without_audio: "1" },
      { duration: 5 },
      "5.00",
    ],
    [
      "a length that comes by the escape hatch",
      { duration_seconds: "1" },
      { duration: 5, extra: { duration: 7 } },
      "7.00",
    ],
    ["a length of weeks", { duration_seconds: "1" }, { duration: 1e15 }, left],
    ["no length, and none listed", { duration_seconds: "1" }, {}, left],
  ];
  test.each(byKeys)("%s", (_name, prices, fields, expected) => {
    expect(shown(openrouter.estimate(asking("a/b", fields), factsWith({ catalogue: known(prices) })))).toBe(expected);
  });

  test("a film to go by may count as tokens, where its length is known", () => {
    const facts = factsWith({ catalogue: listed, seconds: () => 10 });
    const request = asking("bytedance/seedance-2.0", { duration: 4, size: "1280x720", ...films });
    // 1280 x 720 x 97 / 1024 tokens at least, and with its ten seconds 337 frames.
    expect(shown(openrouter.estimate(request, facts))).toBe("0.37539 to 1.30419");
    expect(openrouter.seconds?.(request, facts)).toBe(4);
    const edit = asking("black-forest-labs/flux-video-edit", films);
    expect(shown(openrouter.estimate(edit, facts))).toBe("0.30");
    expect(openrouter.seconds?.(edit, facts)).toBe(10);
    expect(openrouter.seconds?.(asking("google/veo-3.1"), facts)).toBeUndefined();
  });

  test("the author's own price comes before the list's, also of a model that is not listed", () => {
    const price = { perSecond: usd("0.2"), perRequest: usd("0.5") };
    const prices = { "a/new": price, "google/veo-3.1": price, "a/flat": { perRequest: usd("0.5") } };
    const facts = factsWith({ catalogue: listed, prices });
    const own = (model: string, fields: Fields) => openrouter.estimate(asking(model, fields), facts);
    expect(own("a/new", { duration: 5 })).toEqual({
      kind: "exact",
      amount: usd("1.5"),
      source: "the project's own price of a/new",
      asOf: "",
    });
    expect(shown(own("a/new", {}))).toBe(left);
    expect(shown(own("a/flat", {}))).toBe("0.50");
    expect(shown(own("google/veo-3.1", {}))).toBe("1.30 to 2.10");
    expect(shown(own("a/other", { duration: 5 }))).toBe("a/other is not in OpenRouter's catalogue");
  });

  test("a price says by which list it is, and of which day", () => {
    expect(openrouter.estimate(asking("alibaba/wan-2.7", { duration: 2 }), listedFacts)).toEqual({
      kind: "exact",
      amount: usd("0.2"),
      source: "OpenRouter's price keys",
      asOf: "2026-10-02",
    });
  });
});
