import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, test } from "vitest";
import type { Job } from "../../src/emulator/jobs.ts";
import { view } from "../../src/emulator/openrouter/views.ts";
import { links } from "../../src/emulator/storage/links.ts";
import { openWire } from "../../src/io/http/wire.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { half, testClock } from "../io/http/world.ts";
import { asking, listed, listedFacts } from "../providers/openrouter-catalogue.ts";
import { strayings } from "../providers/openrouter-description.ts";
import { client, waves } from "./openrouter-client.ts";
import { emulator, slow } from "./rig.ts";

const id = /^gen-vid-\d{10}-[A-Za-z0-9]{20}$/;
const image = { type: "image_url", image_url: { url: "data:image/png;base64,ZG90" } };
const film = { type: "video_url", video_url: { url: "https://a.example/a.mp4" } };

const wireTo = (url: string, key: string | undefined) =>
  openWire({
    provider: openrouter,
    key,
    baseUrl: `${url}/openrouter`,
    emulated: true,
    random: half,
    clock: testClock(Date.now()),
  });

describe("a job", () => {
  test("is taken on with 202 and three fields, waits, is made, and ends with what it cost", async () => {
    const api = client(await emulator({ speed: 600 }));
    const words = ["pending", "in_progress", "completed"];
    const taken = await api.generate(waves());
    expect(taken.status).toBe(202);
    expect(taken.body).toEqual({
      id: expect.stringMatching(id),
      polling_url: `${api.root}/videos/${taken.body.id}`,
      status: "pending",
    });
    expect(strayings("POST", "/videos", { status: 202, answer: taken.body })).toEqual([]);
    const { body, words: told } = await api.end(taken.body.id);
    expect(words.filter((word) => told.includes(word))).toEqual(told);
    expect(body).toEqual({
      id: taken.body.id,
      generation_id: taken.body.id,
      polling_url: taken.body.polling_url,
      status: "completed",
      unsigned_urls: [`${taken.body.polling_url}/content?index=0`],
      usage: { cost: 0.4, is_byok: false },
    });
    expect(strayings("GET", "/videos/{jobId}", { status: 200, answer: body })).toEqual([]);
  });

  test.each([
    [0, "pending"],
    [19, "pending"],
    [21, "in_progress"],
    [99, "in_progress"],
  ])("is, with %i of 100 seconds gone, %s", (gone, status) => {
    const at = Date.now() - gone * 1000;
    const job: Job = {
      ...{
        kind: "accepted",
        provider: "openrouter",
        job: "gen-vid-1-a",
        ids: {},
        hash: "h",
        price: "1.00",
        consumed: [],
      },
      ...{
        at,
        endsAt: at + 100_500,
        seconds: 4,
        fate: { kind: "succeeds" },
        changes: {},
        changedAt: at,
        request: waves(),
      },
    };
    expect(view(job, "https://a.example", links("https://b.example", 1), { now: Date.now() })).toMatchObject({
      status,
    });
  });

  test("tells while it waits neither progress nor cost", async () => {
    const api = client(await emulator({ speed: slow }));
    const { id: job } = (await api.generate(waves())).body;
    const { body } = await api.status(job);
    expect(Object.keys(body)).toEqual(["id", "generation_id", "polling_url", "status"]);
    expect(await api.get(`/videos/${job}/content`)).toMatchObject({
      status: 400,
      body: { error: { code: 400, message: "Video is not ready" } },
    });
  });

  test("that nobody began is 404, for its status and its content", async () => {
    const api = client(await emulator());
    for (const path of ["/videos/job-abc123", "/videos/job-abc123/content"])
      expect(await api.get(path)).toMatchObject({
        status: 404,
        body: { error: { message: "Job job-abc123 not found", code: 404 } },
      });
  });

  test.each([
    ["failed", { kind: "fails", message: "Content policy violation" }, "Content policy violation"],
    ["cancelled", { kind: "unknown-status", word: "cancelled" }, undefined],
    ["expired", { kind: "unknown-status", word: "expired" }, undefined],
    ["dead", { kind: "unknown-status", word: "dead" }, undefined],
  ] as const)("may end %s, and then tells no cost", async (word, fault, error) => {
    const api = client(await emulator({ faults: [{ ...fault, provider: "openrouter", times: "always" }] }));
    const { body } = await api.end((await api.generate(waves())).body.id);
    expect(body).toMatchObject({ status: word, ...(error === undefined ? {} : { error }) });
    expect(body).not.toHaveProperty("usage");
  });

  test("goes on from another of the same model, where the model can", async () => {
    const api = client(await emulator());
    const flux = { model: "black-forest-labs/flux-3-video", prompt: "Waves", duration: 5, resolution: "720p" };
    const { id: job } = (await api.generate(flux)).body;
    await api.end(job);
    const more = await api.generate({ ...flux, previous_job_id: job ?? null });
    expect(more.status).toBe(202);
    expect((await api.end(more.body.id)).body.usage).toEqual({ cost: 2.05, is_byok: false });
    expect(await api.generate(waves({ previous_job_id: job ?? null }))).toMatchObject({
      status: 400,
      body: { error: { message: "google/veo-3.1-fast-20260901 does not support previous_job_id" } },
    });
    const unknown = { ...flux, previous_job_id: "gen-vid-1790983457-Q7wE9rT2yU4iO6pA8sD1" };
    expect((await api.generate(unknown)).status).toBe(404);
  });
});

