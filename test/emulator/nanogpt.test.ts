import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/emulator/faults/rule.ts";
import { pace } from "../../src/emulator/nanogpt/pace.ts";
import { isObject, type JsonObject } from "../../src/model/json.ts";
import { nanogpt, request } from "./nanogpt-client.ts";
import { emulator, slow } from "./rig.ts";

async function film(url: unknown, headers: Record<string, string> = {}): Promise<Input> {
  const bytes = new Uint8Array(await (await fetch(String(url), { headers })).arrayBuffer());
  return new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
}

const image = "https://a.example/a.png";
const dataUrl = (size: number) => `data:image/png;base64,${Buffer.alloc(size).toString("base64")}`;

describe("a run", () => {
  test("is taken on with 202, its cost and what is left, and ends with a film of the length asked for", async () => {
    const api = nanogpt(await emulator({ credits: 50 }));
    const taken = await api.submit(request());
    expect(taken).toMatchObject({ status: 202 });
    expect(taken.body).toEqual({
      runId: expect.stringMatching(/^vid_[a-z0-9]{12}$/),
      id: taken.body.runId,
      status: "pending",
      model: "veo2-video",
      cost: 2.5,
      paymentSource: "USD",
      remainingBalance: 47.5,
      prechargeLabel: "veo2-video 5s",
    });
    const done = await api.end(taken.body.runId);
    expect(done).toMatchObject({ status: "COMPLETED", requestId: taken.body.runId, cost: 2.5 });
    const { url } = (done.output as { video: { url: string } }).video;
    expect(await (await film(url)).computeDuration()).toBe(5);
  });

  test("waits, then runs, under both endpoints in their own words", async () => {
    const waiting = nanogpt(await emulator({ speed: slow }));
    const { runId } = (await waiting.submit(request())).body;
    expect((await waiting.status(runId)).body).toEqual({
      requestId: runId,
      model: "veo2-video",
      data: { status: "IN_QUEUE", requestId: runId },
    });
    expect((await waiting.former(runId)).body).toEqual({ data: { status: "IN_QUEUE", request_id: runId } });
    const running = nanogpt(await emulator({ speed: 1e6, faults: [{ kind: "stuck" }] }));
    const stuck = (await running.submit(request())).body.runId;
    let data: unknown;
    do ({ data } = (await running.former(stuck, "model=x")).body);
    while (isObject(data) && data.status === "IN_QUEUE");
    expect(data).toEqual({ status: "IN_PROGRESS", request_id: stuck, details: "Video is being generated" });
  });

  test("of Midjourney's ends with four videos", async () => {
    const api = nanogpt(await emulator());
    const { runId } = (await api.submit({ model: "midjourney-video", imageUrl: image })).body;
    const { videos } = (await api.end(runId)).output as { videos: readonly { url: string }[] };
    const films = await Promise.all(videos.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer())));
    expect(new Set(films.map((bytes) => bytes.toString("base64"))).size).toBe(4);
  });

  test.each([
    ["16:9", 512, 288],
    ["9:16", 288, 512],
    ["1:1", 320, 320],
    ["4:3", 384, 288],
    ["3:4", 288, 384],
  ])("has the shape %s", async (aspect_ratio, displayWidth, displayHeight) => {
    const api = nanogpt(await emulator());
    const done = await api.end((await api.submit(request({ aspect_ratio }))).body.runId);
    const input = await film((done.output as { video: { url: string } }).video.url);
    expect(await input.getPrimaryVideoTrack()).toMatchObject({ displayWidth, displayHeight });
  });

  test("that nobody has is 404, and one without a name 400", async () => {
    const api = nanogpt(await emulator());
    expect((await api.status("vid_0")).status).toBe(404);
    expect((await api.former("vid_0")).status).toBe(404);
    expect((await api.call("GET", "/video/status")).status).toBe(400);
    expect((await api.call("GET", "/generate-video/status?modelSlug=x")).status).toBe(400);
    expect((await api.call("GET", "/generate-video/status?runId=x")).status).toBe(400);
    expect((await api.call("GET", "/nothing")).status).toBe(404);
  });
});

