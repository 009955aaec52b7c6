import { readFileSync } from "node:fs";
import { afterAll, expect } from "vitest";
import { pace } from "../../src/emulator/nanogpt/pace.ts";
import { type Emulator, startEmulator } from "../../src/emulator/server.ts";
import type { JobStatus } from "../../src/model/job.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { usd } from "../../src/model/money.ts";
import type { Accepted, PaidWire, Wire } from "../../src/model/provider.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";
import { notes } from "../../src/schema/nanogpt.notes.ts";
import { validate } from "../../src/schema/nanogpt.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { nanogpt as client } from "../emulator/nanogpt-client.ts";
import { factsWith } from "../providers/facts.ts";
import { covers } from "./coverage.ts";

const running: Promise<Emulator> = startEmulator({ speed: 1e6 });
afterAll(async () => (await running).close());
const api = async (key?: string) => client(await running, key);

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/providers/nanogpt.schema.json", import.meta.url), "utf8"),
) as JsonObject;

/** How the schema judges a request: by its gravest complaint. */
function judged(request: JsonObject): "sound" | "warning" | "error" {
  const parsed = parseDocument("videos/x.yaml" as RepoPath, JSON.stringify(request));
  if (!parsed.ok) throw new Error("what is JSON is YAML too");
  const problems = checkValue(validate, parsed.value.value, parsed.value);
  if (problems.length === 0) return "sound";
  return problems.every(({ severity }) => severity === "warning") ? "warning" : "error";
}

const answer = { runId: "r", status: "pending", model: "veo2-video", cost: 2.5, paymentSource: "USD" };

/** What the provider posts, and what it makes of the answer. */
async function posted(fields: JsonObject, says: Json = answer) {
  const seen: { path: string; body: Json }[] = [];
  const wire: PaidWire = {
    post: async (path, body, read) => {
      seen.push({ path, body: body as Json });
      return read(says);
    },
  };
  const accepted: Accepted = await nanogpt.submit({ operation: "generate", with: fields, metadata: {} }, wire);
  const [only] = seen;
  if (only === undefined || seen.length > 1) throw new Error("a submit posts once");
  return { ...only, accepted };
}

const address = "https://assets.example.com/reference/wave-hello.jpg";
const bytes = "data:image/jpeg;base64,/9j/4AAQ";

/** The least that each model wants. */
const least: { readonly [model: string]: JsonObject } = {
  "kling-v21-standard": { imageUrl: address },
  "kling-v21-pro": { imageUrl: address },
  "wan-video-image-to-video": { imageUrl: address },
};
const request = (model: string, more: JsonObject = {}): JsonObject => ({
  model,
  prompt: "A beautiful sunset over the ocean with waves",
  ...least[model],
  ...more,
});

/** The schema has nothing to say, the API takes it, and what the provider sends is what was written. */
async function takes(model: string, more: JsonObject = {}, judgement: "sound" | "warning" = "sound"): Promise<void> {
  const asked = request(model, more);
  expect(judged(asked)).toBe(judgement);
  expect((await (await api()).submit(asked)).status).toBe(202);
  expect((await posted(asked)).body).toEqual(asked);
}

async function refuses(model: string, more: JsonObject): Promise<void> {
  const asked = request(model, more);
  expect(judged(asked)).toBe("error");
  expect((await (await api()).submit(asked)).status).toBe(400);
}

/** A wire that answers the current place with this, or else the former. */
function wired(current: Json | undefined, former?: Json): Wire & { readonly asked: string[] } {
  const asked: string[] = [];
  const never = () => Promise.reject(new Error("only questions are asked here"));
  return {
    asked,
    get: async (path, read) => {
      asked.push(path);
      const says = path.startsWith("/api/video/") ? current : former;
      if (says === undefined) throw new ProviderError("none", { class: "expired", outcome: "refused", status: 404 });
      return read(says);
    },
    post: never,
    patch: never,
    delete: never,
    put: never,
  };
}