describe("a film", () => {
  test("comes in pieces, without its length, whole whatever part is asked for, and plays", async () => {
    const api = client(await emulator());
    const { id: job } = (await api.generate(waves({ aspect_ratio: "9:16" }))).body;
    await api.end(job);
    const whole = await api.get(`/videos/${job}/content`);
    expect(whole.status).toBe(200);
    expect(whole.headers.get("content-type")).toBe("video/mp4");
    expect(whole.headers.get("content-length")).toBeNull();
    expect(whole.headers.get("transfer-encoding")).toBe("chunked");
    const part = await api.get(`/videos/${job}/content?index=0`, { range: "bytes=10-19" });
    expect(part.status).toBe(200);
    expect(part.bytes).toEqual(whole.bytes);
    const input = new Input({ source: new BufferSource(whole.bytes), formats: ALL_FORMATS });
    expect(await input.computeDuration()).toBe(4);
    expect(await input.getPrimaryVideoTrack()).toMatchObject({ displayWidth: 288, displayHeight: 512 });
  });

  test.each([
    ["5", "Video index 5 out of range (1 videos available)"],
    ["-1", "Invalid index: expected an integer of at least 0"],
    ["one", "Invalid index: expected an integer of at least 0"],
  ])("with the index %s is refused", async (index, message) => {
    const api = client(await emulator());
    const { id: job } = (await api.generate(waves())).body;
    await api.end(job);
    expect(await api.get(`/videos/${job}/content?index=${index}`)).toMatchObject({
      status: 400,
      body: { error: { message, code: 400 } },
    });
  });

  test("is not for those without a key", async () => {
    const base = await emulator();
    const { id: job } = (await client(base).generate(waves())).body;
    await client(base).end(job);
    expect((await client(base, null).get(`/videos/${job}/content`)).status).toBe(401);
  });

  test("may be told of by addresses that are signed, or by paths", async () => {
    const base = await emulator({
      faults: [
        { kind: "old-style", provider: "openrouter" },
        { kind: "shape", shape: "relative", provider: "openrouter", nth: 2 },
      ],
    });
    const api = client(base);
    const { id: job } = (await api.generate(waves())).body;
    const wire = wireTo(base.url, "good");
    const poll = async () => {
      for (;;) {
        const status = await openrouter.poll({ id: String(job) }, wire);
        if (status.state !== "running") return status;
      }
    };
    const answers = [await poll(), await poll(), await poll()];
    const sources = answers.flatMap((one) => (one.state === "done" ? one.outputs.map(({ source }) => source) : []));
    const urls = sources.map((source) => ("url" in source ? source.url.replace(/^http:\/\/127\.0\.0\.1:\d+/, "") : ""));
    expect(urls.map((url) => url.replace(/\?.*/, "")).sort()).toEqual([
      `/api/v1/videos/${job}/content`,
      `/openrouter/api/v1/videos/${job}/content`,
      `/openrouter/files/${job}.mp4`,
    ]);
    const signed = sources.find((source) => "url" in source && source.url.includes("/files/"));
    expect(signed).not.toHaveProperty("authorized");
    const fetched = signed !== undefined && "url" in signed ? (await fetch(signed.url)).status : 0;
    expect(fetched).toBe(200);
  });
});