describe("a request", () => {
  const kling = { model: "kling-v21-pro" };
  const wan = { model: "wan-video-image-to-video", imageUrl: image };
  const hunyuan = { model: "hunyuan-video", duration: null };
  test.each<[string, JsonObject, number, string]>([
    ["without a model", { model: null }, 400, "model is required"],
    ["for a model that there is not", { model: "nope" }, 400, "Unknown model: nope"],
    ["without a prompt", { prompt: " " }, 400, "prompt is required"],
    [
      "without the image that its model wants",
      { model: "kling-v21-standard", duration: "5" },
      400,
      "Kling 2.1 Standard requires an input image. Please select an image to generate a video.",
    ],
    [
      "without the clip that it extends",
      { model: "veo3-1-extend", duration: "5" },
      400,
      "Extend requires a source video. Please select a video to extend.",
    ],
    [
      "with an image that nobody can fetch",
      { imageUrl: "http://a.example/a.png" },
      400,
      "imageUrl must be a public HTTPS URL",
    ],
    [
      "with bytes where an address belongs",
      { imageUrl: "data:image/png;base64,QUJD" },
      400,
      "imageUrl must be a public HTTPS URL",
    ],
    ["with an address where bytes belong", { imageDataUrl: image }, 400, "imageDataUrl must be a base64 data URL"],
    [
      "with bytes that are none",
      { imageDataUrl: "data:image/png;base64,***" },
      400,
      "imageDataUrl must be a base64 data URL",
    ],
    [
      "with too large an image",
      { imageDataUrl: dataUrl(4_194_305) },
      413,
      "Uploads sent via the API must be 4 MB or smaller",
    ],
    ["too long", { duration: "31s" }, 400, "Invalid duration for Veo 2"],
    ["of no length", { duration: "soon" }, 400, "Invalid duration"],
    ["of no known shape", { aspect_ratio: "2:1" }, 400, "Invalid aspect_ratio for Veo 2"],
    [
      "with freedom beyond Kling's",
      { ...kling, imageUrl: image, cfg_scale: 1.1 },
      400,
      "Invalid cfg_scale for Kling 2.1 Pro",
    ],
    ["with freedom beyond all", { cfg_scale: 21 }, 400, "Invalid cfg_scale for Veo 2"],
    ["with frames that Hunyuan does not make", { ...hunyuan, num_frames: 81 }, 400, "Invalid num_frames for Hunyuan"],
    [
      "with too few steps for Hunyuan",
      { ...hunyuan, num_inference_steps: 9 },
      400,
      "Invalid num_inference_steps for Hunyuan",
    ],
    ["with too fast a Wan", { ...wan, frames_per_second: 25 }, 400, "Invalid frames_per_second for Wan Image to Video"],
    [
      "too sharp for Seedance Lite",
      { model: "seedance-lite-video", resolution: "1080p", duration: "5" },
      400,
      "Invalid resolution for Seedance Lite",
    ],
    ["with a word for a switch", { pro_mode: "yes" }, 400, "Invalid pro_mode"],
  ])("%s is refused in a sentence, and costs nothing", async (_, changes, status, error) => {
    const base = await emulator({ credits: 50 });
    const api = nanogpt(base);
    expect(await api.submit(request(changes))).toMatchObject({ status, body: { error, status } });
    expect(base.ledger()).toMatchObject([{ kind: "refused", status }]);
    expect((await api.balance()).body).toMatchObject({ usd_balance: "50.00" });
  });

  test.each<[string, JsonObject, number]>([
    ["of 5 seconds, as a number", { duration: 5 }, 2.5],
    ["of Kling's", { ...kling, imageDataUrl: dataUrl(4_194_304), duration: "5" }, 0.45],
    ["of Hunyuan's", hunyuan, 0.4],
    ["of Hunyuan's in pro mode", { ...hunyuan, pro_mode: true }, 0.8],
    ["of Wan's, without a prompt", { ...wan, prompt: null, num_frames: 81 }, 0.3],
    ["of Seedance's", { model: "seedance-video", duration: "5", resolution: "480p" }, 0.3],
    ["of Seedance's at its best", { model: "seedance-video", duration: "5", resolution: "1080p" }, 0.6],
    [
      "of Seedance's with an image and a shape that is ignored",
      { model: "seedance-video", duration: "5", imageUrl: image, aspect_ratio: "2:1" },
      0.3,
    ],
    ["with fields that nobody knows", { foo: 1 }, 2.5],
  ])("%s is taken on at its price", async (_, changes, cost) => {
    expect((await nanogpt(await emulator()).submit(request(changes))).body).toMatchObject({ status: "pending", cost });
  });

  test("that is no JSON is refused", async () => {
    expect(await nanogpt(await emulator()).submit("{")).toMatchObject({ status: 400, body: { error: "Invalid JSON" } });
  });

  test.each(["", "invalid"])("with the key %j is refused, wherever it goes", async (key) => {
    const api = nanogpt(await emulator(), key);
    const body = { error: "Invalid session", status: 401 };
    for (const reply of [api.submit("{"), api.status("x"), api.former("x"), api.balance()])
      expect(await reply).toMatchObject({ status: 401, body });
    expect((await api.call("GET", "/v1/video-models")).status).toBe(200);
  });

  test("takes its key from either header", async () => {
    const base = await emulator();
    const authorization = { authorization: "Bearer sk-nano-1" };
    const reply = await fetch(`${base.url}/nanogpt/api/check-balance`, { method: "POST", headers: authorization });
    expect(reply.status).toBe(200);
  });
});