const job = { id: "fal-request-abc123xyz", model: "veo2-video", currency: "USD" };
/** What becomes of an answer of the guide's own endpoint. */
const polled = (data: JsonObject): Promise<JobStatus> => nanogpt.poll(job, wired(undefined, { data }));

const says = (field: string): string => {
  const fields = schema.properties;
  const part = isObject(fields) ? fields[field] : undefined;
  return isObject(part) ? String(part.description) : "";
};

type Proofs = { [row: string]: () => unknown };

/** Each field is one that the schema describes, and goes to the API as it is written. */
const fields = (values: { readonly [field: string]: readonly [string, Json] }): Proofs =>
  Object.fromEntries(
    Object.entries(values).map(([field, [model, value]]) => [
      field,
      async () => {
        expect(says(field)).not.toBe("");
        await takes(model, { [field]: value });
      },
    ]),
  );

/** Each value of a field is taken, and one beside them is not. */
const values = (name: string, model: string, field: string, all: readonly Json[], beside?: Json): Proofs =>
  Object.fromEntries(
    all.map((value) => [
      `${name}: ${field} ${String(value)}`,
      async () => {
        await takes(model, { [field]: value });
        if (beside !== undefined) await refuses(model, { [field]: beside });
      },
    ]),
  );

/** Both ends of a range are taken, and what lies beyond is not. */
const range = (name: string, model: string, field: string, low: number, high: number, step = 1): Proofs => ({
  [`${name}: ${field} ${low}-${high}`]: async () => {
    for (const value of [low, high]) await takes(model, { [field]: value });
    for (const value of [low - step, high + step]) await refuses(model, { [field]: value });
  },
});

const either = (model: string) => async () => {
  const { imageUrl: _, ...bare } = request(model);
  for (const image of [{ imageUrl: address }, { imageDataUrl: bytes }]) {
    expect(judged({ ...bare, ...image })).toBe("sound");
    expect((await (await api()).submit({ ...bare, ...image })).status).toBe(202);
  }
};

/** A poll's answer is of the guide's form at the emulated API too. */
const former = async (more: JsonObject = {}): Promise<JsonObject> => {
  const here = await api();
  const { runId } = (await here.submit(request("veo2-video", more))).body;
  await here.end(runId);
  const { data } = (await here.former(runId, "modelSlug=veo2-video")).body;
  return isObject(data) ? data : {};
};

const refusedWith = async (status: number, body: Json) => nanogpt.meaning?.(status, body);
const nsfw = { prompt: "Something NSFW" };

