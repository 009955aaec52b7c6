import { readFileSync } from "node:fs";
import { afterAll, expect } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/server.ts";
import { openPaidWires } from "../../src/io/http/paid.ts";
import { openWire } from "../../src/io/http/wire.ts";
import { mediaTypeOf } from "../../src/io/media-type.ts";
import type { FailureClass, Job } from "../../src/model/job.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { decimal } from "../../src/model/money.ts";
import type { PaidWire, Wire } from "../../src/model/provider.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { golpo } from "../../src/providers/golpo/golpo.ts";
import { notes } from "../../src/schema/golpo.notes.ts";
import { validate } from "../../src/schema/golpo.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { golpo as client, type Reply } from "../emulator/rig.ts";
import { half, intent, testClock } from "../io/http/world.ts";
import * as samples from "../io/media-samples.ts";
import { noFacts } from "../providers/facts.ts";
import { covers } from "./coverage.ts";

const running: Promise<Emulator> = startEmulator({ speed: 1e6 });
afterAll(async () => (await running).close());
const api = async () => client(await running);

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const schema = JSON.parse(read("schemas/providers/golpo.schema.json")) as JsonObject;
const page = read("docs/providers/golpo.md").replace(/\s+/g, " ");

/** What the schema says of a field, which is what its reader sees. */
function says(field: string): string {
  const part = isObject(schema.properties) ? schema.properties[field] : undefined;
  return isObject(part) ? String(part.description) : "";
}

/** How the schema judges a request: by its gravest complaint. */
function judged(request: JsonObject): "sound" | "warning" | "error" {
  const parsed = parseDocument("videos/x.yaml" as RepoPath, JSON.stringify(request));
  if (!parsed.ok) throw new Error("what is JSON is YAML too");
  const problems = checkValue(validate, parsed.value.value, parsed.value);
  if (problems.length === 0) return "sound";
  return problems.every(({ severity }) => severity === "warning") ? "warning" : "error";
}

const request = (changes: JsonObject = {}): JsonObject => ({ prompt: "How tides work", ...changes });

/** Has the provider submit to the emulator: what it posted, where, what came back and what it made of that. */
async function submitted(fields: JsonObject) {
  const calls: { readonly path: string; readonly body: Json; readonly reply: Reply }[] = [];
  const wire: PaidWire = {
    async post(path, body, take) {
      const posted = body as Json;
      const reply = await (await api()).call("POST", path, posted);
      calls.push({ path, body: posted, reply });
      return take(reply.body);
    },
  };
  const { job } = await golpo.submit({ operation: "generate", with: fields, metadata: {} }, wire);
  const [call, ...others] = calls;
  if (call === undefined) throw new Error("nothing was posted");
  expect(others).toEqual([]);
  return { ...call, job };
}

/** The provider sends what was written, and the API takes it. */
async function sends(changes: JsonObject, written = request(changes)): Promise<Job> {
  const { body, reply, job } = await submitted(written);
  expect(body).toEqual(written);
  expect(reply.status).toBe(201);
  return job;
}

/** The schema has nothing to say, either. */
async function takes(changes: JsonObject): Promise<void> {
  expect(judged(request(changes))).toBe("sound");
  await sends(changes);
}

async function warns(changes: JsonObject): Promise<void> {
  expect(judged(request(changes))).toBe("warning");
  await sends(changes);
}

/** The schema stops it, and the API names the field. */
async function refuses(changes: JsonObject, field: string): Promise<void> {
  expect(judged(request(changes))).toBe("error");
  const { status, body } = await (await api()).generate(request(changes));
  expect(status).toBe(422);
  expect(JSON.stringify(body.detail)).toContain(`["body","${field}"]`);
}

/** A video of the list, as it was made of a request. */
async function made(changes: JsonObject): Promise<JsonObject> {
  const job = await sends(changes);
  await (await api()).end(job.id);
  const { video } = (await (await api()).get(job.video)).body;
  return isObject(video) ? video : {};
}

const finished = async (changes: JsonObject): Promise<JsonObject> => (await api()).end((await sends(changes)).id);

const access = (emulator: Emulator, key: string) => ({
  provider: golpo,
  key,
  baseUrl: `${emulator.url}/golpo`,
  emulated: true,
  random: half,
  clock: testClock(Date.now()),
});

type Ask = (wires: { readonly free: Wire; readonly paid: PaidWire }) => Promise<unknown>;

/** What the provider throws over real HTTP, and the answer that it was told. */
async function refused(
  status: number,
  failure: FailureClass,
  ask: Ask,
  { key = "k-1", struck }: { readonly key?: string; readonly struck?: number } = {},
): Promise<void> {
  const faults = struck === undefined ? [] : [{ kind: "status", status: struck, times: "always" } as const];
  const emulator = await startEmulator({ speed: 1e6, faults });
  try {
    const open = access(emulator, key);
    const free = openWire(open);
    const paid = openPaidWires(open)(intent(Date.now() + 60_000));
    const error = await ask({ free, paid }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ status, class: failure });
  } finally {
    await emulator.close();
  }
}

