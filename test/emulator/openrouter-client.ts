import type { Emulator } from "../../src/emulator/server.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The body, where it is an object; empty otherwise. */
  readonly body: JsonObject;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A client of the emulated OpenRouter API, with a key that is good unless another is given; null for none. */
export function client(base: Emulator, key: string | null = "sk-or-v1-good") {
  const root = `${base.url}/openrouter/api/v1`;
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  async function call(method: string, path: string, body?: Json | string, more: Record<string, string> = {}) {
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { "Content-Type": "application/json" };
    const reply = await fetch(`${root}${path}`, { method, headers: { ...headers, ...type, ...more }, ...sent });
    return read(reply);
  }
  const get = (path: string, more?: Record<string, string>) => call("GET", path, undefined, more);
  return {
    root,
    call,
    get,
    generate: (body: Json | string) => call("POST", "/videos", body),
    status: (job: Json | undefined) => get(`/videos/${job}`),
    /** Asks until the job has ended, and answers every status that was told on the way. */
    async end(job: Json | undefined): Promise<{ readonly body: JsonObject; readonly words: readonly Json[] }> {
      const words: Json[] = [];
      for (;;) {
        const { body } = await get(`/videos/${job}`);
        if (words.at(-1) !== body.status) words.push(body.status ?? null);
        if (body.status !== "pending" && body.status !== "in_progress") return { body, words };
      }
    },
  };
}

async function read(response: Response): Promise<Reply> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const json = isJson ? (JSON.parse(new TextDecoder().decode(bytes)) as Json) : null;
  return { status: response.status, headers: response.headers, body: isObject(json) ? json : {}, bytes };
}

export const waves = (changes: JsonObject = {}): JsonObject => ({
  model: "google/veo-3.1-fast",
  prompt: "Waves",
  duration: 4,
  ...changes,
});
