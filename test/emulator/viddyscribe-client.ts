import { clip } from "../../src/emulator/media/clip.ts";
import type { Emulator } from "../../src/emulator/server.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { Reply } from "./rig.ts";

/** A film of so many seconds. Another hue is another film. */
export const film = (seconds: number, hue = "0"): Uint8Array<ArrayBuffer> =>
  clip({ text: "a film", label: "test", hash: hue.repeat(64), width: 64, height: 48 }, seconds);

export const standard: JsonObject = { format: "json", ad_type: "standard_ad" };

/** A client of the emulated ViddyScribe API, with a key that is good. */
export function viddyscribe(base: Emulator) {
  const root = `${base.url}/viddyscribe/enterprise/api`;
  const headers = { "x-api-key": "vsk_test" };
  const post = async (path: string, body: Json): Promise<Reply> =>
    read(
      await fetch(`${root}/${path}`, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
  const form = async (path: string, parts: JsonObject, file?: File): Promise<Reply> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(parts)) body.set(name, JSON.stringify(value));
    if (file !== undefined) body.set("file", file);
    return read(await fetch(`${root}/${path}`, { method: "POST", headers, body }));
  };
  const get = async (path: string, query: Record<string, string>): Promise<Reply> =>
    read(await fetch(`${root}/${path}?${new URLSearchParams(query)}`, { headers }));
  return {
    root,
    post,
    form,
    get,
    generate: (operation: string, media: Json | undefined, config: Json = standard) =>
      post(`generate_ad_${operation}`, {
        input: { type: "media_id", media_id: media ?? null },
        generation_config: config,
      }),
    upload: (bytes: Uint8Array<ArrayBuffer>, name = "tour.mp4") =>
      form("upload_media", { input: { type: "file" } }, new File([bytes], name, { type: "video/mp4" })),
    announce: (name = "tour.mp4", type = "video/mp4") =>
      post("upload_media", { input: { type: "signed_url", filename: name, content_type: type } }),
    put: (announced: JsonObject, body: Uint8Array<ArrayBuffer>, type = "video/mp4") =>
      fetch(String(announced.upload_url), { method: "PUT", headers: { "Content-Type": type }, body }),
    notify: ({ media_id = null, gcs_path = null }: JsonObject) =>
      post("notify_upload_complete", { media_id, gcs_path }),
    status: ({ media_id, gcs_path }: JsonObject) =>
      get("get_upload_status", { media_id: String(media_id), gcs_path: String(gcs_path) }),
    results: (job: Json | undefined) => get("get_results", { job_id: String(job) }),
    /** Asks until the upload is no longer looked at. */
    async verified(announced: JsonObject): Promise<JsonObject> {
      for (;;) {
        const { body } = await this.status(announced);
        if (body.upload_status !== "processing") return body;
      }
    },
    /** Asks until the job is no longer running. */
    async end(job: Json | undefined): Promise<JsonObject> {
      for (;;) {
        const { body } = await this.results(job);
        if (body.status !== "queued" && body.status !== "processing") return body;
      }
    },
    /** A job of a film, from the film's bytes to its results. */
    async made(operation: string, config: Json = standard, bytes = film(20)): Promise<JsonObject> {
      const { body } = await this.upload(bytes);
      return this.end((await this.generate(operation, body.media_id, config)).body.job_id);
    },
  };
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const json = (response.headers.get("content-type") ?? "").includes("json") ? (JSON.parse(text) as Json) : null;
  return { status: response.status, headers: response.headers, text, body: isObject(json) ? json : {} };
}