const submit =
  (changes: JsonObject = {}): Ask =>
  ({ paid }) =>
    golpo.submit({ operation: "generate", with: request(changes), metadata: {} }, paid);
const poll: Ask = ({ free }) => golpo.poll({ id: "none" }, free);

/** A wire on which every question is noted and answered alike. */
function noted(answer: Json): Wire & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async get(path, take) {
      asked.push(`GET ${path}`);
      return take(answer);
    },
    async post(path, _body, take) {
      asked.push(`POST ${path}`);
      return take(answer);
    },
    async patch(path, body, take) {
      asked.push(`PATCH ${path} ${JSON.stringify(body)}`);
      return take(answer);
    },
    async delete(path, take) {
      asked.push(`DELETE ${path}`);
      return take(answer);
    },
    async put(url, bytes, mediaType) {
      asked.push(`PUT ${url} ${bytes.length} ${mediaType}`);
    },
  };
}

const lost = (fields: JsonObject) => ({
  traits: golpo.search?.traits({ operation: "generate", with: request(fields) }) ?? {},
  claimedAt: "2026-05-01T10:00:00Z",
});

type Proofs = { [row: string]: () => unknown };

interface Parameter {
  readonly name: string;
  /** Its row: the type and the default, as the document has them. */
  readonly is: string;
  readonly good: Json;
  /** Of another type. */
  readonly bad: Json;
  /** How our schema words the default: "empty" for "", and both where newer documents differ. */
  readonly usual: string;
  /** What has to stand beside it. */
  readonly beside?: JsonObject;
}

const canvas = { use_2_0_style: true };
const image = "https://a.example/a.png";
const clip = "https://a.example/a.mp4";

const parameters: readonly Parameter[] = [
  { name: "upload_urls", is: "array of strings, None", good: [image], bad: image, usual: "none" },
  { name: "add_music", is: "boolean, false", good: true, bad: "true", usual: "false" },
  { name: "voice_instructions", is: 'string, ""', good: "Warm, British", bad: 1, usual: "empty" },
  { name: "personality_1", is: "string, None", good: "Joe", bad: 1, usual: "none" },
  { name: "personality_2", is: "string, None", good: "Sarah", bad: 1, usual: "none" },
  { name: "just_return_script", is: "boolean, false", good: true, bad: "true", usual: "false" },
  { name: "new_script", is: "string, None", good: "The Moon pulls.", bad: 1, usual: "none" },
  { name: "do_research", is: "boolean, false", good: true, bad: 1, usual: "false" },
  { name: "style", is: 'string, "solo-female"', good: "solo-male", bad: 1, usual: "solo-female in the older" },
  { name: "use_color", is: "boolean, false", good: true, bad: "true", usual: "false in the older" },
  { name: "white_bg", is: "boolean, true", good: false, bad: "false", usual: "true" },
  { name: "flat_background_color", is: "boolean, false", good: true, bad: "true", usual: "false" },
  { name: "tts_model", is: 'string, "accurate"', good: "flash", bad: 1, usual: "accurate" },
  { name: "language", is: 'string, "en"', good: "es", bad: 1, usual: "en" },
  { name: "bg_music", is: "string, None", good: "jazz", bad: 1, usual: "none" },
  { name: "bg_volume", is: "float, 1.0", good: 0, bad: "0", usual: "1" },
  { name: "output_volume", is: "float, 1.0", good: 0.5, bad: "0.5", usual: "1" },
  { name: "video_type", is: 'string, "long"', good: "short", bad: 1, usual: "long" },
  { name: "audio_only", is: "boolean, false", good: true, bad: "true", usual: "false" },
  { name: "timing", is: "string, None", good: "1", bad: true, usual: "none" },
  { name: "include_watermark", is: "boolean, true", good: false, bad: "false", usual: "true in the older" },
  { name: "logo", is: "string, None", good: image, bad: 1, usual: "none" },
  { name: "logo_placement", is: 'string, "tl"', good: "br", bad: 1, usual: "tl", beside: { logo: image } },
  { name: "video_instructions", is: 'string, ""', good: "Blue and white", bad: 1, usual: "empty" },
  { name: "no_voice_chunking", is: "boolean, true", good: false, bad: "false", usual: "true" },
  { name: "use_lineart_2_style", is: 'string, "false"', good: "true", bad: true, usual: '"false"' },
  { name: "audio_clip", is: "string, None", good: "https://a.example/a.mp3", bad: 1, usual: "none" },
  {
    name: "user_audio_in_video",
    is: "array of integers, None",
    good: [1],
    bad: [0.5],
    usual: "none",
    beside: { user_videos: [clip] },
  },
  { name: "user_images", is: "array of strings, None", good: [image], bad: image, usual: "none" },
  {
    name: "user_images_descriptions",
    is: "array of strings, None",
    good: ["The front"],
    bad: [1],
    usual: "none",
    beside: { user_images: [image] },
  },
  {
    name: "use_as_is",
    is: "array of booleans, None",
    good: [false],
    bad: ["false"],
    usual: "none",
    beside: { user_images: [image] },
  },
  {
    name: "skip_animation",
    is: "array of booleans, None",
    good: [false],
    bad: [0],
    usual: "none",
    beside: { user_images: [image] },
  },
  { name: "user_videos", is: "array of strings, None", good: [clip], bad: clip, usual: "none" },
  {
    name: "user_videos_description",
    is: "array of strings, None",
    good: ["A customer"],
    bad: [1],
    usual: "none",
    beside: { user_videos: [clip] },
  },
  { name: "is_public", is: "boolean, None", good: true, bad: "true", usual: "null in the older" },
  { name: "use_2_0_style", is: "boolean, false", good: true, bad: "true", usual: "false" },
  { name: "image_style", is: "string, None", good: "neon", bad: 1, usual: "chalkboard_white", beside: canvas },
  { name: "input_images", is: "array of strings, None", good: [image], bad: image, usual: "none", beside: canvas },
  { name: "pen_style", is: "string, None", good: "pen", bad: 1, usual: "none", beside: canvas },
  {
    name: "show_pencil_cursor",
    is: "boolean, false",
    good: true,
    bad: "true",
    usual: "false",
    beside: { ...canvas, pen_style: "pen" },
  },
  { name: "pacing", is: 'string, "normal"', good: "fast", bad: 1, usual: "normal" },
];

