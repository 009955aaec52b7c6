import type { Emulator } from "../../src/emulator/server.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { Reply } from "./rig.ts";

/** A client of the emulated NanoGPT, with a key that is good unless another is given. */
export function nanogpt(base: Emulator, key = "sk-nano-0123") {
  const root = `${base.url}/nanogpt/api`;
  const call = async (method: string, path: string, body?: Json | string): Promise<Reply> => {
    const response = await fetch(`${root}${path}`, {
      method,
      headers: { ...(key === "" ? {} : { "x-api-key": key }), "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    const json: unknown = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, body: isObject(json) ? json : {} };
  };
  const status = (run: Json | undefined) => call("GET", `/video/status?requestId=${run}`);
  return {
    call,
    submit: (body: Json | string) => call("POST", "/generate-video", body),
    status,
    former: (run: Json | undefined, model = "modelSlug=x") =>
      call("GET", `/generate-video/status?runId=${run}&${model}`),
    balance: () => call("POST", "/check-balance"),
    /** Asks until the run is no longer on its way. */
    async end(run: Json | undefined): Promise<JsonObject> {
      for (;;) {
        const { data } = (await status(run)).body;
        if (isObject(data) && !["IN_QUEUE", "IN_PROGRESS"].includes(String(data.status))) return data;
      }
    },
  };
}

export const request = (changes: JsonObject = {}): JsonObject => ({
  model: "veo2-video",
  prompt: "How tides work",
  duration: "5s",
  ...changes,
});
