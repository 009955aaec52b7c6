import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, test } from "vitest";
import { wav } from "../../src/emulator/media/wav.ts";
import { memoryState } from "../../src/emulator/state.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { emulator, slow } from "./rig.ts";
import { film, standard, viddyscribe } from "./viddyscribe-client.ts";

const lasting = async (url: Json | undefined): Promise<number> => {
  const bytes = new Uint8Array(await (await fetch(String(url))).arrayBuffer());
  return new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS }).computeDuration();
};

const outputOf = ({ output }: JsonObject): JsonObject => (isObject(output) ? output : {});

describe("an upload", () => {
  test("in one piece tells how long the film is, and is of use at once", async () => {
    const api = viddyscribe(await emulator());
    const { status, body } = await api.upload(film(12.5));
    expect(status).toBe(200);
    expect(body).toEqual({
      media_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: "created",
      duration_seconds: 12.5,
      frame_rate: 30,
    });
    expect((await api.generate("text", body.media_id)).status).toBe(200);
  });

  test("of a file alone, as the overview shows it, is taken too", async () => {
    const api = viddyscribe(await emulator());
    const file = new File([film(1)], "a.mp4", { type: "video/mp4" });
    expect(await api.form("upload_media", {}, file)).toMatchObject({ status: 200, body: { status: "created" } });
  });

  test("over 32 MB in one piece is cut off by the front end, which speaks no JSON", async () => {
    const api = viddyscribe(await emulator());
    const reply = await api.upload(new Uint8Array(32 * 1024 * 1024));
    expect([reply.status, reply.headers.get("content-type")]).toEqual([413, expect.stringContaining("text/plain")]);
  });

  test("without a video stream is refused", async () => {
    const api = viddyscribe(await emulator());
    const sound = await api.upload(wav("0".repeat(64), 1), "song.wav");
    expect(sound).toMatchObject({ status: 415, body: { error: "no_video_stream" } });
    const text = await api.upload(new TextEncoder().encode("no film, and no box"), "film.mp4");
    expect(text.status).toBe(415);
  });

  test("by an address is taken as it stands", async () => {
    const api = viddyscribe(await emulator());
    const { body } = await api.post("upload_media", { input: { type: "url", url: "https://films.example/a.mp4" } });
    expect(body).toMatchObject({ status: "created", duration_seconds: 45.5 });
  });

  test.each<[string, Json]>([
    ["nothing", {}],
    ["no address", { input: { type: "url", url: "films/a.mp4" } }],
    ["a file that is not there", { input: { type: "file" } }],
    ["a name alone", { input: { type: "signed_url", filename: "a.mp4" } }],
    ["a type that is no film's", { input: { type: "signed_url", filename: "a.mp3", content_type: "audio/mpeg" } }],
    ["no name", { input: { type: "signed_url", content_type: "video/mp4" } }],
    ["a type of no kind", { input: { type: "ftp" } }],
  ])("of %s is a bad request", async (_, body) => {
    const api = viddyscribe(await emulator());
    expect(await api.post("upload_media", body)).toMatchObject({ status: 400, body: { error: "bad_request" } });
  });
});

