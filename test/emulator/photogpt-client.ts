import type { Emulator } from "../../src/emulator/server.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";

interface Reply {
  readonly status: number;
  /** The whole body; empty where it is no object. */
  readonly body: JsonObject;
  /** What the envelope holds, where that is an object. */
  readonly result: JsonObject;
}

/** A client of the emulated PhotoGPT API, with a key that is good. */
export function photogpt(base: Emulator) {
  const headers = { authorization: "Bearer k-1", "api-version": "1" };
  const call = async (method: string, path: string, body?: Json, changed: Record<string, string> = headers) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(`${base.url}/photogpt/api${path}`, {
      method,
      headers: { ...changed, ...type },
      ...sent,
    });
    return read(await response.text(), response.status);
  };
  const api = {
    call,
    generate: (body: Json) => call("POST", "/videos/generation", body),
    job: (id: Json | undefined) => call("GET", `/jobs/${id}`),
    list: (query = "?videoType=all&pageNum=1&pageSize=20") => call("GET", `/videos${query}`),
    video: (id: Json | undefined) => call("GET", `/videos/${id}`),
    create: (id: Json | undefined) => call("GET", `/videos/${id}/create-download`),
    download: (id: Json | undefined) => call("GET", `/videos/${id}/download`),
    /** Asks until the job is no longer under way. */
    async end(id: Json | undefined): Promise<JsonObject> {
      for (;;) {
        const { result } = await api.job(id);
        if (result.status !== "queued" && result.status !== "running") return result;
      }
    },
    /** The videos of a request that is carried out. */
    async videos(body: Json): Promise<readonly JsonObject[]> {
      const { videos } = await api.end((await api.generate(body)).result.jobId);
      return Array.isArray(videos) ? (videos as readonly Json[]).filter(isObject) : [];
    },
    /** Has a file prepared and waits for it. */
    async file(id: Json | undefined): Promise<JsonObject> {
      await api.create(id);
      for (;;) {
        const { result } = await api.download(id);
        if (result.status !== "inprogress") return result;
      }
    },
  };
  return api;
}

function read(text: string, status: number): Reply {
  const json = text.startsWith("{") ? (JSON.parse(text) as Json) : null;
  const body = isObject(json) ? json : {};
  return { status, body, result: isObject(body.result) ? body.result : {} };
}

export const veo = (changes: JsonObject = {}): JsonObject => ({
  modelID: "veo-3.1",
  prompt: "How tides work",
  options: { veo: { duration: 4 } },
  ...changes,
});
