import { readFileSync } from "node:fs";
import { afterAll, expect } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/server.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { PaidWire, Wire } from "../../src/model/provider.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { photogpt } from "../../src/providers/photogpt/photogpt.ts";
import { validate } from "../../src/schema/photogpt.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { photogpt as client } from "../emulator/photogpt-client.ts";
import { noFacts } from "../providers/facts.ts";
import { covers } from "./coverage.ts";

const running: Promise<Emulator> = startEmulator({ speed: 1e6 });
afterAll(async () => (await running).close());
const api = async () => client(await running);

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/providers/photogpt.schema.json", import.meta.url), "utf8"),
) as JsonObject;

/** How the schema judges a request: by its gravest complaint. */
function judged(request: JsonObject): "sound" | "warning" | "error" {
  const parsed = parseDocument("videos/x.yaml" as RepoPath, JSON.stringify(request));
  if (!parsed.ok) throw new Error("what is JSON is YAML too");
  const problems = checkValue(validate, parsed.value.value, parsed.value);
  if (problems.length === 0) return "sound";
  return problems.every(({ severity }) => severity === "warning") ? "warning" : "error";
}

const group = (model: string): string => (/^(?:veo|seedance|kling|grok)/.exec(model) ?? [""])[0];

type Change = { readonly options?: JsonObject; readonly more?: JsonObject };

/** Motion needs something to move. */
const inputs = (model: string): JsonObject => (model.startsWith("kling-motion") ? { elementIDs: ["e"] } : {});

const request = (model: string, { options, more = {} }: Change = {}): JsonObject => ({
  modelID: model,
  prompt: "How tides work",
  ...inputs(model),
  ...(options === undefined ? {} : { options: { [group(model)]: options } }),
  ...more,
});

/** The schema has nothing to say, the API takes it, and what the provider sends is what was written. */
async function takes(model: string, change: Change = {}): Promise<void> {
  const asked = request(model, change);
  expect(judged(asked)).toBe("sound");
  expect((await (await api()).generate(asked)).status).toBe(200);
  expect(await sent(asked)).toEqual(asked);
}

async function refuses(model: string, change: Change): Promise<void> {
  const asked = request(model, change);
  expect(judged(asked)).toBe("error");
  expect((await (await api()).generate(asked)).status).toBe(400);
}

/** The schema warns, the API takes it, and what becomes of it is something else. */
async function warns(model: string, change: Change): Promise<Json | undefined> {
  const asked = request(model, change);
  expect(judged(asked)).toBe("warning");
  const [video] = await (await api()).videos(asked);
  return (await (await api()).video(video?.id)).result.data;
}

/** What the provider would send. */
async function sent(fields: JsonObject): Promise<Json> {
  const bodies: Json[] = [];
  const wire: PaidWire = {
    post: async (_path, body, read) => {
      bodies.push(body as Json);
      return read({ result: { jobId: "j" }, status: "OK" });
    },
  };
  await photogpt.submit({ operation: "generate", with: fields, metadata: {} }, wire);
  return bodies[0] ?? null;
}

/** A wire that answers by path and keeps what was asked. */
function wired(answers: { readonly [path: string]: Json }): Wire & { readonly asked: string[] } {
  const asked: string[] = [];
  const never = () => Promise.reject(new Error("only questions are asked here"));
  return {
    asked,
    get: async (path, read) => {
      asked.push(path);
      const answer = answers[path];
      if (answer === undefined) throw new ProviderError("none", { class: "expired", outcome: "refused", status: 404 });
      return read({ result: answer, status: "OK" });
    },
    post: never,
    patch: never,
    delete: never,
    put: never,
  };
}

const job = "/api/jobs/j";
const file = "/api/videos/v/download";
const made = { id: "v", url: "https://cdn.example/v.m3u8" };
const polled = (answers: { readonly [path: string]: Json }) => photogpt.poll({ id: "j" }, wired(answers));
const downloaded = (answer: Json) =>
  polled({ [job]: { status: "success", videos: [made] }, [file]: answer, "/api/videos/v/create-download": "x" });

/** What the schema says of an option, which is what its reader sees. */
function says(model: string, option: string): string {
  let part: Json | undefined = schema;
  for (const step of ["properties", "options", "properties", group(model), "properties", option])
    part = isObject(part) ? part[step] : undefined;
  return isObject(part) ? String(part.description) : "";
}