describe("an upload by a signed address", () => {
  test("is put elsewhere, told of, looked at, and then of use", async () => {
    const base = await emulator({ speed: 100 });
    const api = viddyscribe(base);
    const announced = (await api.announce()).body;
    expect(announced).toMatchObject({ status: "pending_upload", content_type: "video/mp4" });
    expect(new URL(String(announced.upload_url)).origin).not.toBe(base.url);
    expect((await api.put(announced, film(3))).status).toBe(200);
    expect((await api.notify(announced)).body).toEqual({ media_id: announced.media_id, upload_status: "processing" });
    expect(await api.generate("text", announced.media_id)).toMatchObject({
      status: 409,
      body: { code: "upload_not_ready", upload_status: "processing", error: expect.stringContaining(" ") },
    });
    expect(await api.verified(announced)).toEqual({
      media_id: announced.media_id,
      upload_status: "completed",
      canonical_media_id: announced.media_id,
      duration_seconds: 3,
    });
    expect((await api.generate("text", announced.media_id)).status).toBe(200);
  });

  test("of bytes that came before goes by their first id, and the new one is not known", async () => {
    const api = viddyscribe(await emulator());
    const first = (await api.upload(film(2))).body.media_id;
    const announced = (await api.announce("again.mp4")).body;
    await api.put(announced, film(2));
    await api.notify(announced);
    expect((await api.verified(announced)).canonical_media_id).toBe(first);
    expect(announced.media_id).not.toBe(first);
    expect((await api.generate("text", announced.media_id)).status).toBe(404);
    expect((await api.generate("text", first)).status).toBe(200);
  });

  test("with another content type than was signed is refused by the storage", async () => {
    const api = viddyscribe(await emulator());
    const announced = (await api.announce()).body;
    expect((await api.put(announced, film(1), "video/webm")).status).toBe(403);
    expect((await api.put(announced, film(1))).status).toBe(200);
  });

  test("may be larger than what Golpo's storage takes", async () => {
    const api = viddyscribe(await emulator());
    const announced = (await api.announce()).body;
    expect((await api.put(announced, new Uint8Array(40 * 1024 * 1024))).status).toBe(200);
  });

  test.each([
    ["was never put", false],
    ["is no film", true],
  ])("that %s fails, and so does what is made of it", async (_, puts) => {
    const api = viddyscribe(await emulator());
    const announced = (await api.announce()).body;
    if (puts) await api.put(announced, new TextEncoder().encode("no film"));
    expect(await api.generate("text", announced.media_id)).toMatchObject({
      status: 409,
      body: { code: "upload_not_ready", upload_status: "pending_upload" },
    });
    await api.notify(announced);
    expect((await api.verified(announced)).upload_status).toBe("failed");
    expect(await api.generate("text", announced.media_id)).toMatchObject({
      status: 409,
      body: { code: "upload_failed" },
    });
  });

  test("is known by both of its names together", async () => {
    const api = viddyscribe(await emulator());
    const { media_id } = (await api.announce()).body;
    expect((await api.notify({ media_id: media_id ?? null, gcs_path: "users/u_1/other" })).status).toBe(404);
    expect((await api.status({ media_id: "none", gcs_path: "none" })).status).toBe(404);
  });
});

test("an upload and a job are known to the next emulator on the same memory", async () => {
  const state = memoryState();
  const first = await emulator({ state });
  const announced = (await viddyscribe(first).announce()).body;
  await viddyscribe(first).put(announced, film(4));
  await viddyscribe(first).notify(announced);
  const { job_id } = await viddyscribe(first).made("video", standard, film(5));
  const second = viddyscribe(await emulator({ state }));
  expect((await second.verified(announced)).upload_status).toBe("completed");
  expect((await second.generate("text", announced.media_id)).status).toBe(200);
  expect(await lasting((await second.results(job_id)).body.video_signed_url)).toBe(5);
});