describe("the filter", () => {
  test("stops a forbidden prompt before it costs anything", async () => {
    const api = nanogpt(await emulator({ credits: 50 }));
    expect(await api.submit(request({ prompt: "The forbidden city" }))).toMatchObject({
      status: 400,
      body: { error: { type: "CONTENT_POLICY_VIOLATION", message: expect.any(String) }, status: 400 },
    });
    expect((await api.balance()).body).toMatchObject({ usd_balance: "50.00" });
  });

  test("stops what was made, in words for people, and the money comes back", async () => {
    const api = nanogpt(await emulator({ credits: 50 }));
    const { runId, remainingBalance } = (await api.submit(request({ prompt: "Something NSFW" }))).body;
    expect(remainingBalance).toBe(47.5);
    expect(await api.end(runId)).toMatchObject({
      status: "FAILED",
      error: "Content policy violation",
      isNSFWError: true,
      userFriendlyError: expect.stringContaining("modify your prompt"),
    });
    expect((await api.balance()).body).toMatchObject({ usd_balance: "50.00" });
  });

  test("lets it through where explicit pictures were asked for", async () => {
    const api = nanogpt(await emulator());
    const { runId } = (await api.submit(request({ prompt: "Something NSFW", showExplicitContent: true }))).body;
    expect(await api.end(runId)).toMatchObject({ status: "COMPLETED" });
  });
});

describe("the account", () => {
  test("that is empty refuses, says what it takes, and begins nothing", async () => {
    const base = await emulator({ credits: 3 });
    const api = nanogpt(base);
    expect((await api.submit(request())).status).toBe(202);
    expect(await api.submit(request())).toMatchObject({
      status: 402,
      body: { error: "Insufficient balance", requiredBalance: 2.5, status: 402 },
    });
    expect(base.ledger().filter(({ kind }) => kind === "accepted")).toHaveLength(1);
  });

  test("tells dollars and coins as texts, and pays in what it has", async () => {
    const base = await emulator({ credits: 50 });
    expect((await nanogpt(base).balance()).body).toMatchObject({ usd_balance: "50.00", nano_balance: "0" });
    const coins = nanogpt(base, "xno-key");
    expect((await coins.balance()).body).toMatchObject({ usd_balance: "0.00", nano_balance: "50.00" });
    expect((await coins.submit(request())).body).toMatchObject({ paymentSource: "XNO" });
  });

  test("may ask twenty-five times a second, and is told when to come again", async () => {
    const api = nanogpt(await emulator({ speed: 1 }));
    const replies = await Promise.all(Array.from({ length: 30 }, () => api.status("vid_0")));
    expect(replies.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 25 }, () => 404),
      ...Array.from({ length: 5 }, () => 429),
    ]);
    const refused = replies.find(({ status }) => status === 429);
    expect(refused?.headers.get("retry-after")).toBe("1");
    expect(refused?.body).toMatchObject({ error: expect.stringContaining("Rate limit exceeded") });
  });

  test("may submit fifty times a minute, each address for itself", () => {
    const limit = pace(50, 60_000, 1);
    const waits = Array.from({ length: 51 }, (_, index) => limit("::1", 1000 * index));
    expect(waits).toEqual([...Array.from({ length: 50 }, () => undefined), 10]);
    expect(limit("::2", 50_000)).toBeUndefined();
    expect(limit("::1", 60_001)).toBeUndefined();
  });

  test("has its minutes pass as fast as the emulator's time", () => {
    const limit = pace(1, 60_000, 60);
    expect([limit("", 0), limit("", 999), limit("", 1001)]).toEqual([undefined, 1, undefined]);
  });
});