covers("nanogpt", {
  "base URL https://nano-gpt.com/api": () =>
    expect(`${nanogpt.baseUrl}${nanogpt.apiPath}`).toBe("https://nano-gpt.com/api"),
  "header x-api-key": () => expect(nanogpt.headers("k")).toEqual({ "x-api-key": "k" }),
  "header Authorization: Bearer": async () => {
    const headers = { authorization: "Bearer sk-nano-1" };
    const { url } = await running;
    const reply = await fetch(`${url}/nanogpt/api/check-balance`, { method: "POST", headers });
    expect(reply.status).toBe(200);
  },
  "header Content-Type: application/json": async () => {
    const { url } = await running;
    const body = JSON.stringify(request("veo2-video"));
    const headers = { "x-api-key": "k", "Content-Type": "text/plain" };
    expect((await fetch(`${url}/nanogpt/api/generate-video`, { method: "POST", headers, body })).status).toBe(400);
  },
  "POST /api/generate-video": async () =>
    expect((await posted(request("veo2-video"))).path).toBe("/api/generate-video"),
  "GET /api/generate-video/status": async () => {
    const wire = wired(undefined, { data: { status: "IN_QUEUE" } });
    await nanogpt.poll(job, wire);
    expect(wire.asked[1]).toMatch(/^\/api\/generate-video\/status\?/);
  },

  "model: required": () => expect(judged({ prompt: "x" })).toBe("error"),
  ...fields({
    prompt: ["veo2-video", "Your prompt"],
    duration: ["veo2-video", "5s"],
    aspect_ratio: ["veo2-video", "16:9"],
    negative_prompt: ["kling-video-v2", "blur, distortion"],
    cfg_scale: ["kling-video-v2", 0.5],
    pro_mode: ["hunyuan-video", false],
    resolution: ["hunyuan-video", "720p"],
    num_frames: ["hunyuan-video", 129],
    num_inference_steps: ["hunyuan-video", 20],
    showExplicitContent: ["hunyuan-video", false],
    frames_per_second: ["wan-video-image-to-video", 16],
    seed: ["seedance-video", 42],
    camera_fixed: ["seedance-video", false],
  }),
  "imageDataUrl: base64": async () => {
    const { imageUrl: _, ...bare } = request("kling-v21-pro");
    expect(judged({ ...bare, imageDataUrl: bytes })).toBe("sound");
    expect((await posted({ ...bare, imageDataUrl: bytes })).body).toMatchObject({ imageDataUrl: bytes });
  },
  "imageUrl: a public HTTPS link": async () => {
    await takes("kling-v21-pro");
    const open = request("kling-v21-pro", { imageUrl: "http://assets.example.com/a.jpg" });
    expect((await (await api()).submit(open)).status).toBe(400);
  },
  "either imageDataUrl or imageUrl": () =>
    expect(judged(request("kling-v21-pro", { imageDataUrl: bytes }))).toBe("error"),
  "an explicit image goes before a library attachment": () =>
    expect(judged(request("kling-v21-pro", { imageAttachmentId: "a" }))).toBe("warning"),
  "uploads of 4 MB or smaller": async () => {
    expect(notes.maxBytes).toBe(4 * 1024 * 1024);
    const large = `data:image/jpeg;base64,${Buffer.alloc(4 * 1024 * 1024 + 1).toString("base64")}`;
    const { imageUrl: _, ...bare } = request("kling-v21-pro");
    expect((await (await api()).submit({ ...bare, imageDataUrl: large })).status).toBe(413);
  },
  "larger assets by imageUrl": () => expect(says("imageUrl")).toContain("must be where NanoGPT can fetch it"),
  "data:image/jpeg;base64": async () => {
    const file = { name: "a.jpg", mediaType: "image/jpeg", bytes: Buffer.from("/9j/4AAQ", "base64"), sha256: "0" };
    const made = await nanogpt.upload?.send(file, wired(undefined));
    expect(made).toEqual({ state: "usable", value: bytes });
    expect((await posted(request("kling-v21-pro", { imageUrl: bytes }))).body).toMatchObject({ imageDataUrl: bytes });
  },

  "model veo2-video": () => takes("veo2-video"),
  "model Veo3": () => takes("veo3-video"),
  "model kling-video-v2": () => takes("kling-video-v2"),
  "model kling-v21-standard": () => takes("kling-v21-standard"),
  "model kling-v21-pro": () => takes("kling-v21-pro"),
  "model hunyuan-video": () => takes("hunyuan-video"),
  "model wan-video-image-to-video": () => takes("wan-video-image-to-video"),
  "model seedance-video": () => takes("seedance-video"),
  "model seedance-lite-video": () => takes("seedance-lite-video"),

  "Veo2: duration 5s-30s": async () => {
    // The newer guide goes to 8 only, of which the schema warns.
    for (let seconds = 5; seconds <= 30; seconds++)
      expect(judged(request("veo2-video", { duration: `${seconds}s` }))).toBe(seconds > 8 ? "warning" : "sound");
    await takes("veo2-video", { duration: "30s" }, "warning");
    for (const duration of ["4s", "31s"]) await refuses("veo2-video", { duration });
  },
  "Veo3: duration fixed 8s": async () => {
    await takes("veo3-video", { duration: "8s" });
    await takes("veo3-video", { duration: "5s" }, "warning");
    await refuses("veo3-video", { duration: "9s" });
  },
  ...values("Veo", "veo2-video", "aspect_ratio", ["16:9", "9:16", "1:1", "4:3", "3:4"], "21:9"),

  ...values("Kling", "kling-video-v2", "duration", ["5", "10"], "7"),
  ...values("Kling", "kling-video-v2", "aspect_ratio", ["16:9"]),
  "Kling: negative_prompt optional": () => takes("kling-video-v2", { negative_prompt: "blur, distortion" }),
  ...range("Kling", "kling-video-v2", "cfg_scale", 0, 1, 0.1),
  "Kling: cfg_scale default 0.5": () => expect(says("cfg_scale")).toContain("Default: 0.5."),

  ...values("Hunyuan", "hunyuan-video", "pro_mode", [true, false], "yes"),
  "Hunyuan: pro_mode costs twice as much": async () => {
    const facts = factsWith({ prices: { "hunyuan-video": { perRequest: usd(0.4) } } });
    const price = (pro_mode: boolean) =>
      nanogpt.estimate({ operation: "generate", with: request("hunyuan-video", { pro_mode }) }, facts);
    expect(price(false)).toMatchObject({ kind: "exact", amount: usd(0.4) });
    expect(price(true)).toMatchObject({ kind: "exact", amount: usd(0.8) });
    const cost = async (pro_mode: boolean) =>
      (await (await api()).submit(request("hunyuan-video", { pro_mode }))).body.cost;
    expect(await cost(true)).toBe(2 * Number(await cost(false)));
  },
  ...values("Hunyuan", "hunyuan-video", "aspect_ratio", ["16:9"]),
  ...values("Hunyuan", "hunyuan-video", "resolution", ["480p", "720p", "1080p"], "540p"),
  ...values("Hunyuan", "hunyuan-video", "num_frames", [65, 97, 129], 81),
  ...range("Hunyuan", "hunyuan-video", "num_inference_steps", 10, 50),
  "Hunyuan: showExplicitContent": () => takes("hunyuan-video", { showExplicitContent: true }),

  "Wan: an image by data URL or address": either("wan-video-image-to-video"),
  ...range("Wan", "wan-video-image-to-video", "num_frames", 81, 100),
  ...range("Wan", "wan-video-image-to-video", "frames_per_second", 5, 24),
  ...values("Wan", "wan-video-image-to-video", "resolution", ["480p", "720p"], "1080p"),
  ...range("Wan", "wan-video-image-to-video", "num_inference_steps", 1, 40),
  "Wan: negative_prompt": () => takes("wan-video-image-to-video", { negative_prompt: "blur, distortion" }),
  "Wan: seed optional": () => takes("wan-video-image-to-video", { seed: 42 }),

  "Seedance: an image by data URL or address": either("seedance-video"),
  ...values("Seedance", "seedance-video", "resolution", ["480p", "1080p"], "2k"),
  ...values("Seedance Lite", "seedance-lite-video", "resolution", ["480p", "720p"], "1080p"),
  ...values("Seedance", "seedance-video", "duration", ["5", "10"], "7"),
  "Seedance: aspect_ratio T2V only": async () => {
    await takes("seedance-video", { aspect_ratio: "16:9" });
    await takes("seedance-video", { aspect_ratio: "16:9", imageUrl: address }, "warning");
  },
  "Seedance: camera_fixed": () => takes("seedance-video", { camera_fixed: true }),
  "Seedance: seed optional": () => takes("seedance-video", { seed: 42 }),

  "202 Accepted": async () => expect((await (await api()).submit(request("veo2-video"))).status).toBe(202),
  runId: async () => {
    expect((await posted(request("veo2-video"))).accepted.job.id).toBe("r");
    expect((await (await api()).submit(request("veo2-video"))).body.runId).toEqual(expect.any(String));
  },
  "status pending": async () => expect((await (await api()).submit(request("veo2-video"))).body.status).toBe("pending"),
  "model of the answer": async () =>
    expect((await posted(request("veo2-video"))).accepted.job.model).toBe("veo2-video"),
  cost: async () => expect((await posted(request("veo2-video"))).accepted.cost).toMatchObject({ amount: "2.50" }),
  "paymentSource USD": async () =>
    expect((await posted(request("veo2-video"))).accepted.cost).toMatchObject({ currency: "USD", source: "provider" }),
  "paymentSource XNO": async () => {
    const inCoins = await posted(request("veo2-video"), { ...answer, paymentSource: "XNO" });
    expect(inCoins.accepted.cost).toMatchObject({ currency: "XNO", source: "provider" });
    expect((await (await api("xno-1")).submit(request("veo2-video"))).body.paymentSource).toBe("XNO");
  },
  remainingBalance: async () =>
    expect((await (await api()).submit(request("veo2-video"))).body.remainingBalance).toEqual(expect.any(Number)),

  "runId and modelSlug": async () => {
    const wire = wired(undefined, { data: { status: "IN_QUEUE" } });
    await nanogpt.poll(job, wire);
    const { searchParams } = new URL(wire.asked[1] ?? "", nanogpt.baseUrl);
    expect([searchParams.get("runId"), searchParams.get("modelSlug")]).toEqual([job.id, "veo2-video"]);
  },
  "data.status": async () => expect(await former()).toMatchObject({ status: "COMPLETED" }),
  "data.request_id": async () => expect(await former()).toMatchObject({ request_id: expect.any(String) }),
  "data.details": async () =>
    expect(await polled({ status: "IN_PROGRESS", request_id: job.id, details: "Video is being generated" })).toEqual({
      state: "running",
    }),
  "data.output.video.url": async () => {
    expect(await former()).toMatchObject({ output: { video: { url: expect.stringMatching(/\.mp4$/) } } });
    const url = "https://storage.example.com/video.mp4";
    expect(await polled({ status: "COMPLETED", output: { video: { url } } })).toEqual({
      state: "done",
      outputs: [{ role: "video", source: { url } }],
    });
  },
  "data.error": async () =>
    expect(await polled({ status: "FAILED", error: "No more room" })).toMatchObject({ message: "No more room" }),
  "data.isNSFWError": async () => {
    expect(await polled({ status: "FAILED", isNSFWError: true })).toMatchObject({ class: "moderated-input" });
    expect(await former(nsfw)).toMatchObject({ isNSFWError: true });
  },
  "data.userFriendlyError": async () => {
    const failed = { status: "FAILED", error: "E1", userFriendlyError: "Please modify your prompt." };
    expect(await polled(failed)).toMatchObject({ message: "Please modify your prompt." });
    expect(await former(nsfw)).toMatchObject({ userFriendlyError: expect.stringContaining("modify your prompt") });
  },
  IN_QUEUE: async () => expect(await polled({ status: "IN_QUEUE" })).toEqual({ state: "running" }),
  IN_PROGRESS: async () => expect(await polled({ status: "IN_PROGRESS" })).toEqual({ state: "running" }),
  COMPLETED: async () => expect(await former()).toMatchObject({ status: "COMPLETED" }),
  FAILED: async () => {
    expect(await polled({ status: "FAILED" })).toMatchObject({ state: "failed" });
    expect(await former(nsfw)).toMatchObject({ status: "FAILED" });
  },
  CANCELLED: async () => expect(await polled({ status: "CANCELLED" })).toMatchObject({ state: "failed" }),
  "poll every 5 seconds": () => expect(nanogpt.limits.poll).toMatchObject({ first: 5000, least: 5000 }),

  "example: text-to-video": () => takes("veo2-video", { duration: "5s", aspect_ratio: "16:9" }),
  "example: image-to-video by data URL": async () => {
    const { imageUrl: _, ...asked } = request("kling-v21-pro", { duration: "5", aspect_ratio: "16:9" });
    expect(judged({ ...asked, imageDataUrl: bytes })).toBe("sound");
    expect((await (await api()).submit({ ...asked, imageDataUrl: bytes })).status).toBe(202);
  },
  "example: image-to-video by address": () =>
    takes("kling-v21-pro", {
      imageUrl: "https://images.unsplash.com/photo-1504196606672-aef5c9cefc92?w=1024",
      duration: "5",
      aspect_ratio: "16:9",
    }),
  "example: batch": () => takes("seedance-lite-video", { duration: "5", resolution: "720p" }),

  "402 Insufficient balance": async () => {
    const poor = await startEmulator({ credits: 1 });
    try {
      const refusal = await client(poor).submit(request("veo2-video"));
      expect(refusal).toMatchObject({ status: 402, body: { error: "Insufficient balance", status: 402 } });
      expect(await refusedWith(402, { error: "Insufficient balance" })).toMatchObject({
        message: "Insufficient balance",
      });
    } finally {
      await poor.close();
    }
  },
  "401 Invalid session": async () =>
    expect(await (await api("invalid")).balance()).toMatchObject({
      status: 401,
      body: { error: "Invalid session", status: 401 },
    }),
  "429 Rate limit exceeded": async () => {
    const busy = await startEmulator({ faults: [{ kind: "status", status: 429 }] });
    try {
      expect((await client(busy).submit(request("veo2-video"))).body).toEqual({
        error: "Rate limit exceeded. Please wait before generating another video.",
        status: 429,
      });
    } finally {
      await busy.close();
    }
  },
  "400 CONTENT_POLICY_VIOLATION": async () => {
    const { status, body } = await (await api()).submit(request("veo2-video", { prompt: "forbidden" }));
    expect([status, body]).toEqual([
      400,
      {
        error: {
          message: "Your prompt was blocked due to safety concerns. Please modify your prompt.",
          type: "CONTENT_POLICY_VIOLATION",
        },
        status: 400,
      },
    ]);
    expect(await refusedWith(400, body)).toMatchObject({ class: "moderated-input" });
  },
  "400 requires an input image": async () => {
    const asked = { model: "kling-v21-standard", prompt: "x" };
    expect(judged(asked)).toBe("error");
    expect(await (await api()).submit(asked)).toMatchObject({
      status: 400,
      body: { error: "Kling 2.1 Standard requires an input image. Please select an image to generate a video." },
    });
  },
  "error as a text": async () => expect(await refusedWith(400, { error: "Nope" })).toEqual({ message: "Nope" }),
  "error as an object": async () =>
    expect(await refusedWith(400, { error: { message: "Nope" } })).toEqual({ message: "Nope" }),

  "50 submits per minute": () => {
    expect(nanogpt.limits.submitsPerMinute).toBe(50);
    const limit = pace(nanogpt.limits.submitsPerMinute, 60_000, 1);
    expect(Array.from({ length: 51 }, () => limit("", 0)).filter((wait) => wait === undefined)).toHaveLength(50);
  },
  "no limit for polls": async () => {
    const here = await api();
    const { runId } = (await here.submit(request("veo2-video"))).body;
    for (let polls = 0; polls < 100; polls++) expect((await here.status(runId)).status).toBe(200);
  },
  "check the balance before submitting": () => expect(nanogpt.balance).toBeTypeOf("function"),
  "estimate costs before generation": () => {
    const facts = factsWith({ prices: { "veo2-video": { perSecond: usd(0.5) } } });
    const asked = { operation: "generate", with: request("veo2-video", { duration: "5s" }) };
    expect(nanogpt.estimate(asked, facts)).toMatchObject({ kind: "exact", amount: usd(2.5) });
  },
});
