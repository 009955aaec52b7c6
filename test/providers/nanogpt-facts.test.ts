import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Model } from "../../src/model/catalogue.ts";
import { decimal, type Price, usd } from "../../src/model/money.ts";
import type { Input } from "../../src/model/unit.ts";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";
import type { WrittenCatalogue } from "../../src/schema/catalogue.types.ts";
import { validate as soundCatalogue } from "../../src/schema/catalogue.validate.js";
import { catalogueOf } from "../../src/spec/catalogue.ts";
import { factsWith, noFacts } from "./facts.ts";

type Fields = { readonly [name: string]: Input };

const asOf = "2026-09-14";
const listing = (...models: readonly Model[]) => ({ asOf, models: new Map(models.map((model) => [model.id, model])) });
const asked = (fields: Fields) => ({ operation: "generate", with: { prompt: "x", ...fields } });

function price(fields: Fields, facts = noFacts): string {
  const estimate = nanogpt.estimate(asked(fields), facts);
  if (estimate.kind === "exact") return decimal(estimate.amount);
  return estimate.kind === "range" ? `${decimal(estimate.low)} to ${decimal(estimate.high)}` : "unknown";
}

describe("what NanoGPT charges", () => {
  const prices: { readonly [model: string]: Price } = {
    "veo2-video": { perSecond: usd(0.5) },
    "kling-v21-pro": { perSecond: usd(0.09) },
    "hunyuan-video": { perRequest: usd(0.4) },
    "sora-2": { perRequest: usd(0.1), perSecond: usd(0.1) },
    "wan-video-image-to-video": { perRequest: usd(0.3) },
    "free-video": { perRequest: usd(0) },
  };
  test.each<readonly [Fields, string]>([
    [{ model: "veo2-video", duration: "5s" }, "2.50"],
    [{ model: "veo2-video", duration: "30s" }, "15.00"],
    [{ model: "veo2-video", duration: 5 }, "2.50"],
    [{ model: "veo2-video", extra: { duration: "6s" } }, "3.00"],
    [{ model: "veo2-video" }, "unknown"],
    [{ model: "veo2-video", duration: "soon" }, "unknown"],
    [{ model: "kling-v21-pro", duration: "5" }, "0.45"],
    [{ model: "hunyuan-video" }, "0.40"],
    [{ model: "hunyuan-video", pro_mode: false }, "0.40"],
    [{ model: "hunyuan-video", pro_mode: true }, "0.80"],
    [{ model: "hunyuan-video", extra: { pro: true } }, "0.80"],
    [{ model: "sora-2", seconds: "8" }, "0.90"],
    [{ model: "sora-2", seconds: "8", pro_mode: true }, "1.80"],
    [{ model: "wan-video-image-to-video", pro_mode: true }, "0.30"],
    [{ model: "free-video" }, "unknown"],
    [{ model: "midjourney-video" }, "unknown"],
    [{}, "unknown"],
  ])("%j costs %s at the project's own prices", (fields, expected) => {
    expect(price(fields, factsWith({ prices }))).toBe(expected);
  });

  const catalogue = listing(
    { id: "by-video", prices: { per_video: "0.72" } },
    { id: "by-size", prices: { "per_video.480p": "0.72", "per_video.720p": "1.44" } },
    { id: "by-length", durations: [5, 10], prices: { "per_video.5": "0.3", "per_video.10": "0.55" } },
    { id: "by-second", durations: [4, 8], prices: { per_second: "0.1" } },
    { id: "by-second-and-size", durations: [5], prices: { "per_second.480p": "0.06", "per_second.1080p": "0.12" } },
    { id: "by-mode", prices: { "per_generation.text-to-video": "1", "per_generation.video-edit": "2" } },
    { id: "by-riddle", prices: { per_video: "1", audio_surcharge: "0.5" } },
    { id: "for-nothing", prices: { per_video: "0" } },
    { id: "without" },
  );
  test.each<readonly [Fields, string]>([
    [{ model: "by-video" }, "0.72"],
    [{ model: "by-size", resolution: "720p" }, "1.44"],
    [{ model: "by-size" }, "0.72 to 1.44"],
    [{ model: "by-length", duration: "5s" }, "0.30"],
    [{ model: "by-length", duration: 10 }, "0.55"],
    [{ model: "by-second", duration: "8" }, "0.80"],
    [{ model: "by-second" }, "0.40 to 0.80"],
    [{ model: "by-second-and-size", resolution: "1080p" }, "0.60"],
    [{ model: "by-second-and-size" }, "0.30 to 0.60"],
    [{ model: "by-mode", mode: "video-edit" }, "2.00"],
    [{ model: "by-riddle" }, "unknown"],
    [{ model: "for-nothing" }, "unknown"],
    [{ model: "without" }, "unknown"],
    [{ model: "nobody's" }, "unknown"],
  ])("%j costs %s by the list", (fields, expected) => {
    expect(price(fields, factsWith({ catalogue }))).toBe(expected);
  });

  test("the project's own price goes before the list's, and each says where it is from", () => {
    const facts = factsWith({ catalogue, prices: { "by-video": { perRequest: usd(1) } } });
    expect(nanogpt.estimate(asked({ model: "by-video" }), facts)).toEqual({
      kind: "exact",
      amount: usd(1),
      source: "the project's own price of by-video",
      asOf: "",
    });
    expect(nanogpt.estimate(asked({ model: "by-video" }), factsWith({ catalogue }))).toEqual({
      kind: "exact",
      amount: usd(0.72),
      source: "NanoGPT's list, price of by-video",
      asOf,
    });
  });
});