const parameter = ({ name, is, good, bad, usual, beside = {} }: Parameter): Proofs => ({
  [`${name}: ${is}`]: async () => {
    await takes({ ...beside, [name]: good });
    await refuses({ ...beside, [name]: bad }, name);
    expect(says(name).split("Default: ")[1]).toMatch(new RegExp(`^${usual}(?:\\.$| )`));
    // A default is Golpo's to choose: it is never sent.
    expect((await submitted(request(beside))).body).not.toHaveProperty(name);
  },
});

/** A value of a field is taken, one that no document has is not, and its label stands where its author looks. */
const value = (row: string, field: string, of: Json, label = String(of), beside: JsonObject = {}): Proofs => ({
  [row]: async () => {
    await takes({ ...beside, [field]: of });
    expect(judged(request({ ...beside, [field]: `${of}-x` }))).not.toBe("sound");
    expect(page.toLowerCase()).toContain(label.toLowerCase());
  },
});

const onePer = (field: string, of: string, item: Json): Proofs => ({
  [`${field}: one per ${of === "user_images" ? "image" : "video"}`]: async () => {
    const two = [image, `${image}?2`];
    await takes({ [of]: two, [field]: [item, item] });
    await refuses({ [of]: two, [field]: [item] }, field);
    await refuses({ [field]: [item] }, field);
  },
});

const onlyCanvas = (field: string, of: Json): Proofs => ({
  [`${field}: not with Golpo Sketch`]: async () => {
    expect(judged(request({ [field]: of }))).toBe("error");
    expect(judged(request({ [field]: of, use_2_0_style: false }))).toBe("error");
    await sends({ [field]: of, pen_style: "pen", ...canvas });
  },
});

/** A file of ours is told by its bytes, goes up with the type that Golpo signs, and is what the field may hold. */
const uploads = (extension: string, kind: string, bytes: Buffer): Proofs => ({
  [`upload ${extension}`]: async () => {
    const found = mediaTypeOf(bytes, `a.${extension}`);
    expect(found?.kind).toBe(kind);
    expect(notes.fields.some(({ asset }) => asset?.some((one) => one === kind))).toBe(true);
    const name = `a.${extension}`;
    const file = { name, mediaType: found?.mediaType ?? "", bytes: new Uint8Array(bytes), sha256: "0" };
    const wire = openWire(access(await running, "k-1"));
    const sent = await golpo.upload?.send(file, wire);
    expect(sent).toMatchObject({ state: "usable", value: expect.stringMatching(/^http/) });
    expect((await (await api()).upload(name, "x")).body.content_type).toBe(found?.mediaType);
    expect((await (await api()).upload(`${name}.exe`, "x")).status).toBe(422);
  },
});

/** In minutes, which `timing` is told in. */
const timing = (minutes: string, length: number): Proofs => ({
  [`timing ${minutes}: ${length} seconds`]: async () => {
    await takes({ timing: minutes });
    const asked = { operation: "generate", with: request({ timing: minutes }) };
    expect(golpo.seconds?.(asked, noFacts)).toBe(length);
    const price = golpo.estimate(asked, noFacts);
    expect(price.kind === "exact" ? decimal(price.amount) : "").toBe((2 * Number(minutes)).toFixed(2));
  },
});

const language = (name: string, ...words: readonly string[]): Proofs =>
  Object.fromEntries(
    words.map((word) => [
      `language ${name}: ${word}`,
      async () => {
        await takes({ language: word });
        expect(await made({ language: word })).toMatchObject({ language: word });
        expect(page).toContain(`\`${word}\``);
      },
    ]),
  );

const podcast = { style: "conversational", personality_1: "Joe", personality_2: "Sarah", audio_only: true };

/** A paid submit meets the status, and the page says what that means. */
const struck = (status: number, failure: FailureClass) => async (): Promise<void> => {
  await refused(status, failure, submit(), { struck: status });
  expect(page).toMatch(new RegExp(`\\| ${status}[^|]*\\| \`${failure}\` \\|`));
};