const image = (role: string, more: JsonObject = {}): JsonObject => ({ url: "https://a.example/a.png", role, ...more });
const video = (more: JsonObject = {}): JsonObject => ({
  url: "https://a.example/a.mp4",
  role: "reference_video",
  ...more,
});
const images = (...roles: readonly string[]): JsonObject => ({ referenceImages: roles.map((role) => image(role)) });

type Proofs = { [row: string]: () => unknown };

/** Each value of an option is taken, and one beside them is not. */
function values(model: string, option: string, all: readonly Json[], beside: Json): Proofs {
  return Object.fromEntries(
    all.map((value) => [
      `${model}: ${option} ${String(value)}`,
      async () => {
        await takes(model, { options: { [option]: value } });
        await refuses(model, { options: { [option]: beside } });
      },
    ]),
  );
}

/** Each length of a range is taken, and those beside it are not, nor is one as a text. */
const range = (model: string, from: number, to: number): Proofs => ({
  [`${model}: duration ${from} to ${to}`]: async () => {
    for (let duration = from; duration <= to; duration++) {
      await takes(model, { options: { duration } });
      expect(
        photogpt.seconds?.({ operation: "generate", with: request(model, { options: { duration } }) }, noFacts),
      ).toBe(duration);
    }
    for (const duration of [from - 1, to + 1, from + 0.5, String(from)])
      await refuses(model, { options: { duration } });
  },
});

const flag = (model: string, option: string): Proofs => ({
  [`${model}: ${option}`]: async () => {
    for (const value of [true, false]) await takes(model, { options: { [option]: value } });
    await refuses(model, { options: { [option]: "true" } });
  },
});

const usual = (model: string, option: string, value: string): Proofs => ({
  [`${model}: ${option} defaults to ${value}`]: async () => {
    expect(says(model, option)).toMatch(new RegExp(`Default: ${value}\\.$`));
    // A default is PhotoGPT's to choose: it is never sent.
    expect(await sent(request(model))).toEqual(request(model));
    const seconds = photogpt.seconds?.({ operation: "generate", with: request(model) }, noFacts);
    if (option === "duration") expect(seconds).toBe(Number(value));
  },
});

const seed = (model: string): Proofs => ({
  [`${model}: seed`]: async () => {
    await takes(model, { options: { seed: 0 } });
    await refuses(model, { options: { seed: 1.5 } });
  },
});

const model = (name: string): Proofs => ({
  [`model ${name}`]: async () => {
    await takes(name);
    expect(judged({ ...request(name), modelID: `${name}-x` })).toBe("error");
    expect((await (await api()).generate({ modelID: `${name}-x`, prompt: "x" })).status).toBe(404);
  },
});

const veo = (name: string): Proofs => ({
  ...model(name),
  ...values(name, "aspectRatio", ["16:9", "9:16"], "1:1"),
  ...usual(name, "aspectRatio", "16:9"),
  ...values(name, "duration", [4, 6, 8], 5),
  ...usual(name, "duration", "8"),
  [`${name}: duration is 8 with reference_image`]: async () => {
    await takes(name, { options: { duration: 8 }, more: images("reference_image") });
    await takes(name, { more: images("reference_image") });
    await refuses(name, { options: { duration: 6 }, more: images("reference_image") });
  },
  ...values(name, "resolution", ["720p", "1080p"], "480p"),
  ...usual(name, "resolution", "720p"),
  ...flag(name, "enhancePrompt"),
  ...usual(name, "enhancePrompt", "true"),
  ...flag(name, "generateAudio"),
  ...usual(name, "generateAudio", "false"),
  [`${name}: negativePrompt`]: async () => {
    await takes(name, { options: { negativePrompt: "blur" } });
    await refuses(name, { options: { negativePrompt: 1 } });
  },
  ...seed(name),
});