describe("how long a video is", () => {
  const catalogue = listing({ id: "only-five", durations: [5] }, { id: "two", durations: [5, 10] });
  test.each<readonly [Fields, number | undefined]>([
    [{ model: "veo2-video", duration: "5s" }, 5],
    [{ model: "x", duration: "10" }, 10],
    [{ model: "x", duration: 7 }, 7],
    [{ model: "sora-2", seconds: "12" }, 12],
    [{ model: "wan-video-image-to-video", num_frames: 81, frames_per_second: 16 }, 81 / 16],
    [{ model: "wan-video-image-to-video", num_frames: 81 }, undefined],
    [{ model: "only-five" }, 5],
    [{ model: "two" }, undefined],
    [{ model: "x" }, undefined],
  ])("%j makes %j seconds", (fields, expected) => {
    expect(nanogpt.seconds?.(asked(fields), factsWith({ catalogue }))).toBe(expected);
  });
});

describe("what the list says of a request", () => {
  const catalogue = listing(
    {
      id: "kling-video-v2",
      durations: [5, 10],
      resolutions: ["720p", "1080P"],
      aspectRatios: ["16:9"],
      audio: false,
      frames: ["first_frame"],
      passthrough: ["aspect_ratio", "camera_fix", "cfg_scale", "duration"],
    },
    { id: "words-only", frames: [] },
    { id: "long", durations: Array.from({ length: 26 }, (_, index) => index + 5) },
    { id: "silent-about-itself" },
  );
  const remarks = (fields: Fields) =>
    (nanogpt.remarks?.(asked(fields), factsWith({ catalogue })) ?? []).map(
      ({ severity, code, path, message }) => `${severity} ${code} ${path.join(".")}: ${message}`,
    );

  test.each<readonly [Fields, readonly string[]]>([
    [
      { model: "kling-video-v2", duration: "5", aspect_ratio: "16:9", resolution: "1080p", cfg_scale: 1 },
      [
        "warning nanogpt-no-effect resolution: kling-video-v2 is not known to have resolution: NanoGPT ignores it, or refuses it",
      ],
    ],
    [
      { model: "kling-video-v2", duration: "7", aspect_ratio: "9:16" },
      [
        "error nanogpt-duration duration: kling-video-v2 makes 5 or 10 seconds, not 7",
        "error nanogpt-aspect-ratio aspect_ratio: kling-video-v2 makes 16:9, not 9:16",
      ],
    ],
    [{ model: "long", duration: "31s" }, ["error nanogpt-duration duration: long makes 5 to 30 seconds, not 31"]],
    [
      { model: "long", extra: { duration: "31s" } },
      ["error nanogpt-duration extra.duration: long makes 5 to 30 seconds, not 31"],
    ],
    [
      { model: "kling-video-v2", generateAudio: true, generate_audio: false },
      ["warning nanogpt-no-effect generateAudio: kling-video-v2 makes no sound"],
    ],
    [{ model: "kling-video-v2", camera_fixed: true, imageUrl: "https://a.example/a.png" }, []],
    [
      { model: "kling-video-v2", image_tail: "https://a.example/a.png" },
      ["warning nanogpt-no-effect image_tail: kling-video-v2 is not known to end with an image"],
    ],
    [
      { model: "words-only", imageUrl: "https://a.example/a.png" },
      ["warning nanogpt-no-effect imageUrl: words-only is not known to begin with an image"],
    ],
    [{ model: "silent-about-itself", duration: "99", resolution: "8k", generateAudio: true, seed: 1 }, []],
    [
      { model: "nothing-like-it" },
      [`warning nanogpt-unknown-model model: NanoGPT's list of ${asOf} has no model "nothing-like-it"`],
    ],
  ])("of %j it says %j", (fields, expected) => {
    expect(remarks(fields)).toEqual(expected);
  });

  test("a slip in a model's name is met with the name that was meant", () => {
    const [remark] = nanogpt.remarks?.(asked({ model: "kling-vidoe-v2" }), factsWith({ catalogue })) ?? [];
    expect(remark?.hint).toMatch(/^did you mean "kling-video-v2"\?/);
  });

  test("without a list nothing is said", () => {
    expect(nanogpt.remarks?.(asked({ model: "nobody's", duration: "99" }), noFacts)).toEqual([]);
  });
});