covers("golpo", {
  "header x-api-key": async () => {
    expect(golpo.headers("k")).toEqual({ "x-api-key": "k" });
    await refused(401, "auth", submit(), { key: "invalid" });
  },
  "header Content-Type: application/json": async () => {
    const reply = await fetch(`${(await running).url}/golpo/api/v1/videos/generate`, {
      method: "POST",
      headers: { "x-api-key": "k" },
      body: JSON.stringify(request()),
    });
    expect(reply.status).toBe(422);
    await golpo.submit(
      { operation: "generate", with: request(), metadata: {} },
      openPaidWires(access(await running, "k-1"))(intent(Date.now() + 60_000)),
    );
  },
  "HTTPS requests only": () => {
    expect(new URL(golpo.baseUrl).protocol).toBe("https:");
    const open = { ...access({ url: "" } as Emulator, "k"), emulated: false };
    expect(() => openWire({ ...open, baseUrl: "http://api.golpoai.com" })).toThrow(/must begin with https/);
  },

  "POST /api/v1/videos/generate": async () => expect((await submitted(request())).path).toBe("/api/v1/videos/generate"),
  "GET /api/v1/videos": async () => {
    const wire = noted({ videos: [], total: 0 });
    await golpo.search?.find(lost({}), wire);
    expect(wire.asked).toEqual(["GET /api/v1/videos?limit=50&offset=0"]);
    const { body } = await (await api()).list();
    expect(body).toMatchObject({ videos: expect.any(Array), total: expect.any(Number) });
  },
  "GET /api/v1/videos?limit=10": async () => {
    for (let jobs = 0; jobs < 11; jobs++) await sends({});
    expect((await (await api()).list("?limit=10")).body.videos).toHaveLength(10);
  },
  "GET /api/v1/videos/{video_id}": async () => {
    const wire = noted({ video: { title: "Tides", is_public: false } });
    expect(await golpo.inspect?.({ id: "j", video: "v" }, wire)).toEqual({
      exists: true,
      metadata: { title: "Tides", visibility: "private" },
    });
    expect(wire.asked).toEqual(["GET /api/v1/videos/v"]);
    expect(await made({ prompt: "Tides" })).toMatchObject({ prompt: "Tides" });
  },
  "PATCH /api/v1/videos/{video_id}: title": async () => {
    const wire = noted({});
    await golpo.update?.({ id: "j", video: "v" }, { title: "Updated internal briefing" }, wire);
    expect(wire.asked).toEqual(['PATCH /api/v1/videos/v {"title":"Updated internal briefing"}']);
    const { video } = await sends({});
    const { body } = await (await api()).patch(video ?? "", { title: "Updated internal briefing" });
    expect(body).toMatchObject({ video: { title: "Updated internal briefing" } });
  },
  "PATCH /api/v1/videos/{video_id}: is_public": async () => {
    const wire = noted({});
    await golpo.update?.({ id: "j", video: "v" }, { visibility: "private" }, wire);
    expect(wire.asked).toEqual(['PATCH /api/v1/videos/v {"is_public":false}']);
    const { video } = await sends({});
    expect((await (await api()).patch(video ?? "", { is_public: true })).body).toMatchObject({
      video: { is_public: true },
    });
  },
  "PATCH /api/v1/videos/{video_id}: nothing else": async () => {
    const { video } = await sends({});
    expect((await (await api()).patch(video ?? "", { prompt: "x" })).status).toBe(422);
    expect(notes.inPlace).toEqual(["title", "visibility"]);
  },
  "DELETE /api/v1/videos/{video_id}: recoverable": async () => {
    const wire = noted({});
    await golpo.remove?.({ id: "j", video: "v" }, wire);
    expect(wire.asked).toEqual(["DELETE /api/v1/videos/v"]);
    const { video } = await sends({});
    expect((await (await api()).remove(video)).status).toBe(200);
    expect((await (await api()).get(video)).status).toBe(404);
    expect(page).toMatch(/Reelform removes nothing\. .{0,100}support can bring it back/);
  },
  "GET /api/v1/videos/status/{job_id}": async () => {
    const wire = noted({ status: "generating", progress: 42 });
    expect(await golpo.poll({ id: "j" }, wire)).toEqual({ state: "running", progress: 0.42 });
    expect(wire.asked).toEqual(["GET /api/v1/videos/status/j"]);
    expect(await finished({ timing: "0.25" })).toMatchObject({ status: "completed" });
  },
  "POST /api/v1/videos/upload-file": async () => {
    const wire = noted({ upload_url: "https://s.example/put", file_url: "https://s.example/get" });
    await golpo.upload?.send({ name: "a.png", mediaType: "image/png", bytes: samples.png, sha256: "0" }, wire);
    expect(wire.asked[0]).toBe("POST /api/v1/videos/upload-file");
  },

  job_id: async () => {
    const { job, reply } = await submitted(request());
    expect(job.id).toBe(reply.body.job_id);
  },

  // Newer documents of Golpo's always ask for a prompt, and so does the schema.
  "prompt or audio_clip is required": async () => {
    await refuses({ prompt: "" }, "prompt");
    expect(judged({ audio_clip: clip })).toBe("error");
    expect((await (await api()).generate({ audio_clip: clip })).status).toBe(201);
  },
  "all other parameters are optional": () => takes({}),
  "prompt: string": async () => {
    await takes({ prompt: "Explain the quarterly roadmap" });
    await refuses({ prompt: 1 }, "prompt");
  },
  ...Object.assign({}, ...parameters.map(parameter)),
  "length: integer, None": async () => {
    await warns({ length: 60 });
    await refuses({ length: "60" }, "length");
    expect(says("length")).toMatch(/Default: none\.$/);
  },
  "length is deprecated": async () => {
    await warns({ length: 60 });
    expect(golpo.estimate({ operation: "generate", with: request({ length: 60 }) }, noFacts).kind).toBe("unknown");
  },

  "bg_volume: 0.0 to 1.0": async () => {
    for (const bg_volume of [0, 1]) await takes({ bg_volume });
    for (const bg_volume of [-0.1, 2.1]) await refuses({ bg_volume }, "bg_volume");
  },
  "bg_volume: 0.3": () => takes({ add_music: true, bg_volume: 0.3 }),
  "bg_volume: 1.2": () => warns({ bg_music: "engaging", bg_volume: 1.2 }),
  "output_volume: 0.0 to 1.0": async () => {
    for (const output_volume of [0, 1]) await takes({ output_volume });
    await warns({ output_volume: 1.1 });
    for (const output_volume of [-0.1, 2.1]) await refuses({ output_volume }, "output_volume");
  },
  "logo_placement: takes effect with logo and include_watermark": async () => {
    await takes({ logo: image, logo_placement: "tr", include_watermark: true });
    await warns({ logo_placement: "tr" });
    await warns({ logo: image, logo_placement: "tr", include_watermark: false });
  },
  "logo with include_watermark false": () => warns({ logo: image, include_watermark: false }),
  "user_audio_in_video: [1, 3] names videos 1 and 3": async () => {
    await takes({ user_videos: [clip, clip, clip], user_audio_in_video: [1, 3] });
    await refuses({ user_videos: [clip, clip], user_audio_in_video: [1, 3] }, "user_audio_in_video");
    await refuses({ user_videos: [clip], user_audio_in_video: [0] }, "user_audio_in_video");
  },
  ...onePer("user_images_descriptions", "user_images", "Front"),
  ...onePer("use_as_is", "user_images", false),
  ...onePer("skip_animation", "user_images", true),
  ...onePer("user_videos_description", "user_videos", "A customer"),
  "audio_clip: audio or video": async () => {
    expect(notes.fields).toContainEqual({ path: ["audio_clip"], asset: ["audio", "video"] });
    for (const audio_clip of ["https://a.example/a.mp3", clip]) await takes({ audio_clip });
  },
  "upload_urls: documents or images": async () => {
    expect(notes.fields).toContainEqual({ path: ["upload_urls", "*"], asset: ["document", "image"] });
    await takes({ upload_urls: ["https://a.example/a.pdf", image] });
  },
  "just_return_script: only the script": async () => {
    const answer = await finished({ just_return_script: true });
    expect(await golpo.poll({ id: "j" }, noted(answer))).toEqual({
      state: "done",
      outputs: [{ role: "script", source: { text: answer.script } }],
    });
  },
  "audio_only: a podcast, no video": async () => {
    const answer = await finished({ audio_only: true, timing: "0.25" });
    expect(await golpo.poll({ id: "j" }, noted(answer))).toMatchObject({
      state: "done",
      outputs: [{ role: "audio" }],
    });
  },
  "new_script: in place of a generated one": async () => {
    const script = "The Moon pulls.";
    expect(await finished({ new_script: script, just_return_script: true })).toMatchObject({ script });
  },
  "use_lineart_2_style: not with use_2_0_style": async () => {
    for (const use_lineart_2_style of ["false", "true", "advanced"])
      await refuses({ ...canvas, use_lineart_2_style }, "use_lineart_2_style");
  },
  ...onlyCanvas("image_style", "neon"),
  ...onlyCanvas("input_images", [image]),
  ...onlyCanvas("pen_style", "pen"),
  ...onlyCanvas("show_pencil_cursor", true),
  "show_pencil_cursor: set pen_style": async () => {
    await takes({ ...canvas, show_pencil_cursor: true, pen_style: "stylus" });
    await warns({ ...canvas, show_pencil_cursor: true });
  },
  "pacing: not with Golpo Canvas": async () => {
    expect(judged(request({ ...canvas, pacing: "fast" }))).toBe("error");
    await takes({ pacing: "fast", use_2_0_style: false });
  },

  "engine Golpo Sketch": () =>
    warns({
      use_lineart_2_style: "true",
      pacing: "normal",
      bg_music: "engaging",
      bg_volume: 1.2,
      include_watermark: false,
    }),
  "engine Golpo Canvas": () => takes({ ...canvas, image_style: "modern_minimal", include_watermark: false }),

  "file: required": async () => {
    expect((await (await api()).call("POST", "/api/v1/videos/upload-file", {})).body.detail).toEqual([
      { loc: ["body", "file"], msg: "Field required", type: "missing" },
    ]);
  },
  "upload_url: takes the bytes by PUT with content_type": async () => {
    const { upload_url, content_type } = (await (await api()).upload("a.pdf", "%PDF-")).body;
    const put = (type: string) =>
      fetch(String(upload_url), { method: "PUT", headers: { "Content-Type": type }, body: "%PDF-" });
    expect((await put("text/plain")).status).toBe(403);
    expect((await put(String(content_type))).status).toBe(200);
    const wire = noted({ upload_url: "https://s.example/put", file_url: "https://s.example/get", content_type: "x/y" });
    await golpo.upload?.send({ name: "a.png", mediaType: "image/png", bytes: samples.png, sha256: "0" }, wire);
    expect(wire.asked[1]).toBe(`PUT https://s.example/put ${samples.png.length} x/y`);
  },
  "file_url: goes into generate": async () => {
    const upload = { name: "a.pdf", mediaType: "application/pdf", bytes: samples.pdf, sha256: "0" };
    const sent = await golpo.upload?.send(upload, openWire(access(await running, "k-1")));
    if (sent?.state !== "usable") throw new Error("an upload is of use at once");
    expect(await finished({ upload_urls: [sent.value] })).toMatchObject({ status: "completed" });
    const { file_url = null } = (await (await api()).upload("a.pdf", "%PDF-")).body;
    expect(await finished({ upload_urls: [file_url] })).toMatchObject({ status: "failed" });
  },
  content_type: async () =>
    expect((await (await api()).upload("a.pdf", "%PDF-")).body.content_type).toBe("application/pdf"),
  ...uploads("pdf", "document", samples.pdf),
  ...uploads("docx", "document", samples.docx),
  ...uploads("pptx", "document", samples.pptx),
  ...uploads("txt", "document", Buffer.from("Tides.")),
  ...uploads("mp3", "audio", samples.mp3),
  ...uploads("wav", "audio", samples.wav),
  ...uploads("m4a", "audio", samples.m4a),
  ...uploads("ogg", "audio", samples.ogg),
  ...uploads("mp4", "video", samples.mp4),
  ...uploads("mov", "video", samples.mov),
  ...uploads("avi", "video", samples.avi),
  ...uploads("mkv", "video", samples.mkv),
  ...uploads("jpg", "image", samples.jpeg),
  ...uploads("png", "image", samples.png),
  ...uploads("gif", "image", samples.gif),
  ...uploads("webp", "image", samples.webp),
  // A path is ours to upload; one that reached the server would be looked for on the server.
  "local paths: only where the server can read them": async () => {
    expect(judged(request({ upload_urls: ["./documents/product-spec.pdf"] }))).toBe("sound");
    expect(notes.fields.find(({ path }) => path[0] === "upload_urls")?.asset).toBeDefined();
    expect(await finished({ upload_urls: ["./documents/product-spec.pdf"] })).toMatchObject({ status: "failed" });
  },

  ...timing("0.25", 15),
  ...timing("0.5", 30),
  ...timing("1", 60),
  ...timing("2", 120),
  ...timing("4", 240),
  ...timing("8", 480),
  ...timing("10", 600),
  "timing 8 is in beta": () => expect(says("timing")).toContain("8 and 10 are in beta"),
  "timing 10 is in beta": () => expect(says("timing")).toContain("8 and 10 are in beta"),
  // Neither is among the values of the table, and newer documents refuse a number.
  'timing "5", as a sample has it': () => refuses({ timing: "5" }, "timing"),
  "timing 2 as a number, as a sample has it": () => refuses({ ...canvas, timing: 2 }, "timing"),

  "video_type short: 1024x1536": async () => {
    expect(says("video_type")).toMatch(/short: portrait, 1024x1536/);
    await takes({ video_type: "short" });
    expect(await made({ video_type: "short" })).toMatchObject({ video_type: "short" });
  },
  "video_type long: 1536x1024": async () => {
    expect(says("video_type")).toMatch(/long: landscape, 1536x1024/);
    await takes({ video_type: "long" });
    expect(await made({})).toMatchObject({ video_type: "long" });
  },
  "video_type None": async () => {
    await takes({ ...podcast, video_type: null });
    expect(await made({ video_type: null })).toMatchObject({ video_type: null });
  },

  "style conversational": async () => {
    await takes(podcast);
    expect(await made(podcast)).toMatchObject({ style: "conversational" });
  },
  "style conversational: needs personality_1 and personality_2": async () => {
    const { personality_1, personality_2, ...alone } = podcast;
    await refuses({ ...alone, personality_1 }, "personality_2");
    await refuses({ ...alone, personality_2 }, "personality_1");
  },
  "style conversational: becomes solo-female where video_type is set": async () => {
    for (const changes of [{ video_type: "long" }, {}]) {
      const video = { ...podcast, audio_only: false, ...changes };
      expect(judged(request(video))).toBe("error");
      expect(await made(video)).toMatchObject({ style: "solo-female" });
    }
  },
  "style conversational: ignores timing in a podcast": async () => {
    await warns({ ...podcast, timing: "1" });
    const { audio_only: _, ...voices } = podcast;
    await warns({ ...voices, video_type: null, timing: "1" });
    const asked = { operation: "generate", with: request({ ...podcast, timing: "1" }) };
    expect(golpo.estimate(asked, noFacts).kind).toBe("unknown");
    expect(golpo.seconds?.(asked, noFacts)).toBeUndefined();
  },
  ...value("style solo-male", "style", "solo-male"),
  ...value("style solo-male-2", "style", "solo-male-2"),
  ...value("style solo-female", "style", "solo-female"),
  ...value("style solo-female-2", "style", "solo-female-2"),
  "style professional, as a sample has it: any other value is a single narrator": () =>
    warns({ style: "professional" }),

  ...value("tts_model accurate", "tts_model", "accurate"),
  ...value("tts_model flash", "tts_model", "flash"),
  // A slip of the pen would change the voice without a word, so it is stopped.
  "tts_model: any other value is treated as flash": async () => {
    expect(judged(request({ tts_model: "acurate" }))).toBe("error");
    expect(says("tts_model")).toContain("flash, for which Golpo would take any other word");
    await sends({ tts_model: "acurate" });
  },

  ...Object.assign(
    {},
    ...["jazz", "lofi", "whimsical", "dramatic", "engaging", "hyper", "inspirational", "documentary"].map((music) =>
      value(`bg_music ${music}`, "bg_music", music),
    ),
  ),

  ...value('use_lineart_2_style "false": Classic', "use_lineart_2_style", "false", '"false" Classic'),
  ...value('use_lineart_2_style "true": Improved', "use_lineart_2_style", "true", '"true" Improved (beta)'),
  ...value('use_lineart_2_style "advanced": Formal', "use_lineart_2_style", "advanced", '"advanced" Formal'),
  ...value("pacing normal: 15 seconds", "pacing", "normal", "normal holds a picture for up to 15 seconds"),
  ...value("pacing fast: 10 seconds", "pacing", "fast", "fast for up to 10"),

  ...Object.assign(
    {},
    ...["none", "stylus", "marker", "pen"].map((pen) => value(`pen_style ${pen}`, "pen_style", pen, pen, canvas)),
    ...Object.entries({
      "chalkboard_white: Chalkboard (B/W)": "chalkboard_white (black and white chalkboard)",
      "neon: Chalkboard Color": "neon (colour chalkboard)",
      "whiteboard: Whiteboard": "whiteboard",
      "modern_minimal: Modern Minimal": "modern_minimal",
      "playful: Playful": "playful",
      "technical: Technical": "technical",
      "editorial: Editorial": "editorial",
      "marker: Sharpie": "marker (Sharpie)",
    }).map(([row, label]) => value(`image_style ${row}`, "image_style", row.replace(/:.*/, ""), label, canvas)),
    ...Object.entries({ tl: "top-left", tr: "top-right", bl: "bottom-left", br: "bottom-right" }).map(([at, corner]) =>
      value(`logo_placement ${at}: ${corner}`, "logo_placement", at, corner.replace("-", " "), { logo: image }),
    ),
  ),
  "pen_style defaults to none": async () => {
    expect(says("pen_style")).toMatch(/Default: none\.$/);
    expect((await submitted(request(canvas))).body).toEqual(request(canvas));
  },
  "image_style defaults to chalkboard_white": async () => {
    expect(says("image_style")).toMatch(/Default: chalkboard_white\.$/);
    expect((await submitted(request(canvas))).body).toEqual(request(canvas));
  },

  ...language("English", "english", "en"),
  ...language("Hindi", "hindi", "hi"),
  ...language("Spanish", "spanish", "es"),
  ...language("French", "french", "fr"),
  ...language("German", "german", "de"),
  ...language("Italian", "italian", "it"),
  ...language("Portuguese", "portuguese", "pt"),
  ...language("Russian", "russian", "ru"),
  ...language("Japanese", "japanese", "ja"),
  ...language("Korean", "korean", "ko"),
  ...language("Chinese / Mandarin", "chinese", "mandarin", "zh"),
  ...language("Arabic", "arabic", "ar"),
  ...language("Dutch", "dutch", "nl"),
  ...language("Polish", "polish", "pl"),
  ...language("Turkish", "turkish", "tr"),
  ...language("Swedish", "swedish", "sv"),
  ...language("Danish", "danish", "da"),
  ...language("Norwegian", "norwegian", "no"),
  ...language("Finnish", "finnish", "fi"),
  ...language("Greek", "greek", "el"),
  ...language("Czech", "czech", "cs"),
  ...language("Hungarian", "hungarian", "hu"),
  ...language("Romanian", "romanian", "ro"),
  ...language("Thai", "thai", "th"),
  ...language("Vietnamese", "vietnamese", "vi"),
  ...language("Indonesian", "indonesian", "id"),
  ...language("Malay", "malay", "ms"),
  ...language("Tamil", "tamil", "ta"),
  ...language("Telugu", "telugu", "te"),
  ...language("Bengali", "bengali", "bn"),
  ...language("Marathi", "marathi", "mr"),
  ...language("Gujarati", "gujarati", "gu"),
  ...language("Kannada", "kannada", "kn"),
  ...language("Malayalam", "malayalam", "ml"),
  ...language("Punjabi", "punjabi", "pa"),
  ...language("Urdu", "urdu", "ur"),
  "language: English when omitted": async () => {
    expect(says("language")).toMatch(/Default: en\.$/);
    expect(await made({})).toMatchObject({ language: "en" });
  },
  "language: chinese and mandarin both map to zh": async () => {
    const listed = { id: "v", prompt: "How tides work", language: "zh", created_at: "2026-05-01T10:00:01Z" };
    for (const written of ["chinese", "mandarin", "zh"])
      expect(
        await golpo.search?.find(lost({ language: written }), noted({ videos: [listed], total: 1 })),
      ).toMatchObject({
        candidates: [{ job: { video: "v" } }],
      });
  },
  // The document names 36: others are sent as they are, with a warning.
  "language: 44+ languages": async () => {
    expect(judged(request({ language: "uk" }))).toBe("warning");
    expect((await (await api()).generate(request({ language: "uk" }))).status).toBe(422);
    expect(page).toContain("Golpo names these languages, and says that there are more");
  },

  "200: GET, PATCH and DELETE": async () => {
    const at = await api();
    const { video } = await sends({});
    for (const reply of [await at.list(), await at.get(video), await at.patch(video, { title: "x" })])
      expect(reply.status).toBe(200);
    expect((await at.remove(video)).status).toBe(200);
  },
  "201: a request was accepted": async () => expect((await submitted(request())).reply.status).toBe(201),
  "401: missing or invalid authentication": async () => {
    const missing = await fetch(`${(await running).url}/golpo/api/v1/videos`);
    expect(missing.status).toBe(401);
    await refused(401, "auth", submit(), { key: "invalid" });
    await refused(401, "auth", ({ free }) => golpo.checkKey?.(free) ?? Promise.resolve(), { key: "invalid" });
  },
  "403: the plan does not allow it": struck(403, "plan"),
  "404: video not found": async () => {
    expect((await (await api()).get("none")).status).toBe(404);
    const wire = openWire(access(await running, "k-1"));
    expect(await golpo.inspect?.({ id: "none", video: "none" }, wire)).toEqual({ exists: false, metadata: {} });
  },
  "404: job not found": () => refused(404, "expired", poll),
  "422: validation failure": () => refused(422, "invalid", submit({ timing: "5" })),
  "429: rate limit exceeded": struck(429, "rate"),
  // It may have begun: nobody sends it again.
  "500: unexpected server error": struck(500, "unknown"),

  "every 4xx and 5xx has message and detail": async () => {
    for (const status of [401, 403, 404, 422, 429, 500]) {
      const emulator = await startEmulator({ faults: [{ kind: "status", on: "list", status }] });
      const { body } = await client(emulator).list();
      expect(body).toEqual({ message: expect.stringMatching(/\w/), detail: expect.any(Array) });
      await emulator.close();
    }
  },
  "detail[].loc": () => named(({ path }) => path, ["timing"]),
  "detail[].msg": () => named(({ message }) => message, expect.stringContaining("Input should be '0.25'")),
  "detail[].type": async () => {
    const { body } = await (await api()).generate(request({ timing: "5" }));
    expect(body.detail).toEqual([expect.objectContaining({ type: "enum" })]);
  },
  "prompt cannot be empty when audio_clip is missing": async () => {
    expect((await (await api()).generate({})).body).toEqual({
      message: "Validation error",
      detail: [
        {
          loc: ["body", "prompt"],
          msg: "prompt cannot be empty when audio_clip is missing",
          type: "value_error",
        },
      ],
    });
  },

  "1 credit is $1": () => expect(page).toContain("1 credit is 1 US dollar"),
  "1 minute of video: 2 credits = $2.00": async () => {
    const price = golpo.estimate({ operation: "generate", with: request({ timing: "1" }) }, noFacts);
    expect(price.kind === "exact" ? decimal(price.amount) : "").toBe("2.00");
    const emulator = await startEmulator({ credits: 100 });
    await client(emulator).generate(request({ timing: "1" }));
    expect((await client(emulator).credits()).body.credits).toBe(98);
    await emulator.close();
  },
  "minimum entry $200: 200 credits = about 100 minutes": () =>
    expect(page).toContain("at least 200 dollars, which are 200 credits, about 100 minutes"),
  "volume discounts": () => expect(page).toContain("discounts for volume by arrangement"),
});

/** What a refused submit tells of its field. */
async function named(
  part: (field: { readonly path: readonly string[]; readonly message: string }) => unknown,
  expected: unknown,
): Promise<void> {
  const paid = openPaidWires(access(await running, "k-1"))(intent(Date.now() + 60_000));
  const error = await golpo
    .submit({ operation: "generate", with: request({ timing: "5" }), metadata: {} }, paid)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof ProviderError)) throw error;
  expect(error.fields.map(part)).toEqual([expected]);
}
