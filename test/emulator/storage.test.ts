import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { emulator, golpo, request } from "./rig.ts";

const put = (
  url: Json | undefined,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Response> => fetch(String(url), { method: "PUT", body, headers });

describe("an upload", () => {
  test("is announced to the API, put to another origin, and read by a job", async () => {
    const base = await emulator();
    const api = golpo(base);
    const { status, body } = await api.upload("logo.png", "pixels");
    expect(status).toBe(200);
    expect(body.content_type).toBe("image/png");
    expect(new URL(String(body.upload_url)).origin).not.toBe(base.url);
    expect((await put(body.upload_url, "pixels", { "Content-Type": "image/png" })).status).toBe(200);
    expect(await (await fetch(String(body.file_url))).text()).toBe("pixels");
    const { job_id } = (await api.generate(request({ logo: body.file_url ?? null }))).body;
    expect(await api.end(job_id)).toMatchObject({ status: "completed" });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ["of another type", { "Content-Type": "image/jpeg" }, 403, "SignatureDoesNotMatch"],
    ["with the provider's key", { "Content-Type": "image/png", "x-api-key": "k-1" }, 400, "InvalidArgument"],
    ["with a bearer token", { "Content-Type": "image/png", authorization: "Bearer k-1" }, 400, "InvalidArgument"],
  ])("%s is refused by the storage", async (_, headers, status, code) => {
    const { body } = await golpo(await emulator()).upload("logo.png", "pixels");
    const reply = await put(body.upload_url, "pixels", headers);
    expect(reply.status).toBe(status);
    expect(await reply.text()).toContain(`<Code>${code}</Code>`);
  });

  test.each([
    ["without its signature", (url: string) => url.replace(/\?.*/, "")],
    ["with another signature", (url: string) => url.replace(/signature=./, "signature=x")],
    ["with another expiry", (url: string) => url.replace(/expires=\d/, "expires=9")],
    ["to another name", (url: string) => url.replace("logo.png", "log0.png")],
  ])("%s is refused by the storage", async (_, bend) => {
    const { body } = await golpo(await emulator()).upload("logo.png", "pixels");
    const reply = await put(bend(String(body.upload_url)), "pixels", { "Content-Type": "image/png" });
    expect(reply.status).toBe(403);
  });

  test.each([
    ["announced", "POST"],
    ["put", "PUT"],
  ])("over 15 MB is refused when it is %s", async (_, method) => {
    const api = golpo(await emulator());
    const large = new Uint8Array(15 * 1024 * 1024 + 1);
    if (method === "POST") {
      expect(await api.upload("a.png", large)).toMatchObject({
        status: 422,
        body: { detail: [{ loc: ["body", "file"] }] },
      });
      return;
    }
    const { body } = await api.upload("a.png", "");
    const reply = await put(body.upload_url, large, { "Content-Type": "image/png" });
    expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining("EntityTooLarge")]);
  });

  test.each(["notes.exe", "notes"])("named %s is refused", async (name) => {
    expect((await golpo(await emulator()).upload(name, "x")).status).toBe(422);
  });

  test("without a file is refused", async () => {
    const base = await emulator();
    const headers = { "x-api-key": "k" };
    const url = `${base.url}/golpo/api/v1/videos/upload-file`;
    expect((await fetch(url, { method: "POST", headers, body: new FormData() })).status).toBe(422);
    expect((await fetch(url, { method: "POST", headers, body: "x" })).status).toBe(422);
  });
});

