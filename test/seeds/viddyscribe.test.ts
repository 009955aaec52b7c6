import { readFileSync } from "node:fs";
import { afterAll, expect } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/server.ts";
import type { FailureClass } from "../../src/model/job.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { PaidWire } from "../../src/model/provider.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { viddyscribe } from "../../src/providers/viddyscribe/viddyscribe.ts";
import { validate } from "../../src/schema/viddyscribe.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { viddyscribe as client, film } from "../emulator/viddyscribe-client.ts";
import { covers } from "./coverage.ts";

const running: Promise<Emulator> = startEmulator({ speed: 1e6 });
afterAll(async () => (await running).close());
const api = async () => client(await running);
const uploaded = async () => (await (await api()).upload(film(2))).body.media_id ?? null;

const operations = ["text", "audio", "video"] as const;
type Operation = (typeof operations)[number];

const written = (operation: Operation, changes: JsonObject = {}): JsonObject => ({
  operation,
  input: "media:m-1",
  format: "json",
  ...(operation === "audio" ? {} : { ad_type: "standard_ad" }),
  ...changes,
});

/** What the schema says of a request. */
function problems(request: JsonObject): readonly string[] {
  const parsed = parseDocument("videos/x.yaml" as RepoPath, JSON.stringify(request));
  if (!parsed.ok) throw new Error("what is JSON is YAML too");
  return checkValue(validate, parsed.value.value, parsed.value).map(({ message }) => message);
}

/** What the provider posts of a request, and where. */
async function sent({
  operation,
  ...fields
}: JsonObject): Promise<{ readonly path: string; readonly body: JsonObject }> {
  let path = "";
  let body: JsonObject = {};
  const wire: PaidWire = {
    async post(to, posted, read) {
      path = to;
      body = JSON.parse(JSON.stringify(posted));
      return read({ job_id: "task_1" });
    },
  };
  await viddyscribe.submit({ operation: String(operation), with: fields, metadata: {} }, wire);
  return { path, body };
}

/** The schema has nothing to say, the provider sends what was written, and the API takes it. */
async function takes(request: JsonObject, config: JsonObject): Promise<void> {
  expect(problems(request)).toEqual([]);
  const { path, body } = await sent(request);
  expect(body.generation_config).toMatchObject(config);
  const { root, post } = await api();
  expect(new URL(root).pathname.endsWith("/enterprise/api")).toBe(true);
  const input = { type: "media_id", media_id: await uploaded() };
  expect((await post(path.replace("/enterprise/api/", ""), { ...body, input })).status).toBe(200);
}

const ofMedium = (operation: Operation) => async (): Promise<void> => {
  const { path, body } = await sent(written(operation));
  expect(path).toBe(`/enterprise/api/generate_ad_${operation}`);
  expect(body.input).toEqual({ type: "media_id", media_id: "m-1" });
  expect((await (await api()).generate(operation, await uploaded())).body.status).toBe("queued");
};

const ofAddress = (operation: Operation) => async (): Promise<void> => {
  const request = written(operation, { input: "https://films.example/a.mp4" });
  expect(problems(request)).toEqual([]);
  const { path, body } = await sent(request);
  expect(body.input).toEqual({ type: "url", url: "https://films.example/a.mp4" });
  const taken = await (await api()).post(path.replace("/enterprise/api/", ""), body);
  expect(taken.body).toMatchObject({ status: "queued", media_id: expect.any(String) });
};

/** A file of ours goes up first, and once for all operations. The API takes it along with the request, too. */
const ofFile = (operation: Operation) => async (): Promise<void> => {
  expect(problems(written(operation, { input: "tour.mp4" }))).toEqual([]);
  expect(viddyscribe.upload?.shared).toBe(true);
  const file = new File([film(2)], "a.mp4", { type: "video/mp4" });
  const parts = { input: { type: "file" }, generation_config: { format: "json" } };
  expect((await (await api()).form(`generate_ad_${operation}`, parts, file)).status).toBe(200);
};

/** The API answers so where this is asked of it, and the provider knows what it means. */
async function refused(
  options: EmulatorOptions,
  expected: { readonly status: number; readonly body: JsonObject; readonly class: FailureClass | undefined },
  ask: (api: ReturnType<typeof client>) => Promise<{ readonly status: number; readonly body: JsonObject }>,
): Promise<void> {
  const emulator = await startEmulator({ speed: 1e6, ...options });
  try {
    const { status, body } = await ask(client(emulator));
    expect(status).toBe(expected.status);
    expect(body).toMatchObject(expected.body);
    expect(viddyscribe.meaning?.(status, body).class).toBe(expected.class);
  } finally {
    await emulator.close();
  }
}

const struck =
  (status: number, failure: FailureClass | undefined, body?: JsonObject, expected: JsonObject = body ?? {}) =>
  (): Promise<void> =>
    refused(
      { faults: [{ on: "submit", kind: "status", status, ...(body === undefined ? {} : { body }) }] },
      { status, body: expected, class: failure },
      (at) => at.post("generate_ad_text", {}),
    );