describe("who may ask", () => {
  test.each([
    ["nobody", null, "No cookie auth credentials found"],
    ["the refused key", "invalid", "User not found."],
  ])("not %s", async (_name, key, message) => {
    const api = client(await emulator(), key);
    const answers = [
      await api.generate(waves()),
      await api.status("x"),
      await api.get("/videos/x/content"),
      await api.get("/key"),
      await api.get("/credits"),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 401, body: { error: { message, code: 401 } } });
  });

  test("everybody for the list of models, which is as the catalogue has it", async () => {
    const base = await emulator();
    const { body, status } = await client(base, null).get("/videos/models");
    expect(status).toBe(200);
    expect(strayings("GET", "/videos/models", { status: 200, answer: body })).toEqual([]);
    const created = (body.data as readonly JsonObject[]).map((model) => Number(model.created));
    expect(created).toEqual([...created].sort((a, b) => b - a));
    const models = (await openrouter.models?.(wireTo(base.url, undefined))) ?? [];
    expect(models.map(({ name: _, ...model }) => model)).toEqual([...listed.models.values()]);
  });

  test("an account has what it had, less what was billed", async () => {
    const base = await emulator({ credits: 1 });
    const api = client(base);
    await api.generate(waves());
    expect((await api.get("/credits")).body).toEqual({ data: { total_credits: 1, total_usage: 0.4 } });
    expect((await api.get("/key")).body).toMatchObject({ data: { limit_remaining: null, usage: 0.4 } });
    expect(await openrouter.balance?.(wireTo(base.url, "good"))).toBe(600_000);
    expect((await api.generate(waves({ duration: 8 }))).body).toEqual({
      error: { code: 402, message: "Insufficient credits. Add more using https://openrouter.ai/credits" },
    });
    expect((await api.generate(waves())).status).toBe(202);
  });

  test("nothing lies elsewhere", async () => {
    expect(await client(await emulator()).get("/images")).toMatchObject({
      status: 404,
      body: { error: { code: 404 } },
    });
  });
});

