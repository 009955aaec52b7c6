import { afterEach } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/server.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";

const open: Emulator[] = [];

afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

/** An emulator so fast that every job is done within a few milliseconds, and closed after the test. */
export async function emulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const started = await startEmulator({ speed: 1e6, ...options });
  open.push(started);
  return started;
}

/** Nothing is ever done here while a test looks. */
export const slow = 1e-3;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, where it is an object; empty otherwise. */
  readonly body: JsonObject;
}

/** A client of the emulated Golpo API, with a key that is good. */
export function golpo(base: Emulator) {
  const root = `${base.url}/golpo`;
  const headers = { "x-api-key": "k-1" };
  const call = async (method: string, path: string, body?: Json): Promise<Reply> =>
    read(
      await fetch(`${root}${path}`, {
        method,
        headers: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const v1 = "/api/v1/videos";
  return {
    call,
    generate: (body: Json) => call("POST", `${v1}/generate`, body),
    status: (job: Json | undefined) => call("GET", `${v1}/status/${job}`),
    list: (query = "") => call("GET", `${v1}${query}`),
    get: (video: Json | undefined) => call("GET", `${v1}/${video}`),
    patch: (video: Json | undefined, body: Json) => call("PATCH", `${v1}/${video}`, body),
    remove: (video: Json | undefined) => call("DELETE", `${v1}/${video}`),
    credits: () => call("GET", "/api/v2/users/credits"),
    async upload(name: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<Reply> {
      const form = new FormData();
      form.set("file", new File([bytes], name));
      return read(await fetch(`${root}${v1}/upload-file`, { method: "POST", headers, body: form }));
    },
    /** Asks until the job is no longer running. */
    async end(job: Json | undefined): Promise<JsonObject> {
      for (;;) {
        const { body } = await this.status(job);
        if (body.status !== "generating") return body;
      }
    },
  };
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const json = (response.headers.get("content-type") ?? "").includes("json") ? (JSON.parse(text) as Json) : null;
  return { status: response.status, headers: response.headers, text, body: isObject(json) ? json : {} };
}

export const request = (changes: JsonObject = {}): JsonObject => ({
  prompt: "How tides work",
  timing: "0.25",
  ...changes,
});