describe("the lists", () => {
  test("of runs is the newest first, and can be narrowed", async () => {
    const api = nanogpt(await emulator({ speed: slow }));
    const first = String((await api.submit(request({ conversationUUID: "c-1" }))).body.runId);
    const next = String((await api.submit({ model: "hunyuan-video", prompt: "x" })).body.runId);
    const runs = async (query: string) => {
      const { data } = (await api.call("GET", `/generate-video/recover${query}`)).body;
      return (data as readonly JsonObject[]).map(({ runId }) => runId);
    };
    expect((await api.call("GET", "/generate-video/recover")).body).toEqual({
      data: [
        expect.objectContaining({ runId: next, id: next, model: "hunyuan-video", status: "processing" }),
        expect.objectContaining({ runId: first, conversationUUID: "c-1", createdAt: expect.stringMatching(/Z$/) }),
      ],
    });
    expect(await runs("?model=veo2-video")).toEqual([first]);
    expect(await runs("?conversationUUID=c-1")).toEqual([first]);
    expect(await runs("?limit=1")).toEqual([next]);
    expect((await api.call("GET", "/generate-video/recover?limit=51")).status).toBe(400);
  });

  test("of models tells what each takes, or its name alone", async () => {
    const api = nanogpt(await emulator());
    const { data, meta } = (await api.call("GET", "/v1/video-models?detailed=true")).body;
    const models = data as readonly JsonObject[];
    expect(meta).toMatchObject({ count: models.length });
    expect(models.find(({ id }) => id === "kling-video-v2")).toMatchObject({
      object: "model",
      pricing: { currency: "USD", per_second: 0.09 },
      capabilities: { image_to_video: true, audio_generation: false },
      supported_parameters: {
        parameters: { duration: { type: "select", options: [{ value: "5" }, { value: "10" }] } },
      },
    });
    const brief = (await api.call("GET", "/v1/video-models?detailed=false")).body.data as readonly JsonObject[];
    expect(brief[0]).toEqual({ id: "veo2-video", object: "model" });
  });
});

describe("Midjourney's videos", () => {
  test("can be extended one by one, and others not", async () => {
    const api = nanogpt(await emulator());
    const run = (await api.submit({ model: "midjourney-video", imageUrl: image })).body.runId;
    await api.end(run);
    const extend = (body: JsonObject) => api.call("POST", "/generate-video/extend", body);
    expect(await extend({ runId: run ?? null, index: 3 })).toMatchObject({
      status: 202,
      body: { success: true, taskId: expect.any(String), message: expect.any(String), eta: expect.any(Number) },
    });
    expect((await extend({ taskId: run ?? null, index: 4 })).status).toBe(400);
    expect((await extend({ runId: "vid_0", index: 0 })).status).toBe(404);
    expect((await extend({ index: 0 })).status).toBe(400);
    const other = (await api.submit(request())).body.runId;
    await api.end(other);
    expect((await extend({ runId: other ?? null, index: 0 })).status).toBe(400);
  });
});

describe("a finished run, struck", () => {
  const answered = async (shape: Shape) => {
    const base = await emulator({ faults: [{ kind: "shape", shape, times: "always" }] });
    const api = nanogpt(base);
    const { runId } = (await api.submit(request())).body;
    for (;;) {
      const { body } = await api.status(runId);
      if (/"completed"/i.test(JSON.stringify(body))) return { base, body, data: body.data as JsonObject };
    }
  };
  test("may answer without its envelope", async () => {
    const { body } = await answered("flat");
    expect(body).toMatchObject({ status: "completed", progress: 100, videoUrl: expect.any(String), error: null });
  });
  test("may give its address as a text, or in a list", async () => {
    expect((await answered("text")).data).toMatchObject({ output: { video: expect.stringMatching(/^http/) } });
    expect((await answered("list")).data).toMatchObject({ output: { urls: [expect.stringMatching(/^http/)] } });
  });
  test("may have the words of another maker", async () => {
    expect((await answered("words")).data).toMatchObject({ status: "completed" });
  });
  test("may name a path, where the film is for those who have the key", async () => {
    const { base, data } = await answered("relative");
    const { url } = (data.output as { video: { url: string } }).video;
    expect(url).toMatch(/^\/api\/generate-video\/content\?model=veo2-video&runId=vid_/);
    expect((await fetch(`${base.url}/nanogpt${url}`)).status).toBe(401);
    const input = await film(`${base.url}/nanogpt${url}`, { "x-api-key": "k" });
    expect(await input.computeDuration()).toBe(5);
    const headers = { "x-api-key": "k" };
    const other = await fetch(`${base.url}/nanogpt${url.replace("=video", "=thumbnail")}`, { headers });
    expect(other.status).toBe(400);
  });
  test("may be cancelled, spelt as the endpoint spells it", async () => {
    const api = nanogpt(await emulator({ faults: [{ kind: "fails", message: "cancelled" }] }));
    const { runId } = (await api.submit(request())).body;
    expect(await api.end(runId)).toEqual({ status: "CANCELED", requestId: runId });
    expect((await api.former(runId)).body).toEqual({ data: { status: "CANCELLED", request_id: runId } });
  });
});