describe("a request that does not fit is refused with 400 and costs nothing", () => {
  const capability = { routing_funnel: expect.any(Array), failed_routing_step: "Validate Video Parameters" };
  test.each<[string, JsonObject, string, JsonObject?]>([
    [
      "a length",
      { duration: 99 },
      "Duration 99s is not supported for this model. Supported durations: 4, 6, 8s",
      capability,
    ],
    [
      "a fineness",
      { model: "bytedance/seedance-2.0-fast", resolution: "4K" },
      "Resolution 4K is not supported for this model. Supported resolutions: 480p, 720p",
      capability,
    ],
    [
      "a shape",
      { aspect_ratio: "1:1" },
      "Aspect ratio 1:1 is not supported for this model. Supported aspect ratios: 16:9, 9:16",
      capability,
    ],
    [
      "a size",
      { size: "640x480" },
      "Size 640x480 is not supported for this model. Supported sizes: 1280x720, 1080x1920, 1920x1080, 720x1280, 3840x2160, 2160x3840",
      capability,
    ],
    [
      "a frame",
      { model: "runway/gen-4.5", frame_images: [{ ...image, frame_type: "last_frame" }] },
      "Frame type last_frame is not supported for this model. Supported frame types: first_frame",
      capability,
    ],
    [
      "a factor",
      { model: "black-forest-labs/flux-video-upscale", upscale_factor: 4 },
      "Upscale factor 4 is not supported for this model. Supported upscale factors: 1.5 to 3",
      capability,
    ],
    [
      "a degree",
      { model: "black-forest-labs/flux-video-upscale", creativity: 2 },
      "Creativity level 2 is not supported for this model. Supported creativity levels: 0, 1",
      capability,
    ],
    ["a fineness in two ways", { size: "1280x720", resolution: "1080p" }, "Size 1280x720 contradicts resolution 1080p"],
    ["a shape in two ways", { size: "1280x720", aspect_ratio: "9:16" }, "Size 1280x720 contradicts aspect ratio 9:16"],
    [
      "two beginnings",
      { frame_images: [0, 1].map(() => ({ ...image, frame_type: "first_frame" })) },
      "Only one first_frame image is allowed",
    ],
    [
      "a film inside the request",
      { input_references: [{ type: "video_url", video_url: { url: "data:video/mp4;base64,AAAA" } }] },
      "Invalid reference URL: input_references[0].video_url.url: Only HTTPS URLs are allowed",
    ],
    [
      "a picture by plain http",
      { frame_images: [{ ...image, image_url: { url: "http://a.example/a.png" }, frame_type: "first_frame" }] },
      "Invalid reference URL: frame_images[0].image_url.url: Only HTTPS URLs are allowed",
    ],
    [
      "no words and no picture",
      { model: "x-ai/grok-imagine-video", prompt: " " },
      "x-ai video generations require a prompt when no image input is provided",
    ],
    ["a model that nobody has", { model: "acme/x" }, "acme/x is not a valid model ID"],
  ])("for %s", async (_name, changes, message, metadata) => {
    const base = await emulator();
    const answer = await client(base).generate(waves(changes));
    const more = metadata === undefined ? {} : { metadata };
    expect(answer).toMatchObject({ status: 400, body: { error: { message, code: 400, ...more } } });
    expect(strayings("POST", "/videos", { status: 400, answer: answer.body })).toEqual([]);
    expect(base.ledger()).toMatchObject([{ kind: "refused", status: 400 }]);
  });

  test.each<[string, Json, readonly (readonly [string, string])[]]>([
    ["no model", { prompt: "x" }, [["model", "Required"]]],
    ["a length in words", waves({ duration: "6" }), [["duration", "Too small: expected int to be >=1"]]],
    [
      "a fineness in another case",
      waves({ resolution: "4k" }),
      [["resolution", 'Invalid option: expected one of "360p"|"480p"|"720p"|"768p"|"1080p"|"1K"|"2K"|"4K"']],
    ],
    [
      "a callback that anybody reads",
      waves({ callback_url: "http://a.example" }),
      [["callback_url", "Must be an HTTPS URL"]],
    ],
    [
      "a frame without its type",
      waves({ frame_images: [{ frame_type: "first_frame", image_url: {} }] }),
      [
        ["frame_images.0.type", "Required"],
        ["frame_images.0.image_url.url", "Required"],
      ],
    ],
    [
      "a reference without its type",
      waves({ input_references: [{ image_url: { url: "x" } }] }),
      [["input_references.0.type", "Invalid discriminator value"]],
    ],
    ["no list", waves({ frame_images: {} }), [["frame_images", "Invalid input: expected array"]]],
    ["a list", [], [["", "Invalid input: expected object"]]],
    [
      "a session without end",
      waves({ session_id: "x".repeat(257) }),
      [["session_id", "Too big: expected string to have <=256 characters"]],
    ],
    ["no factor at all", waves({ upscale_factor: 0 }), [["upscale_factor", "Too small: expected number to be >0"]]],
    [
      "sound in words",
      waves({ generate_audio: "yes", seed: 0.5 }),
      [
        ["generate_audio", "Invalid input: expected boolean"],
        ["seed", "Invalid input: expected int"],
      ],
    ],
  ])("by what its body looks like: %s", async (_name, body, expected) => {
    const { status, body: answer } = await client(await emulator()).generate(body);
    expect(status).toBe(400);
    const error = answer.error as { readonly name: string; readonly message: string };
    expect(error.name).toBe("ZodError");
    const issues = JSON.parse(error.message) as readonly { readonly path: readonly Json[]; readonly message: string }[];
    expect(issues.map((one) => [one.path.join("."), one.message])).toEqual(expected);
  });

  test("or by being no JSON", async () => {
    expect(await client(await emulator()).generate("{")).toMatchObject({
      status: 400,
      body: { error: { message: "Invalid JSON body" } },
    });
  });

  test.each<[string, JsonObject]>([
    ["fields that nobody knows", waves({ n: 2 })],
    ["a size that says the same as the rest", waves({ size: "1280x720", resolution: "720p", aspect_ratio: "16:9" })],
    [
      "a seed and sound where nobody says",
      { model: "x-ai/grok-imagine-video", prompt: "x", seed: 1, generate_audio: true },
    ],
    [
      "a picture in place of words",
      { model: "google/veo-3.1", frame_images: [{ ...image, frame_type: "first_frame" }] },
    ],
    ["a film in place of words", { model: "black-forest-labs/flux-video-edit", input_references: [film] }],
    ["any length where none is listed", { model: "heygen/avatar-iv", prompt: "x", duration: 90 }],
  ])("but %s is not", async (_name, body) => {
    expect((await client(await emulator()).generate(body)).status).toBe(202);
  });
});