const languages: { readonly [name: string]: string } = {
  "English (US)": "en-US",
  "English (GB)": "en-GB",
  "English (AU)": "en-AU",
  "English (IN)": "en-IN",
  "Spanish (ES)": "es-ES",
  "Spanish (US)": "es-US",
  "French (FR)": "fr-FR",
  "French (CA)": "fr-CA",
  German: "de-DE",
  Italian: "it-IT",
  "Portuguese (BR)": "pt-BR",
  Japanese: "ja-JP",
  Korean: "ko-KR",
  Chinese: "cmn-CN",
  Arabic: "ar-XA",
  Hindi: "hi-IN",
  Bengali: "bn-IN",
  Bulgarian: "bg-BG",
  Croatian: "hr-HR",
  Czech: "cs-CZ",
  Danish: "da-DK",
  "Dutch (NL)": "nl-NL",
  "Dutch (BE)": "nl-BE",
  Estonian: "et-EE",
  Finnish: "fi-FI",
  Greek: "el-GR",
  Gujarati: "gu-IN",
  Hebrew: "he-IL",
  Hungarian: "hu-HU",
  Indonesian: "id-ID",
  Kannada: "kn-IN",
  Latvian: "lv-LV",
  Lithuanian: "lt-LT",
  Malayalam: "ml-IN",
  Marathi: "mr-IN",
  Norwegian: "nb-NO",
  Polish: "pl-PL",
  "Punjabi (India)": "pa-IN",
  Romanian: "ro-RO",
  Russian: "ru-RU",
  "Serbian (Cyrillic)": "sr-RS",
  Slovak: "sk-SK",
  Slovenian: "sl-SI",
  Swedish: "sv-SE",
  Swahili: "sw-KE",
  Tamil: "ta-IN",
  Telugu: "te-IN",
  Thai: "th-TH",
  Turkish: "tr-TR",
  Ukrainian: "uk-UA",
  Urdu: "ur-IN",
  Vietnamese: "vi-VN",
};

const categories = [
  "Auto",
  "Educational Lecture",
  "Educational Kids",
  "Government Meeting",
  "Documentary",
  "Narrative Story",
  "Social Media",
  "Tutorial/How-To",
  "Vlog",
  "Commercial/Advertisement",
  "News",
  "Entertainment",
  "Home Video",
  "Video Call",
];

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/providers/viddyscribe.schema.json", import.meta.url), "utf8"),
);

const format = (name: string) => async (): Promise<void> => {
  for (const operation of operations) await takes(written(operation, { format: name }), { format: name });
};

