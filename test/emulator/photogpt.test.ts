import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { photogpt, veo } from "./photogpt-client.ts";
import { emulator, slow } from "./rig.ts";

const fetched = async (url: unknown): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(String(url))).arrayBuffer());

const opened = async (url: unknown): Promise<Input> =>
  new Input({ source: new BufferSource(await fetched(url)), formats: ALL_FORMATS });

const start = async (options: Parameters<typeof emulator>[0] = {}) => photogpt(await emulator(options));

describe("a job", () => {
  test("is taken on, ends with playlists, and its file is made in two steps", async () => {
    const api = await start();
    const taken = await api.generate(veo());
    expect(taken).toMatchObject({ status: 200, body: { status: "OK", result: { status: "queued" } } });
    const done = await api.end(taken.result.jobId);
    expect(done).toEqual({
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      jobId: taken.result.jobId,
      status: "success",
      videos: [{ id: expect.stringMatching(/^video_/), url: expect.stringMatching(/\.m3u8$/) }],
    });
    const [video] = done.videos as readonly JsonObject[];
    const playlist = await fetch(String(video?.url));
    expect(playlist.headers.get("content-type")).toBe("application/vnd.apple.mpegurl");
    expect(await playlist.text()).toMatch(/^#EXTM3U\n/);

    expect(await api.download(video?.id)).toMatchObject({ status: 404, body: { status: "NOK", result: null } });
    expect((await api.create(video?.id)).body).toEqual({ result: "queued", status: "OK" });
    expect((await api.create(video?.id)).status).toBe(200);
    const file = await api.file(video?.id);
    expect(file).toEqual({ status: "ready", percentComplete: 100, url: expect.stringMatching(/\.mp4$/) });
    const input = await opened(file.url);
    expect(await input.computeDuration()).toBe(4);
    expect(await input.getPrimaryVideoTrack()).toMatchObject({ displayWidth: 512, displayHeight: 288 });
  });

  test("is queued while it has not got far, and has no video to be seen", async () => {
    const base = await emulator({ speed: slow });
    const api = photogpt(base);
    const { jobId } = (await api.generate(veo())).result;
    expect((await api.job(jobId)).result).toEqual({ createdAt: expect.any(String), jobId, status: "queued" });
    expect((await api.list()).body).toEqual({ result: [], status: "OK" });
  });

  test("makes as many videos as it is asked to, each another one", async () => {
    const api = await start();
    const videos = await api.videos(veo({ numVideos: 3 }));
    expect(videos).toHaveLength(3);
    const files = await Promise.all(videos.map(async ({ id }) => fetched((await api.file(id)).url)));
    expect(new Set(files.map((bytes) => Buffer.from(bytes).toString("base64"))).size).toBe(3);
    const listed = (await api.list()).body.result as readonly JsonObject[];
    expect(listed.map(({ id }) => id)).toEqual(videos.map(({ id }) => id));
    expect(new Set(listed.map(({ jobId }) => jobId)).size).toBe(1);
  });

  test("has the same videos for the same request and seed, and others for others", async () => {
    const film = async (seed: number, prompt: string): Promise<Uint8Array> => {
      const api = await start({ seed });
      const [video] = await api.videos(veo({ prompt }));
      return fetched((await api.file(video?.id)).url);
    };
    const first = await film(1, "Tides");
    expect(await film(1, "Tides")).toEqual(first);
    expect(await film(1, "Winds")).not.toEqual(first);
    expect(await film(2, "Tides")).not.toEqual(first);
  });

  test.each<readonly [string, JsonObject, number, readonly [number, number]]>([
    ["veo-3.1-fast", {}, 8, [512, 288]],
    ["seedance-1.5-pro", { seedance: { duration: 4, ratio: "21:9" } }, 4, [448, 192]],
    ["seedance-2.0", { seedance: { duration: 4, ratio: "3:4" } }, 4, [288, 384]],
    ["kling-video-standard", { kling: { duration: 3, aspectRatio: "1:1" } }, 3, [320, 320]],
    ["kling-motion-pro", {}, 5, [512, 288]],
    ["grok-imagine-1.5", { grok: { duration: 1, aspectRatio: "2:3" } }, 1, [320, 480]],
  ])("of %s with %j lasts and looks as it should", async (modelID, options, seconds, [width, height]) => {
    const api = await start();
    const [video] = await api.videos({ modelID, prompt: "Tides", options });
    const input = await opened((await api.file(video?.id)).url);
    expect(await input.computeDuration()).toBe(seconds);
    expect(await input.getPrimaryVideoTrack()).toMatchObject({ displayWidth: width, displayHeight: height });
  });

  test("whose length the model chooses is within the model's lengths", async () => {
    const api = await start();
    for (const prompt of ["a", "b", "c"]) {
      const body = { modelID: "seedance-1.5-pro", prompt, options: { seedance: { duration: -1 } } };
      const [video] = await api.videos(body);
      const length = await (await opened((await api.file(video?.id)).url)).computeDuration();
      expect(length >= 4 && length <= 12).toBe(true);
    }
  });
});

describe("a file", () => {
  test("that is on its way says how far it is, and is not there yet", async () => {
    const base = await emulator({ speed: 1e6 });
    const api = photogpt(base);
    const [video] = await api.videos(veo());
    const file = `${String(video?.url).replace(/m3u8$/, "mp4")}`;
    expect((await fetch(file)).status).toBe(404);
    await api.file(video?.id);
    expect((await fetch(file)).status).toBe(200);
    expect((await fetch(file, { headers: { authorization: "Bearer k-1" } })).status).toBe(400);
  });

  test("of nothing is 404 in every way", async () => {
    const api = await start();
    for (const ask of [api.video, api.create, api.download])
      expect(await ask("video_999")).toMatchObject({
        status: 404,
        body: { status: "NOK", message: "Video not found", err: "video_999", result: null },
      });
    expect(await api.job("job_999")).toMatchObject({ status: 404, body: { message: "Job not found", err: "job_999" } });
  });
});

describe("what this API does without a word", () => {
  const became = async (body: JsonObject): Promise<Json | undefined> => {
    const api = await start();
    const [video] = await api.videos({ prompt: "Tides", ...body });
    return (await api.video(video?.id)).result.data;
  };
  const image = (role: string) => ({ url: `https://a.example/${role}.png`, role });

  test("is to drop a reference image of seedance-1.5-pro", async () => {
    const referenceImages = [image("first_frame"), image("reference_image")];
    expect(await became({ modelID: "seedance-1.5-pro", referenceImages })).toMatchObject({ referenceImages: 1 });
    expect(await became({ modelID: "seedance-2.0", referenceImages })).toMatchObject({ referenceImages: 2 });
  });

  test("is to make a draft in 480p", async () => {
    const options = { seedance: { draftMode: true, resolution: "1080p", duration: 4 } };
    expect(await became({ modelID: "seedance-1.5-pro", options })).toMatchObject({ options: { resolution: "480p" } });
  });

  test("is to ignore Kling's aspectRatio with images or elements", async () => {
    const options = { kling: { aspectRatio: "1:1", duration: 3 } };
    const body = { modelID: "kling-video-pro", options };
    expect(await became(body)).toMatchObject({ options: { aspectRatio: "1:1" } });
    expect(await became({ ...body, elementIDs: ["e"] })).toHaveProperty("options", { duration: 3 });
    expect(await became({ ...body, referenceImages: [image("first_frame")] })).toHaveProperty("options", {
      duration: 3,
    });
  });
});

describe("a request that is wrong", () => {
  const image = (role: string) => ({ url: "https://a.example/a.png", role });
  const video = { url: "https://a.example/a.mp4", role: "reference_video" };
  const to = (modelID: string, changes: JsonObject = {}): JsonObject => ({ modelID, prompt: "x", ...changes });

  test.each<readonly [JsonObject, string]>([
    [{ prompt: "x" }, "modelID is required"],
    [{ modelID: "veo-3.1" }, "prompt is required"],
    [to("veo-3.1", { prompt: " " }), "prompt must be a non-empty string"],
    [to("veo-3.1", { numVideos: "2" }), "numVideos must be an integer"],
    [to("veo-3.1", { numVideos: 5 }), "numVideos must be an integer from 1 to 4"],
    [to("veo-3.1", { elementIDs: [1] }), "elementIDs must be an array of strings"],
    [to("veo-3.1", { options: [] }), "options must be an object"],
    [
      to("veo-3.1", { options: { veo: {}, grok: {} } }),
      "options.grok is not accepted for veo-3.1: send only options.veo",
    ],
    [to("veo-3.1", { options: { veo: { duration: "8" } } }), "options.veo.duration must be one of 4, 6, 8"],
    [to("veo-3.1", { options: { veo: { seed: 1.5 } } }), "options.veo.seed must be an integer"],
    [
      to("veo-3.1", { referenceImages: [image("reference_image")], options: { veo: { duration: 6 } } }),
      "options.veo.duration must be 8 when reference_image is used",
    ],
    [to("veo-3.1", { referenceVideos: [video] }), "referenceVideos are not accepted for veo-3.1"],
    [to("seedance-1.5-pro", { referenceVideos: [video] }), "referenceVideos are not accepted for seedance-1.5-pro"],
    [to("grok-imagine-1.5", { referenceVideos: [video] }), "referenceVideos are not accepted for grok-imagine-1.5"],
    [
      to("seedance-1.5-pro", { options: { seedance: { duration: 3 } } }),
      "options.seedance.duration must be an integer from 4 to 12, or -1",
    ],
    [
      to("seedance-2.0", { options: { seedance: { duration: -1 } } }),
      "options.seedance.duration must be an integer from 4 to 15",
    ],
    [to("seedance-2.0", { options: { seedance: { draftMode: true } } }), "options.seedance.draftMode is not accepted"],
    [
      to("seedance-2.0", { referenceImages: Array(10).fill(image("reference_image")) }),
      "at most 9 reference_image inputs",
    ],
    [to("seedance-2.0", { referenceVideos: Array(4).fill(video) }), "at most 3 reference_video inputs"],
    [
      to("seedance-2.0", { referenceImages: [image("first_frame"), image("first_frame")] }),
      "referenceImages may have one first_frame",
    ],
    [
      to("veo-3.1", { referenceImages: [image("last_frame"), image("last_frame")] }),
      "referenceImages may have one last_frame",
    ],
    [
      to("kling-video-pro", {
        elementIDs: ["1", "2", "3"],
        referenceImages: [image("first_frame"), image("last_frame")],
      }),
      "at most 4 elements, reference images and videos in total",
    ],
    [to("kling-motion-pro", { options: { kling: { duration: 5 } } }), "options.kling.duration is not accepted"],
    [
      to("kling-motion-pro", { options: { kling: { characterOrientation: "left" } } }),
      "options.kling.characterOrientation must be one of image, video",
    ],
    [
      to("grok-imagine-1.5", { options: { grok: { resolution: "1080p" } } }),
      "options.grok.resolution must be one of 480p, 720p",
    ],
    [
      to("veo-3.1", { referenceImages: [{ ...image("first_frame"), containsHuman: true }] }),
      "referenceImages[0].containsHuman is not accepted",
    ],
    [
      to("seedance-2.0", { referenceVideos: [{ ...video, duration: 3 }] }),
      "referenceVideos[0].duration is not accepted",
    ],
    [
      to("veo-3.1", { referenceImages: [{ url: "a.png", role: "first_frame" }] }),
      "referenceImages[0].url must be a URL",
    ],
    [to("veo-3.1", { referenceImages: [{ role: "first_frame" }] }), "referenceImages[0].url is required"],
    [to("veo-3.1", { referenceImages: "a.png" }), "referenceImages must be an array"],
  ])("%j is answered with 400: %s", async (body, err) => {
    const base = await emulator();
    expect(await photogpt(base).generate(body)).toMatchObject({
      status: 400,
      body: { status: "NOK", message: "Validation failed", err, result: null },
    });
    expect(base.ledger().map(({ kind }) => kind)).toEqual(["refused"]);
  });

  test("is no JSON, or for a model that is none", async () => {
    const api = await start();
    expect(await api.generate("veo")).toMatchObject({ status: 400 });
    expect(await api.generate({ modelID: "veo-9", prompt: "x" })).toMatchObject({
      status: 404,
      body: { message: "Model not found", err: "veo-9" },
    });
  });
});

describe("the account", () => {
  test("is let in with a key and the version of the API, and told so by a ping", async () => {
    const api = await start();
    const authorization = "Bearer k";
    expect((await api.call("GET", "/ping")).body).toEqual({ message: "pong!", status: "OK" });
    for (const [headers, status] of [
      [{ "api-version": "1" }, 401],
      [{ authorization: "Bearer invalid", "api-version": "1" }, 401],
      [{ authorization }, 400],
      [{ authorization, "api-version": "2" }, 400],
    ] as const)
      expect(await api.call("GET", "/ping", undefined, headers)).toMatchObject({ status, body: { status: "NOK" } });
  });

  test("that is empty is told so, and nothing is taken on", async () => {
    const base = await emulator({ credits: 0.5 });
    const api = photogpt(base);
    expect((await api.generate(veo())).status).toBe(200);
    expect(await api.generate(veo())).toMatchObject({ status: 400, body: { message: "insufficient credits" } });
    expect(base.ledger().map(({ kind }) => kind)).toEqual(["accepted", "refused"]);
  });

  test("pays for every video of a request", async () => {
    const base = await emulator();
    await photogpt(base).generate(veo({ numVideos: 2 }));
    expect(base.ledger()).toMatchObject([{ kind: "accepted", provider: "photogpt", price: "0.80" }]);
  });

  test("lists finished videos, newest first, in pages", async () => {
    const api = await start();
    for (const prompt of ["one", "two", "three"]) await api.videos(veo({ prompt }));
    const page = (await api.list("?videoType=all&pageNum=2&pageSize=2")).body.result;
    expect(page).toMatchObject([{ modelID: "veo-3.1", type: "video", data: { prompt: "one" } }]);
    const [newest] = (await api.list()).body.result as readonly JsonObject[];
    expect((await api.video(newest?.id)).result).toEqual(newest);
  });

  test.each(["pageNum=0", "pageNum=x", "pageSize=0", "pageSize=101"])("cannot be listed by %s", async (query) => {
    expect((await (await start()).list(`?${query}`)).status).toBe(400);
  });
});

describe("what goes wrong", () => {
  test("a job that fails says why", async () => {
    const api = await start({ faults: [{ kind: "fails", message: "Prompt rejected by safety filter" }] });
    const done = await api.end((await api.generate(veo())).result.jobId);
    expect(done).toMatchObject({ status: "failed", error: "Prompt rejected by safety filter" });
    expect(done).not.toHaveProperty("videos");
  });

  test("a preparation can fail, in the API's own word, and refuse, in the API's own shape", async () => {
    const api = await start({
      faults: [
        { on: "prepare", kind: "unknown-status", word: "error" },
        { on: "prepare", kind: "status", status: 409, nth: 2 },
      ],
    });
    const [video] = await api.videos(veo());
    expect((await api.download(video?.id)).result).toEqual({ status: "error" });
    expect(await api.create(video?.id)).toMatchObject({ status: 409, body: { status: "NOK", message: "Conflict" } });
  });

  test.each(["expired-link", "no-url"] as const)("a file's %s is told with the file", async (kind) => {
    const api = await start({ faults: [{ on: "prepare", kind, times: "always" }] });
    const [video] = await api.videos(veo());
    await api.file(video?.id);
    const { url, status } = (await api.download(video?.id)).result;
    expect(status).toBe("ready");
    if (kind === "no-url") expect(url).toBeUndefined();
    else expect((await fetch(String(url))).status).toBe(403);
  });

  test("a poll can lose the videos", async () => {
    const api = await start({ faults: [{ on: "poll", kind: "no-url", times: "always" }] });
    const { jobId } = (await api.generate(veo())).result;
    await api.end(jobId);
    expect((await api.job(jobId)).result).toMatchObject({ status: "success", videos: [] });
  });

  test("a poll can name what nobody knows", async () => {
    const api = await start({ faults: [{ on: "poll", kind: "unknown-status", word: "percolating" }] });
    const { jobId } = (await api.generate(veo())).result;
    expect((await api.job(jobId)).result).toMatchObject({ jobId, status: "percolating" });
  });
});