test("a picture inside a request is remembered by its hash, and counts by its bytes", async () => {
  const base = await emulator();
  const frame = (text: string) =>
    waves({
      frame_images: [
        { frame_type: "first_frame", type: "image_url", image_url: { url: `data:image/png;base64,${text}` } },
      ],
    });
  for (const text of ["ZG90", "ZG90", "ZG91"]) await client(base).generate(frame(text));
  expect(base.ledger().map((entry) => "duplicateOf" in entry)).toEqual([false, true, false]);
});

describe("what is billed", () => {
  const shapes: readonly JsonObject[] = [
    {},
    { generate_audio: false },
    { frame_images: [{ ...image, frame_type: "first_frame" }] },
    { input_references: [image, image] },
    { input_references: [{ type: "image_url", image_url: { url: "https://a.example/a.png" } }, film] },
  ];
  const ratios = ["16:9", "9:16", "1:1", "4:3", "21:9"];

  test.each([...listed.models.keys()])("for %s is what was estimated", async (model) => {
    const api = client(await emulator({ credits: 1e6 }));
    const known = listed.models.get(model);
    for (const shape of shapes)
      for (const resolution of known?.resolutions ?? [undefined])
        for (const ratio of ratios.filter((one) => known?.aspectRatios?.includes(one) ?? one === "16:9")) {
          const asked = {
            duration: known?.durations?.at(-1) ?? 7,
            ...(resolution === undefined ? {} : { resolution }),
            ...(known?.aspectRatios === undefined ? {} : { aspect_ratio: ratio }),
            ...shape,
          };
          const price = openrouter.estimate(asking(model, asked), listedFacts);
          const taken = await api.generate({ model, prompt: "Waves", ...asked });
          if (taken.status !== 202 || price.kind === "unknown") continue;
          const { usage } = (await api.end(taken.body.id)).body as { readonly usage: { readonly cost: number } };
          const [low, high] = price.kind === "exact" ? [price.amount, price.amount] : [price.low, price.high];
          expect(Math.round(usage.cost * 1e6), JSON.stringify(asked)).toBeGreaterThanOrEqual(low);
          expect(Math.round(usage.cost * 1e6), JSON.stringify(asked)).toBeLessThanOrEqual(high);
        }
  });

  test.each<[string, JsonObject, number]>([
    [
      "a recorded film of Seedance",
      { model: "bytedance/seedance-2.0-mini", duration: 4, resolution: "480p", aspect_ratio: "1:1" },
      0.1358,
    ],
    [
      "a recorded film of Grok",
      {
        model: "x-ai/grok-imagine-video",
        duration: 1,
        resolution: "480p",
        frame_images: [{ ...image, frame_type: "first_frame" }],
      },
      0.052,
    ],
    ["a film below the floor", { model: "runway/aleph-2", duration: 1, input_references: [film] }, 0.56],
  ])("for %s", async (_name, body, cost) => {
    const api = client(await emulator());
    const taken = await api.generate({ prompt: "x", ...body });
    expect((await api.end(taken.body.id)).body.usage).toEqual({ cost, is_byok: false });
  });
});
