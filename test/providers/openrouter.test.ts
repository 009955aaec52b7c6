import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { PaidWire } from "../../src/model/provider.ts";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { contract } from "./contract.ts";
import { asking, listedFacts } from "./openrouter-catalogue.ts";
import { strayings } from "./openrouter-description.ts";

contract({
  provider: openrouter,
  recordings: new URL("../fixtures/openrouter/", import.meta.url),
  request: asking("google/veo-3.1", { duration: 8 }),
  facts: listedFacts,
  owes: [
    ...["400", "402", "402-in-flight", "413", "503", "unknown-model", "invalid-zod"],
    ...["pending", "in_progress", "completed", "cancelled", "expired", "dead", "cost-null", "urls", "error-object"],
    ...["documented-submit", "documented-poll", "models", "key", "balance", "data-url"],
  ],
});

/** What is posted for a request. */
async function posted(fields: JsonObject): Promise<Json> {
  let body: Json = null;
  const wire: PaidWire = {
    post: async (_path, sent, read) => {
      body = JSON.parse(JSON.stringify(sent)) as Json;
      return read({ id: "job-abc123" });
    },
  };
  await openrouter.submit({ operation: "generate", with: fields, metadata: {} }, wire);
  return body;
}

const waves = { model: "google/veo-3.1", prompt: "Waves" };
const image = { image_url: { url: "data:image/png;base64,ZG90" } };

describe("what is submitted, held against OpenRouter's own description", () => {
  test.each<[string, JsonObject]>([
    ["the least", waves],
    [
      "everything of a film",
      { ...waves, duration: 8, resolution: "4K", aspect_ratio: "9:16", generate_audio: false, seed: 0 },
    ],
    ["a size", { ...waves, size: "1280x720" }],
    [
      "frames",
      {
        ...waves,
        frame_images: [
          { frame_type: "first_frame", ...image },
          { frame_type: "last_frame", ...image },
        ],
      },
    ],
    [
      "references",
      {
        ...waves,
        input_references: [
          image,
          { audio_url: { url: "https://a.example/a.mp3" } },
          { video_url: { url: "https://a.example/a.mp4" } },
        ],
      },
    ],
    ["options", { ...waves, provider: { options: { "google-vertex": { parameters: { negativePrompt: "text" } } } } }],
    ["an enlargement", { model: "a/b", upscale_factor: 1.5, creativity: 0, input_references: [image] }],
    ["a callback", { ...waves, callback_url: "https://a.example/hook" }],
    ["what the description does not know yet", { ...waves, session_id: "s", user: "u", trace: { trace_id: "t" } }],
  ])("%s", async (_name, fields) => {
    expect(strayings("POST", "/videos", { request: await posted(fields) })).toEqual([]);
  });

  test("the description would tell", () => {
    const wrong = (request: JsonObject) => strayings("POST", "/videos", { request });
    expect(wrong({ prompt: "x" })).toEqual(["POST /videos asks:  must have required property 'model'"]);
    expect(wrong({ ...waves, frame_images: [{ frame_type: "first_frame", ...image }] })).toEqual([
      "POST /videos asks: /frame_images/0 must have required property 'type'",
    ]);
    expect(wrong({ ...waves, upscale_factor: 0 })).toEqual(["POST /videos asks: /upscale_factor must be > 0"]);
    // OpenRouter's newest client knows it, its description does not.
    expect(wrong({ ...waves, resolution: "360p" })).toHaveLength(1);
  });
});