describe("a job", () => {
  test("of text gives the descriptions, spread over the film", async () => {
    const done = await viddyscribe(await emulator()).made("text", standard, film(40));
    expect(done).toMatchObject({ status: "done", job_id: expect.stringMatching(/^task_/) });
    expect(done).not.toHaveProperty("video_signed_url");
    expect(done).not.toHaveProperty("audio_signed_url");
    const { format, segments } = outputOf(done);
    expect(format).toBe("json");
    const all = Array.isArray(segments) ? (segments as readonly Json[]).filter(isObject) : [];
    expect(all).toHaveLength(5);
    for (const { start, end, text } of all) {
      expect(Number(start)).toBeLessThan(Number(end));
      expect(text).toEqual(expect.stringContaining("tour.mp4"));
    }
    expect(Number(all.at(-1)?.end)).toBeLessThanOrEqual(40);
  });

  test.each([
    ["vtt", /^WEBVTT\n\n00:00:01\.000 --> 00:00:04\.000\nScene 1/],
    ["srt", /^1\n00:00:01,000 --> 00:00:04,000\nScene 1/],
    ["edl", /^TITLE: tour\.mp4\nFCM: NON-DROP FRAME\n\n001 {2}AX .* 00:00:01:00 00:00:04:00/],
  ])("writes its text as %s where that is asked for", async (format, begins) => {
    const output = outputOf(await viddyscribe(await emulator()).made("text", { ...standard, format }));
    expect(output).toEqual({ format, content: expect.stringMatching(begins) });
  });

  test("of audio gives a sound track as long as the film, and its text", async () => {
    const done = await viddyscribe(await emulator()).made("audio", { format: "vtt" }, film(7.5));
    expect(done).not.toHaveProperty("video_signed_url");
    expect(outputOf(done).format).toBe("vtt");
    expect(await lasting(done.audio_signed_url)).toBeCloseTo(7.5, 3);
  });

  test("of video with standard descriptions is as long as the film, and comes with its track", async () => {
    const done = await viddyscribe(await emulator()).made("video", standard, film(9.25));
    expect(await lasting(done.video_signed_url)).toBe(9.25);
    expect(await lasting(done.audio_signed_url)).toBeCloseTo(9.25, 3);
  });

  test("of video with extended descriptions is longer, and comes without a track", async () => {
    const done = await viddyscribe(await emulator()).made("video", { ad_type: "extended_ad" }, film(20));
    expect(await lasting(done.video_signed_url)).toBe(24);
    expect(done).not.toHaveProperty("audio_signed_url");
    expect(outputOf(done).format).toBe("vtt");
  });

  test("speaks a ready text and gives it back", async () => {
    const api = viddyscribe(await emulator());
    const ready = "WEBVTT\n\n00:00.500 --> 00:03.100\nA chart.\n";
    const vtt = await api.made("video", { ...standard, format: "vtt", description_content: ready });
    expect(outputOf(vtt)).toEqual({ format: "vtt", content: ready });
    const list = JSON.stringify([{ start: 0, end: 1, text: "A chart." }]);
    const json = await api.made("audio", { format: "json", description_content: list });
    expect(outputOf(json).segments).toEqual([{ start: 0, end: 1, text: "A chart." }]);
    const prose = await api.made("audio", { format: "json", description_content: "A chart." });
    expect(outputOf(prose).segments).toEqual([{ start: 0, end: 20, text: "A chart." }]);
  });

  test("of an address names the medium that it became", async () => {
    const api = viddyscribe(await emulator());
    const input = { type: "url", url: "https://films.example/a%20tour.mp4" };
    const first = (await api.post("generate_ad_text", { input, generation_config: standard })).body;
    expect(first).toMatchObject({ status: "queued", media_id: expect.any(String) });
    expect((await api.generate("audio", first.media_id, { format: "json" })).status).toBe(200);
  });

  test("of a file that comes with it names the medium that it became", async () => {
    const api = viddyscribe(await emulator());
    const file = new File([film(2)], "a.mp4", { type: "video/mp4" });
    const parts = { input: { type: "file" }, generation_config: standard };
    const { body } = await api.form("generate_ad_text", parts, file);
    expect(body).toMatchObject({ status: "queued" });
    expect((await api.upload(film(2))).body.media_id).toBe(body.media_id);
    const none = await api.form("generate_ad_text", { ...parts, input: { type: "file" } });
    expect(none.status).toBe(400);
    const sound = new File([wav("0".repeat(64), 1)], "a.wav", { type: "audio/wav" });
    expect((await api.form("generate_ad_text", parts, sound)).status).toBe(415);
  });

  test("is queued, then processed, while time goes by", async () => {
    const api = viddyscribe(await emulator({ speed: slow }));
    const { media_id } = (await api.upload(film(2))).body;
    const { job_id } = (await api.generate("text", media_id)).body;
    const { body } = await api.results(job_id);
    expect(body).toEqual({
      job_id,
      status: "queued",
      media_id,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      updated_at: expect.any(String),
    });
  });

  test("costs credits for each minute of its source, by what is made of it", async () => {
    const base = await emulator({ credits: 2.5 });
    const api = viddyscribe(base);
    const { media_id } = (await api.upload(film(60))).body;
    const made = async (operation: string, config: JsonObject): Promise<number> =>
      (await api.generate(operation, media_id, config)).status;
    expect(await made("video", standard)).toBe(200);
    expect(await made("audio", { format: "json" })).toBe(200);
    expect(await made("text", standard)).toBe(200);
    expect(await made("video", standard)).toBe(429);
    expect((await api.generate("text", media_id)).body).toMatchObject({ error: "plan_limit_exceeded" });
    expect(base.ledger().flatMap((entry) => (entry.kind === "accepted" ? [entry.price] : []))).toEqual([
      "1.00",
      "0.75",
      "0.50",
    ]);
  });

  test("of a ready text costs half", async () => {
    const base = await emulator();
    await viddyscribe(base).made("video", { ...standard, description_content: "A chart." }, film(60));
    expect(base.ledger()).toMatchObject([{ kind: "accepted", price: "0.50" }]);
  });

  test("asked for again is a second bill, and text and audio of one film are two things", async () => {
    const base = await emulator();
    const api = viddyscribe(base);
    const { media_id } = (await api.upload(film(2))).body;
    for (const operation of ["text", "audio", "text"]) await api.generate(operation, media_id, { format: "json" });
    const entries = base.ledger().map((entry) => "duplicateOf" in entry);
    expect(entries).toEqual([false, false, true]);
  });
});