covers("viddyscribe", {
  "base URL": () => expect(viddyscribe.baseUrl).toBe("https://api.viddyscribe.com"),
  "header X-API-Key": async () => {
    expect(viddyscribe.headers("vsk_1")).toEqual({ "x-api-key": "vsk_1" });
    const { root } = await api();
    const reply = await fetch(`${root}/get_results?job_id=x`, { headers: { "X-API-Key": "vsk_1" } });
    expect(reply.status).toBe(404);
  },
  "every request needs a key": async () => {
    const { root } = await api();
    const calls = ["upload_media", "notify_upload_complete", ...operations.map((one) => `generate_ad_${one}`)];
    for (const call of calls) expect((await fetch(`${root}/${call}`, { method: "POST" })).status).toBe(401);
    for (const call of ["get_upload_status", "get_results"]) expect((await fetch(`${root}/${call}`)).status).toBe(401);
  },

  "Upload Media File: multipart/form-data": async () => {
    expect((await (await api()).upload(film(2))).body).toMatchObject({ status: "created", duration_seconds: 2 });
  },
  "Upload from URL: application/json": async () => {
    const input = { type: "url", url: "https://films.example/a.mp4" };
    expect((await (await api()).post("upload_media", { input })).body).toMatchObject({ status: "created" });
  },
  "Generate Text: requires media_id": ofMedium("text"),
  "Generate Text: From URL": ofAddress("text"),
  "Generate Text: From File": ofFile("text"),
  "Generate Audio: requires media_id": ofMedium("audio"),
  "Generate Audio: From URL": ofAddress("audio"),
  "Generate Audio: From File": ofFile("audio"),
  "Generate Video: requires media_id": ofMedium("video"),
  "Generate Video: From URL": ofAddress("video"),
  "Generate Video: From File": ofFile("video"),
  "Get Results: poll for job results": async () => {
    const done = await (await api()).made("text");
    expect(done).toMatchObject({ status: "done", output: { format: "json" } });
  },
  "Get Results: download outputs": async () => {
    const done = await (await api()).made("video");
    for (const url of [done.video_signed_url, done.audio_signed_url])
      expect((await fetch(String(url))).status).toBe(200);
  },

  ...Object.fromEntries(
    Object.entries(languages).map(([name, language]) => [
      `language ${name}`,
      () => takes(written("video", { language }), { language }),
    ]),
  ),
  "52 languages": () => expect(new Set(Object.values(languages)).size).toBe(52),

  ...Object.fromEntries(
    categories.map((video_category) => [
      `category ${video_category}`,
      () => takes(written("video", { video_category }), { video_category }),
    ]),
  ),
  "14 categories": () => expect(schema.properties.video_category.enum).toEqual(categories),

  "format json": format("json"),
  "format vtt": format("vtt"),
  "format edl": format("edl"),
  "format video": async () => {
    expect(problems(written("video", { format: "video" }))).toEqual([
      'format is that of the text: json, vtt, srt or edl, not "video"',
    ]);
    const at = await api();
    expect((await at.generate("video", await uploaded(), { format: "video" })).status).toBe(400);
    expect(await at.made("video")).toHaveProperty("video_signed_url");
  },

  "status 400": async () => {
    expect((await (await api()).generate("text", await uploaded(), { language: "English" })).status).toBe(400);
  },
  "status 401": () => struck(401, "auth", undefined, { error: "unauthorized" })(),
  "status 403": () => struck(403, "plan", undefined, { error: "feature_not_available" })(),
  "status 404": async () => {
    expect((await (await api()).generate("text", "none")).status).toBe(404);
    expect((await (await api()).results("none")).status).toBe(404);
  },
  "status 409": () => struck(409, "rate", undefined, { code: "upload_not_ready" })(),
  "status 415": async () => {
    expect((await (await api()).upload(new TextEncoder().encode("no film"))).status).toBe(415);
  },
  "status 429": () => struck(429, "rate", undefined, { error: "rate_limit_exceeded" })(),
  "status 500": () => struck(500, undefined, undefined, { error: "internal_error" })(),

  "no_video_stream: 415": () =>
    refused({}, { status: 415, body: { error: "no_video_stream" }, class: "invalid" }, (at) =>
      at.upload(new TextEncoder().encode("RIFF    WAVEfmt "), "song.wav"),
    ),
  "video_too_long: 403": () =>
    refused({}, { status: 403, body: { error: "video_too_long" }, class: "plan" }, async (at) => {
      const long = film(1);
      new DataView(long.buffer).setUint32(Buffer.from(long).indexOf("mvhd") + 20, 5 * 3600 * 1000);
      return at.generate("text", (await at.upload(long)).body.media_id);
    }),
  "file_too_large: 403": struck(403, "plan", { error: "file_too_large", message: "Too large" }),
  "upload_not_ready: 409, in code": () =>
    refused({ speed: 1 }, { status: 409, body: { code: "upload_not_ready" }, class: "rate" }, async (at) => {
      const announced = (await at.announce()).body;
      await at.put(announced, film(1));
      await at.notify(announced);
      return at.generate("text", announced.media_id);
    }),
  "upload_failed: 409, in code": () =>
    refused({}, { status: 409, body: { code: "upload_failed" }, class: "invalid" }, async (at) => {
      const announced = (await at.announce()).body;
      await at.notify(announced);
      await at.verified(announced);
      return at.generate("text", announced.media_id);
    }),
  "plan_limit_exceeded: 429": () =>
    refused({ credits: 0 }, { status: 429, body: { error: "plan_limit_exceeded" }, class: "quota" }, async (at) =>
      at.generate("text", (await at.upload(film(60))).body.media_id),
    ),
  "concurrency_limit_exceeded: 429": struck(429, "rate", { error: "concurrency_limit_exceeded" }),
  "queue_limit_exceeded: 429": () =>
    refused({ speed: 1e-3 }, { status: 429, body: { error: "queue_limit_exceeded" }, class: "rate" }, async (at) => {
      const { media_id } = (await at.upload(film(1))).body;
      for (let jobs = 0; jobs < 100; jobs++) await at.generate("text", media_id);
      return at.generate("text", media_id);
    }),
  "rate_limit_exceeded: 429": struck(429, "rate", { error: "rate_limit_exceeded", message: "Slow down" }),

  "limits are enforced per team across all API keys": async () => {
    const emulator = await startEmulator({ speed: 1e-3 });
    const { media_id } = (await client(emulator).upload(film(1))).body;
    for (let jobs = 0; jobs < 100; jobs++) await client(emulator).generate("text", media_id);
    const reply = await fetch(`${client(emulator).root}/generate_ad_text`, {
      method: "POST",
      headers: { "x-api-key": "vsk_another", "Content-Type": "application/json" },
      body: JSON.stringify({ input: { type: "media_id", media_id }, generation_config: {} }),
    });
    expect(reply.status).toBe(429);
    await emulator.close();
  },
  "retry_after: seconds to wait": () =>
    refused(
      { faults: [{ on: "submit", kind: "status", status: 429, retryAfter: 30 }] },
      { status: 429, body: { error: "rate_limit_exceeded", retry_after: 30 }, class: "rate" },
      (at) => at.post("generate_ad_text", {}),
    ),
});
