import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, test } from "vitest";
import { emulator, golpo, request, slow } from "./rig.ts";

const fetched = async (url: unknown): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(String(url))).arrayBuffer());

describe("a job", () => {
  test("is taken on with 201, runs, and ends with the address of a playable video", async () => {
    const api = golpo(await emulator());
    const taken = await api.generate(request());
    expect(taken.status).toBe(201);
    expect(taken.body).toEqual({
      job_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/),
      video_id: expect.any(String),
      status: "generating",
    });
    expect(taken.body.job_id).not.toBe(taken.body.video_id);
    const done = await api.end(taken.body.job_id);
    expect(done).toMatchObject({ status: "completed", progress: 100, video_id: taken.body.video_id });
    const input = new Input({ source: new BufferSource(await fetched(done.video_url)), formats: ALL_FORMATS });
    expect(await input.computeDuration()).toBe(15);
    expect(await input.getPrimaryVideoTrack()).toMatchObject({ displayWidth: 480, displayHeight: 320 });
    expect(await input.getPrimaryAudioTrack()).not.toBeNull();
  });

  test("tells its progress while it runs", async () => {
    const api = golpo(await emulator({ speed: slow }));
    const { body } = await api.generate(request());
    expect((await api.status(body.job_id)).body).toEqual({ ...body, progress: 0 });
  });

  test.each([
    ["short", { video_type: "short" }, [320, 480]],
    ["long", { video_type: "long" }, [480, 320]],
  ])("that is %s has its shape", async (_, changes, [width, height]) => {
    const api = golpo(await emulator());
    const { video_url } = await api.end((await api.generate(request(changes))).body.job_id);
    const input = new Input({ source: new BufferSource(await fetched(video_url)), formats: ALL_FORMATS });
    expect(await input.getPrimaryVideoTrack()).toMatchObject({ displayWidth: width, displayHeight: height });
  });

  test("for audio alone ends with a podcast", async () => {
    const api = golpo(await emulator());
    const done = await api.end((await api.generate(request({ audio_only: true }))).body.job_id);
    expect(done.video_url).toBeNull();
    const input = new Input({ source: new BufferSource(await fetched(done.podcast_url)), formats: ALL_FORMATS });
    expect(await input.computeDuration()).toBe(15);
  });

  test("for a script alone ends with its text and no file", async () => {
    const api = golpo(await emulator());
    const asked = request({ just_return_script: true, new_script: "The Moon pulls." });
    const done = await api.end((await api.generate(asked)).body.job_id);
    expect(done).toMatchObject({ status: "completed", script: "The Moon pulls." });
    expect(done).not.toHaveProperty("video_url");
  });

  test("lasts as long as its script when the time is left open", async () => {
    const api = golpo(await emulator());
    const asked = { prompt: "Tides", timing: "auto", new_script: "x".repeat(1050) };
    const { video_url } = await api.end((await api.generate(asked)).body.job_id);
    const input = new Input({ source: new BufferSource(await fetched(video_url)), formats: ALL_FORMATS });
    expect(await input.computeDuration()).toBe(60);
  });

  test("has the same video for the same request and seed, and another for another", async () => {
    const video = async (seed: number, prompt: string): Promise<Uint8Array> => {
      const api = golpo(await emulator({ seed }));
      return fetched((await api.end((await api.generate(request({ prompt }))).body.job_id)).video_url);
    };
    const first = await video(1, "Tides");
    expect(await video(1, "Tides")).toEqual(first);
    expect(await video(1, "Winds")).not.toEqual(first);
    expect(await video(2, "Tides")).not.toEqual(first);
  });

  test.each([
    ["a video", { video_type: "long" }, "solo-female"],
    ["what is a video unless told otherwise", {}, "solo-female"],
    ["a podcast", { audio_only: true }, "conversational"],
    ["a podcast by its missing shape", { video_type: null }, "conversational"],
  ])("with two speakers in %s has the voice that the server chooses", async (_, changes, style) => {
    const api = golpo(await emulator());
    const voices = { style: "conversational", personality_1: "Ada", personality_2: "Bob" };
    const { body } = await api.generate(request({ ...voices, ...changes }));
    expect((await api.get(body.video_id)).body.video).toMatchObject({ style });
  });
});