describe("what is refused", () => {
  const config = (changes: JsonObject): JsonObject => ({ ...standard, ...changes });
  test.each<[string, string, Json]>([
    ["a format that is the film", "video", config({ format: "video" })],
    ["a format of no kind", "text", config({ format: "ass" })],
    ["extended descriptions for audio", "audio", config({ ad_type: "extended_ad" })],
    ["a type of no kind", "video", config({ ad_type: "both" })],
    ["a language by its name", "text", config({ language: "English (US)" })],
    ["a category of no kind", "text", config({ video_category: "Lecture" })],
    ["a blank voice", "audio", config({ voice: " " })],
    ["a truth in words", "video", config({ auto_fit: "yes" })],
    ["a volume in words", "video", config({ volume_level_db: "-5" })],
    ["instructions that are no text", "text", config({ custom_instructions: 5 })],
    ["a configuration that is none", "text", "json"],
  ])("%s is a bad request", async (_, operation, written) => {
    const api = viddyscribe(await emulator());
    const { media_id } = (await api.upload(film(1))).body;
    const reply = await api.generate(operation, media_id, written);
    expect(reply).toMatchObject({ status: 400, body: { error: "bad_request", message: expect.any(String) } });
  });

  test("input of no kind, the flat body of older samples, and no body", async () => {
    const api = viddyscribe(await emulator());
    const { media_id = null } = (await api.upload(film(1))).body;
    const post = async (body: Json) => (await api.post("generate_ad_video", body)).status;
    expect(await post({ media_id, language: "en-US" })).toBe(400);
    expect(await post({ input: { type: "media_id" } })).toBe(400);
    expect(await post({ input: { type: "url", url: "a.mp4" } })).toBe(400);
    expect(await post({ input: { type: "file" } })).toBe(400);
    expect(await post([])).toBe(400);
  });

  test("what is not known, with 404", async () => {
    const api = viddyscribe(await emulator());
    expect((await api.generate("text", "1f6b0c3e-6a53-4d59-9a0e-8c5f0e2b7d11")).status).toBe(404);
    expect(await api.results("task_0")).toMatchObject({ status: 404, body: { error: "not_found" } });
    expect((await api.get("get_results", {})).status).toBe(400);
    expect((await api.post("generate_ad_text_from_url", { source_url: "https://a.example/a.mp4" })).status).toBe(404);
  });

  test("a key that is missing or wrong, with 401", async () => {
    const { root } = viddyscribe(await emulator());
    for (const headers of [{}, { "x-api-key": "invalid" }]) {
      const reply = await fetch(`${root}/get_results?job_id=x`, { headers });
      expect([reply.status, await reply.json()]).toMatchObject([401, { error: "unauthorized" }]);
    }
  });

  test("a film longer than the plan allows, with 403", async () => {
    const api = viddyscribe(await emulator());
    // An MP4 whose index says that it lasts five hours.
    const long = film(1);
    const at = Buffer.from(long).indexOf("mvhd");
    new DataView(long.buffer).setUint32(at + 20, 5 * 3600 * 1000);
    const { body } = await api.upload(long);
    expect(body.duration_seconds).toBe(18_000);
    expect(await api.generate("text", body.media_id)).toMatchObject({ status: 403, body: { error: "video_too_long" } });
  });

  test("the hundred and first job that waits, with 429", async () => {
    const api = viddyscribe(await emulator({ speed: slow }));
    const { media_id } = (await api.upload(film(1))).body;
    for (let jobs = 0; jobs < 100; jobs++) expect((await api.generate("text", media_id)).status).toBe(200);
    expect(await api.generate("text", media_id)).toMatchObject({
      status: 429,
      body: { error: "queue_limit_exceeded" },
    });
  });
});