describe("the list that comes along", () => {
  const written = JSON.parse(
    readFileSync(new URL("../../catalogue/nanogpt.json", import.meta.url), "utf8"),
  ) as WrittenCatalogue;

  test("is sound, sorted, of the day of the documents, and makes up no price", () => {
    expect(soundCatalogue(written)).toBe(true);
    expect(written.asOf).toBe("2026-08-22");
    const ids = written.models.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(written.models.filter(({ prices }) => prices !== undefined)).toEqual([]);
  });

  test.each<Fields>([
    { model: "veo2-video", duration: "30s", aspect_ratio: "3:4" },
    { model: "veo3-video", duration: "8s", aspect_ratio: "9:16", generateAudio: true },
    { model: "kling-video-v2", duration: "10", aspect_ratio: "16:9", cfg_scale: 0.5 },
    { model: "kling-v21-standard", duration: "5", aspect_ratio: "16:9", imageUrl: "https://a.example/a.png" },
    { model: "hunyuan-video", resolution: "480p", aspect_ratio: "16:9", num_frames: 129 },
    { model: "wan-video-image-to-video", resolution: "480p", imageUrl: "https://a.example/a.png" },
    { model: "seedance-video", resolution: "1080p", duration: "10", aspect_ratio: "16:9" },
    { model: "seedance-lite-video", resolution: "720p", duration: "5", aspect_ratio: "16:9" },
  ])("has nothing against %j, which the documents show", (fields) => {
    expect(nanogpt.remarks?.(asked(fields), factsWith({ catalogue: catalogueOf(written) }))).toEqual([]);
  });
});

describe("a file that goes along", () => {
  const file = (size: number) => ({ name: "a.png", mediaType: "image/png", bytes: new Uint8Array(size), sha256: "0" });
  const nowhere = async (): Promise<never> => Promise.reject(new Error("nothing is to be sent"));
  const wire = { get: nowhere, post: nowhere, patch: nowhere, delete: nowhere, put: nowhere };

  test("may have 4 MB and not a byte more", async () => {
    await expect(nanogpt.upload?.send(file(4 * 1024 * 1024), wire)).resolves.toMatchObject({ state: "usable" });
    await expect(nanogpt.upload?.send(file(4 * 1024 * 1024 + 1), wire)).rejects.toMatchObject({
      class: "invalid",
      outcome: "notSent",
      message: expect.stringContaining("a.png has 4194305 bytes, and nanogpt takes 4194304 (4 MB) in a request"),
    });
  });
});
