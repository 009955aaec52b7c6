import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { PaidWire, Read } from "../../src/model/provider.ts";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";
import { nanogpt as client, request } from "../emulator/nanogpt-client.ts";
import { emulator, slow } from "../emulator/rig.ts";

const description = JSON.parse(
  readFileSync(new URL("../fixtures/nanogpt-openapi-subset.json", import.meta.url), "utf8"),
) as JsonObject;

const ajv = new Ajv2020({ allErrors: true, strict: false });
const schema = (name: string): ValidateFunction => {
  const found = ajv.getSchema(`nanogpt#/components/schemas/${name}`);
  if (found === undefined) throw new Error(`the description has no ${name}`);
  return found as ValidateFunction;
};
beforeAll(() => void ajv.addSchema(description, "nanogpt"));

/** Which parts of a value the description refuses. */
function refused(name: string, value: Json): readonly string[] {
  const validate = schema(name);
  return validate(value) ? [] : [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath))].sort();
}

async function sent(fields: JsonObject): Promise<Json> {
  let body: Json = null;
  const wire: PaidWire = {
    async post<T>(_path: string, posted: unknown, read: Read<T>): Promise<T> {
      body = posted as Json;
      return read({ runId: "r", status: "pending", model: "m" });
    },
  };
  await nanogpt.submit({ operation: "generate", with: fields, metadata: {} }, wire);
  return body;
}

const image = "https://a.example/a.png";
const bytes = "data:image/jpeg;base64,QUJD";

describe("what is submitted fits NanoGPT's description of its own interface", () => {
  test.each<JsonObject>([
    { model: "veo2-video", prompt: "x", duration: "5s", aspect_ratio: "16:9" },
    { model: "veo2-video", prompt: "x", duration: 30 },
    { model: "kling-v21-standard", prompt: "x", imageUrl: bytes, duration: "5", aspect_ratio: "16:9" },
    { model: "kling-v21-pro", prompt: "x", imageDataUrl: image, duration: "5", conversationUUID: "c" },
    { model: "kling-video-v2", prompt: "x", duration: "10", negative_prompt: "blur", cfg_scale: 0.5 },
    {
      model: "hunyuan-video",
      prompt: "x",
      pro_mode: false,
      resolution: "720p",
      num_frames: 129,
      num_inference_steps: 20,
      showExplicitContent: false,
    },
    {
      model: "wan-video-image-to-video",
      prompt: "x",
      imageUrl: bytes,
      num_frames: 81,
      frames_per_second: 16,
      resolution: "720p",
      num_inference_steps: 30,
      seed: 42,
    },
    { model: "seedance-video", prompt: "x", resolution: "1080p", duration: "5", camera_fixed: false, seed: 42 },
    { model: "minimax-hailuo-02", prompt: "x", prompt_optimizer: false, enable_safety_checker: true },
    {
      model: "wan-wavespeed-25-extend",
      prompt: "x",
      videoUrl: "https://a.example/a.mp4",
      enable_prompt_expansion: true,
    },
    { model: "veed-fabric-1.0", imageUrl: bytes, audioUrl: "https://a.example/a.mp3", audioDuration: 2 },
    { model: "x", prompt: "x", videoDataUrl: "data:video/mp4;base64,QUJD", shift: 1.5, extra: { acceleration: true } },
  ])("%j", async (fields) => {
    expect(refused("VideoGenerationRequest", await sent(fields))).toEqual([]);
  });

  // Its own pages say otherwise: the guide has these values, and so have newer models.
  test.each<[string, JsonObject, string]>([
    ["480p and the larger sizes", { model: "seedance-lite-video", prompt: "x", resolution: "480p" }, "/resolution"],
    ["wide pictures", { model: "seedance-video", prompt: "x", aspect_ratio: "21:9" }, "/aspect_ratio"],
    ["a seed as a text", { model: "x", prompt: "x", seed: "42" }, "/seed"],
    [
      "Midjourney's motion, where it has that of another maker",
      { model: "midjourney-video", imageUrl: image, motion: "low" },
      "/motion",
    ],
    [
      "more than 24 frames a second",
      { model: "wan-video-22-5b", prompt: "x", frames_per_second: 60 },
      "/frames_per_second",
    ],
  ])("but for %s, which it leaves out", async (_, fields, where) => {
    expect(refused("VideoGenerationRequest", await sent(fields))).toEqual([where]);
  });
});

describe("what the emulator answers fits it too", () => {
  test("a submit, and a run at either place", async () => {
    const api = client(await emulator());
    const { body } = await api.submit(request());
    expect(refused("VideoGenerationResponse", body)).toEqual([]);
    await api.end(body.runId);
    expect(refused("GenerateVideoStatusResponse", (await api.former(body.runId)).body)).toEqual([]);
    const flagged = (await api.submit(request({ prompt: "nsfw" }))).body.runId;
    await api.end(flagged);
    expect(refused("GenerateVideoStatusResponse", (await api.former(flagged)).body)).toEqual([]);
  });

  test("the flat form, which only the description has", async () => {
    for (const speed of [slow, 1e6]) {
      const api = client(await emulator({ speed, faults: [{ kind: "shape", shape: "flat", times: "always" }] }));
      const { runId } = (await api.submit(request())).body;
      expect(refused("UnifiedVideoStatusResponse", (await api.status(runId)).body)).toEqual([]);
    }
  });

  test("an extension of a Midjourney video", async () => {
    const api = client(await emulator());
    const { runId = null } = (await api.submit({ model: "midjourney-video", imageUrl: image })).body;
    await api.end(runId);
    const extension = { taskId: runId, index: 0 };
    expect(refused("VideoExtendRequest", extension)).toEqual([]);
    expect(
      refused("VideoGenerationResponse", (await api.call("POST", "/generate-video/extend", extension)).body),
    ).toEqual([]);
  });
});