const seedance = (name: string): Proofs => ({
  ...model(name),
  ...values(name, "resolution", ["480p", "720p", "1080p"], "4k"),
  ...values(name, "ratio", ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"], "3:2"),
  ...flag(name, "generateAudio"),
  ...flag(name, "returnLastFrame"),
  ...seed(name),
});

/** More than four of anything together. */
const fourItems = (name: string, three: JsonObject, more: JsonObject): Proofs => ({
  [`${name}: at most 4 items`]: async () => {
    const elementIDs = ["1", "2"];
    await takes(name, { more: { elementIDs, ...three } });
    await refuses(name, { more: { elementIDs, ...more } });
    await refuses(name, { more: { elementIDs: ["1", "2", "3", "4", "5"] } });
  },
});

const elements = (name: string): Proofs => ({
  [`${name}: elementIDs`]: async () => {
    await takes(name, { more: { elementIDs: ["1", "2", "3", "4"] } });
    await refuses(name, { more: { elementIDs: [1] } });
  },
});

const ignored = (name: string, more: JsonObject) => async () => {
  const options = { aspectRatio: "1:1", duration: 3 };
  await takes(name, { options });
  expect(await warns(name, { options, more })).toMatchObject({ options: { duration: 3 } });
  expect(await warns(name, { options, more })).not.toHaveProperty("options.aspectRatio");
};

const klingVideo = (name: string): Proofs => ({
  ...model(name),
  ...range(name, 3, 15),
  ...usual(name, "duration", "10"),
  ...values(name, "aspectRatio", ["16:9", "9:16", "1:1"], "4:3"),
  [`${name}: aspectRatio is ignored with images`]: ignored(name, images("first_frame")),
  [`${name}: aspectRatio is ignored with elements`]: ignored(name, { elementIDs: ["e"] }),
  ...flag(name, "generateAudio"),
  ...usual(name, "generateAudio", "false"),
  ...elements(name),
  ...fourItems(name, images("first_frame", "last_frame"), images("first_frame", "last_frame", "reference_image")),
});

const not = (name: string, option: string, value: Json): Proofs => ({
  [`${name}: ${option} is not accepted`]: () => refuses(name, { options: { [option]: value } }),
});

const klingMotion = (name: string): Proofs => ({
  ...model(name),
  ...values(name, "characterOrientation", ["image", "video"], "left"),
  ...usual(name, "characterOrientation", "video"),
  ...flag(name, "keepOriginalSound"),
  ...usual(name, "keepOriginalSound", "true"),
  ...elements(name),
  ...fourItems(
    name,
    { ...images("reference_image"), referenceVideos: [video()] },
    { ...images("reference_image"), referenceVideos: [video(), video()] },
  ),
  ...not(name, "duration", 5),
  ...not(name, "aspectRatio", "16:9"),
  ...not(name, "generateAudio", true),
});

const role = (name: string): Proofs => ({
  [`role ${name}`]: async () => {
    await takes("seedance-2.0", { more: images(name) });
    await refuses("seedance-2.0", { more: images(`${name}s`) });
  },
});

const path = (row: string, prove: () => unknown): Proofs => ({ [row]: prove });

const found = async (query: string): Promise<void> => {
  const wire = wired({ "/api/videos?videoType=all&pageNum=1&pageSize=20": [] });
  const lost = { traits: {}, claimedAt: "2026-05-01T10:00:00Z" };
  await photogpt.search?.find(lost, wire);
  expect(wire.asked[0]).toContain(query);
};

const underWay = (word: string): Proofs => ({
  [`status ${word}`]: async () => expect(await polled({ [job]: { status: word } })).toEqual({ state: "running" }),
});

const groups = (name: string): Proofs => ({
  [`options.${group(name)}`]: async () => {
    await takes(name, { options: {} });
    await refuses(name, { more: { options: { [group(name)]: 1 } } });
  },
});

covers("photogpt", {
  "base URL https://developer.photogptai.com/api": () => {
    expect(`${photogpt.baseUrl}${photogpt.apiPath}`).toBe("https://developer.photogptai.com/api");
  },
  "header Authorization: Bearer": () => expect(photogpt.headers("k").authorization).toBe("Bearer k"),
  "header API-Version: 1": () => expect(photogpt.headers("k")["api-version"]).toBe("1"),
  "header Content-Type: application/json": async () => {
    const reply = await fetch(`${(await running).url}/photogpt/api/videos/generation`, {
      method: "POST",
      headers: { authorization: "Bearer k", "api-version": "1" },
      body: JSON.stringify(request("veo-3.1")),
    });
    expect(reply.status).toBe(400);
  },
  ...path("POST /videos/generation", async () => {
    const paths: string[] = [];
    const wire: PaidWire = {
      post: async (asked, _body, read) => {
        paths.push(asked);
        return read({ result: { jobId: "j" } });
      },
    };
    await photogpt.submit({ operation: "generate", with: request("veo-3.1"), metadata: {} }, wire);
    expect(paths).toEqual(["/api/videos/generation"]);
  }),
  ...path("GET /jobs/{id}", async () => {
    const wire = wired({ [job]: { status: "queued" } });
    await photogpt.poll({ id: "j" }, wire);
    expect(wire.asked).toEqual([job]);
  }),
  ...path("GET /videos", () => found("/api/videos?")),
  ...path("GET /videos/{videoID}", async () => {
    const wire = wired({ [job]: { status: "success", videos: [made] }, "/api/videos/v": { id: "v" } });
    expect(await photogpt.inspect?.({ id: "j" }, wire)).toEqual({ exists: true, metadata: {} });
    expect(wire.asked).toEqual([job, "/api/videos/v"]);
  }),
  ...path("GET /videos/{videoID}/create-download", async () => {
    const wire = wired({ [job]: { status: "success", videos: [made] }, "/api/videos/v/create-download": "x" });
    expect(await photogpt.poll({ id: "j" }, wire)).toEqual({ state: "running", progress: 0 });
    expect(wire.asked).toEqual([job, file, "/api/videos/v/create-download"]);
  }),
  ...path("GET /videos/{videoID}/download", async () => {
    const wire = wired({ [job]: { status: "success", videos: [made] }, [file]: { status: "inprogress" } });
    await photogpt.poll({ id: "j" }, wire);
    expect(wire.asked).toEqual([job, file]);
  }),

  "modelID: required": () => expect(judged({ prompt: "x" })).toBe("error"),
  "prompt: required": () => expect(judged({ modelID: "veo-3.1" })).toBe("error"),
  numVideos: async () => {
    for (const numVideos of [1, 2, 3, 4]) await takes("veo-3.1", { more: { numVideos } });
    for (const numVideos of [0, 5, "2"]) await refuses("veo-3.1", { more: { numVideos } });
    expect(await (await api()).videos(request("veo-3.1", { more: { numVideos: 2 } }))).toHaveLength(2);
  },
  referenceImages: async () => {
    await takes("seedance-2.0", { more: images("first_frame", "last_frame", "reference_image") });
    await refuses("seedance-2.0", { more: { referenceImages: [{ role: "first_frame" }] } });
  },
  referenceVideos: async () => {
    await takes("seedance-2.0", { more: { referenceVideos: [video()] } });
    await refuses("seedance-2.0", { more: { referenceVideos: [{ role: "reference_video" }] } });
  },
  elementIDs: () => takes("veo-3.1", { more: { elementIDs: ["e"] } }),
  ...groups("veo-3.1"),
  ...groups("seedance-2.0"),
  ...groups("kling-video-pro"),
  ...groups("grok-imagine-1.5"),
  "only the option object of the selected model": async () => {
    for (const name of ["veo-3.1", "seedance-2.0", "kling-video-pro", "kling-motion-pro", "grok-imagine-1.5"])
      for (const other of ["veo", "seedance", "kling", "grok"].filter((one) => one !== group(name)))
        await refuses(name, { more: { options: { [group(name)]: {}, [other]: {} } } });
  },
  ...role("first_frame"),
  ...role("last_frame"),
  ...role("reference_image"),
  "role reference_video": async () => {
    await takes("seedance-2.0", { more: { referenceVideos: [video()] } });
    await refuses("seedance-2.0", { more: { referenceVideos: [video({ role: "first_frame" })] } });
  },
  "containsHuman is not sent": () =>
    refuses("veo-3.1", { more: { referenceImages: [image("first_frame", { containsHuman: false })] } }),
  "duration of a reference video is not sent": () =>
    refuses("seedance-2.0", { more: { referenceVideos: [video({ duration: 4 })] } }),
  "result.jobId": async () => {
    const taken = await (await api()).generate(request("veo-3.1"));
    const wire: PaidWire = { post: async (_path, _body, read) => read(taken.body) };
    const accepted = await photogpt.submit({ operation: "generate", with: {}, metadata: {} }, wire);
    expect(accepted).toEqual({ job: { id: taken.result.jobId } });
  },

  ...veo("veo-3.1"),
  ...veo("veo-3.1-fast"),
  ...seedance("seedance-1.5-pro"),
  "seedance-1.5-pro: duration -1": async () => {
    await takes("seedance-1.5-pro", { options: { duration: -1 } });
    await refuses("seedance-1.5-pro", { options: { duration: -2 } });
  },
  ...range("seedance-1.5-pro", 4, 12),
  ...flag("seedance-1.5-pro", "draftMode"),
  "seedance-1.5-pro: draftMode forces 480p": async () => {
    await takes("seedance-1.5-pro", { options: { draftMode: true, resolution: "480p" } });
    const options = { draftMode: true, resolution: "1080p" };
    expect(await warns("seedance-1.5-pro", { options })).toMatchObject({ options: { resolution: "480p" } });
  },
  "seedance-1.5-pro: reference_image is dropped": async () => {
    const more = images("first_frame", "reference_image");
    expect(await warns("seedance-1.5-pro", { more })).toMatchObject({ referenceImages: 1 });
  },
  ...seedance("seedance-2.0"),
  ...range("seedance-2.0", 4, 15),
  "seedance-2.0: draftMode is not supported": () => refuses("seedance-2.0", { options: { draftMode: true } }),
  "seedance-2.0: at most 9 reference_image": async () => {
    await takes("seedance-2.0", { more: images("first_frame", ...Array<string>(9).fill("reference_image")) });
    await refuses("seedance-2.0", { more: images(...Array<string>(10).fill("reference_image")) });
  },
  "seedance-2.0: at most 3 reference_video": async () => {
    await takes("seedance-2.0", { more: { referenceVideos: [video(), video(), video()] } });
    await refuses("seedance-2.0", { more: { referenceVideos: [video(), video(), video(), video()] } });
  },
  ...klingVideo("kling-video-standard"),
  ...klingVideo("kling-video-pro"),
  ...klingMotion("kling-motion-standard"),
  ...klingMotion("kling-motion-pro"),
  ...model("grok-imagine-1.5"),
  ...range("grok-imagine-1.5", 1, 15),
  ...usual("grok-imagine-1.5", "duration", "8"),
  ...values("grok-imagine-1.5", "aspectRatio", ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"], "21:9"),
  ...usual("grok-imagine-1.5", "aspectRatio", "16:9"),
  ...values("grok-imagine-1.5", "resolution", ["480p", "720p"], "1080p"),
  ...usual("grok-imagine-1.5", "resolution", "480p"),

  ...underWay("created"),
  ...underWay("queued"),
  ...underWay("running"),
  "status success": async () =>
    expect(await downloaded({ status: "ready", url: "https://cdn.example/v.mp4" })).toMatchObject({ state: "done" }),
  "any other status with an error is a failure": async () =>
    expect(await polled({ [job]: { status: "stopped", error: "why" } })).toMatchObject({ state: "failed" }),
  "a status in any case": async () =>
    expect(await polled({ [job]: { status: "QUEUED" } })).toEqual({ state: "running" }),
  error: async () =>
    expect(await polled({ [job]: { status: "failed", error: "why" } })).toMatchObject({ message: "why" }),
  "videos[].id": async () => {
    const wire = wired({ [job]: { status: "success", videos: [made] }, [file]: { status: "inprogress" } });
    await photogpt.poll({ id: "j" }, wire);
    expect(wire.asked).toContain(file);
  },
  "videos[].url": async () => {
    const direct = { url: "https://cdn.example/v.mp4" };
    expect(await polled({ [job]: { status: "success", videos: [direct] } })).toEqual({
      state: "done",
      outputs: [{ role: "video", source: direct }],
    });
  },
  "a job is asked about every 8 seconds": () => expect(photogpt.limits.poll.first).toBe(8_000),

  "videoType=all": () => found("videoType=all"),
  pageNum: () => found("pageNum=1"),
  pageSize: () => found("pageSize=20"),
  "only completed videos": async () => {
    const wire = wired({ "/api/videos?videoType=all&pageNum=1&pageSize=20": [] });
    const lost = { traits: {}, claimedAt: "2026-05-01T10:00:00Z" };
    expect(await photogpt.search?.find(lost, wire)).toEqual({ candidates: [], complete: false });
  },

  "download inprogress": async () =>
    expect(await downloaded({ status: "inprogress", percentComplete: 40 })).toMatchObject({ state: "running" }),
  "download ready": async () =>
    expect(await downloaded({ status: "ready", url: "https://cdn.example/v.mp4" })).toMatchObject({ state: "done" }),
  "download error": async () =>
    expect(await downloaded({ status: "error" })).toMatchObject({ state: "failed", class: "lost-output" }),
  percentComplete: async () =>
    expect(await downloaded({ status: "inprogress", percentComplete: 40 })).toMatchObject({ progress: 0.4 }),
  "percentComplete is 0 where it is missing": async () =>
    expect(await downloaded({ status: "inprogress" })).toMatchObject({ progress: 0 }),
  url: async () =>
    expect(await downloaded({ status: "ready", url: "https://cdn.example/v.mp4" })).toMatchObject({
      outputs: [{ role: "video", source: { url: "https://cdn.example/v.mp4" } }],
    }),
  "a download is asked about every 5 seconds": () => expect(photogpt.limits.poll.least).toBe(5_000),
});