describe("what goes wrong on demand", () => {
  const started = async (options: Parameters<typeof emulator>[0]) => {
    const base = await emulator(options);
    const api = viddyscribe(base);
    return { base, api, media: (await api.upload(film(20))).body.media_id };
  };

  test.each<[number, string]>([
    [400, "bad_request"],
    [401, "unauthorized"],
    [403, "feature_not_available"],
    [404, "not_found"],
    [415, "no_video_stream"],
    [429, "rate_limit_exceeded"],
    [500, "internal_error"],
  ])("a status %i says %s, and then all is well", async (status, error) => {
    const { api, media } = await started({ faults: [{ on: "submit", kind: "status", status }] });
    expect(await api.generate("text", media)).toMatchObject({ status, body: { error } });
    expect((await api.generate("text", media)).status).toBe(200);
  });

  test("a 429 says in its body how long to wait, where a rule says so", async () => {
    const rule = { on: "submit", kind: "status", status: 429 } as const;
    const { api, media } = await started({ faults: [{ ...rule, retryAfter: 30 }, rule] });
    expect((await api.generate("text", media)).body).toMatchObject({ retry_after: 30 });
    expect((await api.generate("text", media)).body).not.toHaveProperty("retry_after");
  });

  test("a 409 has its code beside prose", async () => {
    const { api, media } = await started({ faults: [{ on: "submit", kind: "status", status: 409 }] });
    expect((await api.generate("text", media)).body).toMatchObject({ code: "upload_not_ready" });
  });

  test.each(["file_too_large", "limit_reached", "concurrency_limit_exceeded"])("%s, by its body", async (error) => {
    const status = error === "concurrency_limit_exceeded" ? 429 : 403;
    const { api, media } = await started({ faults: [{ on: "submit", kind: "status", status, body: { error } }] });
    expect(await api.generate("text", media)).toMatchObject({ status, body: { error } });
  });

  test("a gateway's page", async () => {
    const { api, media } = await started({ faults: [{ on: "submit", kind: "status", status: 502 }] });
    expect((await api.generate("text", media)).text).toMatch(/^<!doctype html>/);
  });

  test("a job fails with a code and with words, by its film's name", async () => {
    const faults = [
      { on: "submit", kind: "fails", message: "no_video_stream", prompt: "TOUR" },
      { on: "submit", kind: "fails", message: "The narrator lost the voice", nth: 2 },
    ] as const;
    const { api, media } = await started({ faults });
    const first = await api.end((await api.generate("text", media)).body.job_id);
    expect(first).toMatchObject({ status: "failed", error: "no_video_stream", message: expect.stringMatching(/ /) });
    const second = await api.end((await api.generate("text", media)).body.job_id);
    expect(second).toMatchObject({ error: "processing_failed", message: "The narrator lost the voice" });
  });

  test("a job never ends", async () => {
    const { api, media } = await started({ faults: [{ kind: "stuck" }] });
    const { job_id } = (await api.generate("text", media)).body;
    await api.end((await api.generate("text", media)).body.job_id);
    expect((await api.results(job_id)).body.status).toBe("processing");
  });

  test("a word of no document stands for a status", async () => {
    const { api, media } = await started({ faults: [{ kind: "unknown-status", word: "postprocessing" }] });
    const { job_id } = (await api.generate("text", media)).body;
    expect((await api.results(job_id)).body.status).toBe("postprocessing");
  });

  test("an answer has the shape of an older version", async () => {
    const { api, media } = await started({
      faults: [
        { kind: "old-style", times: 2 },
        { kind: "fails", nth: 2 },
      ],
    });
    const done = await api.end((await api.generate("video", media)).body.job_id);
    expect(done).toMatchObject({ result_url: expect.stringMatching(/\.mp4\?/) });
    expect(done).not.toHaveProperty("video_signed_url");
    expect(outputOf(done)).toEqual({
      language: "en-US",
      ad_type: "standard_ad",
      items: expect.arrayContaining([{ start: 1, end: 4, text: expect.any(String) }]),
      vtt: expect.stringMatching(/^WEBVTT/),
    });
    const failed = await api.end((await api.generate("video", media)).body.job_id);
    expect(failed.error).toBe("The job failed: processing failed");
    expect(failed).not.toHaveProperty("message");
  });

  test("a done job does not say where its files are", async () => {
    const { api, media } = await started({ faults: [{ kind: "no-url" }] });
    const done = await api.end((await api.generate("video", media)).body.job_id);
    expect(done).toMatchObject({ status: "done", output: expect.anything() });
    expect(done).not.toHaveProperty("video_signed_url");
  });

  test("a link has expired, and the next poll signs another", async () => {
    const { api, media } = await started({ faults: [{ kind: "expired-link" }] });
    const { job_id } = (await api.generate("video", media)).body;
    const dead = await api.end(job_id);
    expect((await fetch(String(dead.video_signed_url))).status).toBe(403);
    const alive = (await api.results(job_id)).body;
    expect((await fetch(String(alive.video_signed_url))).status).toBe(200);
  });

  test("an upload is not found to be ready", async () => {
    const { api } = await started({ faults: [{ on: "verify", kind: "status", status: 500, nth: 2 }] });
    const announced = (await api.announce()).body;
    await api.put(announced, film(1));
    expect((await api.notify(announced)).status).toBe(200);
    expect((await api.status(announced)).status).toBe(500);
    expect((await api.verified(announced)).upload_status).toBe("completed");
  });

  test("the answer to a submit that was paid for is never heard", async () => {
    const { base, api, media } = await started({ faults: [{ on: "submit", kind: "accept-then-drop" }] });
    await expect(api.generate("text", media)).rejects.toThrow();
    expect(base.ledger()).toMatchObject([{ kind: "accepted", unheard: "accept-then-drop" }]);
  });
});