describe("the account", () => {
  test.each([
    ["0.25", 0.5],
    ["0.5", 1],
    ["2", 4],
    ["10", 20],
  ])("pays for %s minutes %d dollars", async (timing, price) => {
    const api = golpo(await emulator({ credits: 100 }));
    await api.generate(request({ timing }));
    expect((await api.credits()).body).toEqual({ plan: "api", credits: 100 - price, status: "active" });
  });

  test("that is empty is refused with 403, and the refusal costs nothing", async () => {
    const base = await emulator({ credits: 1 });
    const api = golpo(base);
    expect((await api.generate(request({ timing: "0.5" }))).status).toBe(201);
    expect(await api.generate(request())).toMatchObject({ status: 403, body: { message: "Insufficient credits" } });
    expect(base.ledger().map((entry) => entry.kind)).toEqual(["accepted", "refused"]);
  });
});

describe("a key", () => {
  test.each([
    ["none, in version 1", undefined, "/api/v1/videos", 401],
    ["none, in version 2", undefined, "/api/v2/users/credits", 403],
    ["the refused one", "invalid", "/api/v1/videos", 401],
    ["any other", "whatever", "/api/v1/videos", 200],
  ])("%s", async (_, key, path, status) => {
    const base = await emulator();
    const headers: Record<string, string> = key === undefined ? {} : { "x-api-key": key };
    const reply = await fetch(`${base.url}/golpo${path}`, { headers });
    expect(reply.status).toBe(status);
    if (status !== 200) expect(await reply.json()).toEqual({ message: expect.any(String), detail: [] });
  });
});

describe("the videos", () => {
  test("are listed newest first, in parts, with what a client needs to recognise them", async () => {
    const api = golpo(await emulator());
    for (const prompt of ["one", "two", "three"]) await api.generate(request({ prompt, language: "es" }));
    const { body } = await api.list("?limit=2&offset=1");
    expect(body).toMatchObject({ total: 3, videos: [{ prompt: "two" }, { prompt: "one" }] });
    const [video] = (await api.list()).body.videos as readonly { id: string }[];
    expect(video).toMatchObject({
      id: video?.id,
      video_id: video?.id,
      title: "three",
      prompt: "three",
      status: expect.any(String),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      language: "es",
      video_type: "long",
    });
  });

  test.each(["?limit=0", "?limit=x", "?limit=101", "?offset=-1"])("cannot be listed by %s", async (query) => {
    expect(await golpo(await emulator()).list(query)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["query", expect.any(String)] }] },
    });
  });

  test("can be renamed and published in place, and nothing else", async () => {
    const api = golpo(await emulator());
    const { video_id } = (await api.generate(request())).body;
    expect((await api.patch(video_id, { title: "Tides", is_public: true })).body.video).toMatchObject({
      title: "Tides",
      is_public: true,
    });
    expect((await api.get(video_id)).body.video).toMatchObject({
      title: "Tides",
      is_public: true,
      prompt: "How tides work",
    });
  });

  test.each([
    [{}, ["body"]],
    [{ prompt: "x" }, ["body", "prompt"]],
    [{ title: 5 }, ["body", "title"]],
    [{ is_public: "yes" }, ["body", "is_public"]],
  ])("cannot be changed by %j", async (body, loc) => {
    const api = golpo(await emulator());
    const { video_id } = (await api.generate(request())).body;
    expect(await api.patch(video_id, body)).toMatchObject({ status: 422, body: { detail: [{ loc }] } });
  });

  test("that were deleted are gone from everywhere", async () => {
    const api = golpo(await emulator());
    const { video_id, job_id } = (await api.generate(request())).body;
    expect(await api.remove(video_id)).toMatchObject({ status: 200, body: { video_id } });
    expect((await api.get(video_id)).status).toBe(404);
    expect((await api.status(job_id)).status).toBe(404);
    expect((await api.remove(video_id)).status).toBe(404);
    expect((await api.list()).body).toEqual({ videos: [], total: 0 });
  });

  test("and jobs that never were are 404, each in its place", async () => {
    const api = golpo(await emulator());
    const { job_id, video_id } = (await api.generate(request())).body;
    expect((await api.status(video_id)).status).toBe(404);
    expect((await api.get(job_id)).status).toBe(404);
    expect((await api.patch("x", { title: "x" })).status).toBe(404);
    expect((await api.call("GET", "/api/v1/nothing")).body).toEqual({ detail: "Not Found" });
  });
});