describe("a job fails, though its submit was taken on,", () => {
  test("when a file was announced and never put", async () => {
    const api = golpo(await emulator());
    const { file_url } = (await api.upload("logo.png", "pixels")).body;
    const { status, body } = await api.generate(request({ user_images: [file_url ?? null] }));
    expect(status).toBe(201);
    expect(await api.end(body.job_id)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("never uploaded"),
    });
  });

  test("when a document was used up by an earlier job", async () => {
    const api = golpo(await emulator());
    const { upload_url, file_url } = (await api.upload("facts.pdf", "facts")).body;
    await put(upload_url, "facts", { "Content-Type": "application/pdf" });
    const submit = async () => api.end((await api.generate(request({ upload_urls: [file_url ?? null] }))).body.job_id);
    expect(await submit()).toMatchObject({ status: "completed" });
    expect(await submit()).toMatchObject({ status: "failed", error: expect.stringContaining("facts.pdf") });
    expect((await fetch(String(file_url))).status).toBe(404);
  });

  test("when a path of the client's own disk was sent", async () => {
    const api = golpo(await emulator());
    const { job_id } = (await api.generate(request({ logo: "./logo.png" }))).body;
    expect(await api.end(job_id)).toMatchObject({ status: "failed", error: expect.stringContaining("./logo.png") });
  });
});

test("a request whose image was uploaded again is found to be the same request", async () => {
  const base = await emulator();
  const api = golpo(base);
  for (let time = 0; time < 2; time++) {
    const { upload_url, file_url } = (await api.upload("logo.png", "pixels")).body;
    await put(upload_url, "pixels", { "Content-Type": "image/png" });
    await api.generate(request({ logo: file_url ?? null }));
  }
  const [first, second] = base.ledger();
  expect(second).toMatchObject({ kind: "accepted", duplicateOf: first?.kind === "accepted" ? first.job : "" });
});

describe("a finished file", () => {
  const finished = async () => {
    const api = golpo(await emulator());
    const { video_url } = await api.end((await api.generate(request())).body.job_id);
    const get = (headers: Record<string, string> = {}, method = "GET") => fetch(String(video_url), { headers, method });
    const whole = await get();
    return { get, whole, bytes: new Uint8Array(await whole.arrayBuffer()) };
  };

  test("comes with its length, type and tag, also for HEAD", async () => {
    const { get, whole, bytes } = await finished();
    const tag = createHash("sha256").update(bytes).digest("hex");
    for (const reply of [whole, await get({}, "HEAD")])
      expect(Object.fromEntries(reply.headers)).toMatchObject({
        "content-length": String(bytes.length),
        "content-type": "video/mp4",
        "accept-ranges": "bytes",
        etag: `"${tag}"`,
      });
  });

  test.each([
    ["bytes=0-99", 0, 100],
    ["bytes=1000-", 1000, undefined],
    ["bytes=-50", -50, undefined],
    ["bytes=5-99999999", 5, undefined],
  ])("comes in parts: %s", async (range, from, to) => {
    const { get, bytes } = await finished();
    const reply = await get({ Range: range });
    expect(reply.status).toBe(206);
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(bytes.slice(from, to));
    expect(reply.headers.get("content-range")).toMatch(new RegExp(`^bytes \\d+-\\d+/${bytes.length}$`));
  });

  test.each<[string, Record<string, string>, number]>([
    ["a part behind the end", { Range: "bytes=99999999-" }, 416],
    ["a part of another file", { Range: "bytes=1-", "If-Match": '"x"' }, 412],
    ["a part if it is still the same, which it is not", { Range: "bytes=1-", "If-Range": '"x"' }, 200],
    ["several parts", { Range: "bytes=1-2,4-5" }, 200],
    ["anything with the provider's key", { "x-api-key": "k" }, 400],
  ])("asked for %s, is answered with the right status", async (_, headers, status) => {
    expect((await (await finished()).get(headers)).status).toBe(status);
  });

  test("is not there before its job is done, nor for jobs that never were", async () => {
    const base = await emulator({ speed: 1e-3 });
    const api = golpo(base);
    const { upload_url } = (await api.upload("a.png", "")).body;
    const { video_id } = (await api.generate(request())).body;
    const { origin } = new URL(String(upload_url));
    for (const name of [`${video_id}.mp4`, "x.mp4"]) {
      const reply = await fetch(`${origin}/golpo/files/${name}`);
      expect([reply.status, await reply.text()]).toEqual([404, expect.stringContaining("NoSuchKey")]);
    }
  });
});
