import type { Json, JsonObject } from "../../model/json.ts";

/** What this API says under a status where a rule of faults says no more. */
const usual: { readonly [status: number]: JsonObject } = {
  400: { error: "bad_request", message: "The request has invalid parameters" },
  401: { error: "unauthorized", message: "The API key is missing or invalid" },
  403: { error: "feature_not_available", message: "The current plan does not have this feature" },
  404: { error: "not_found", message: "There is no such media or job" },
  409: { error: "The upload is still being checked", code: "upload_not_ready", upload_status: "processing" },
  413: { error: "payload_too_large", message: "The request is too large" },
  415: { error: "no_video_stream", message: "The file has no video stream" },
  429: { error: "rate_limit_exceeded", message: "Too many requests" },
  500: { error: "internal_error", message: "Something went wrong" },
};

/** How the API refuses. `retryAfter` stands in the body, in seconds: no header is documented. */
export function refusal(status: number, retryAfter?: number): Json {
  const words = usual[status] ?? { error: "internal_error", message: `Status ${status}` };
  return retryAfter === undefined ? words : { ...words, retry_after: retryAfter };
}

export const refuse = (status: number, error: string, message: string): Response =>
  Response.json({ error, message }, { status });

export const badRequest = (message: string): Response => refuse(400, "bad_request", message);

/** In a 409 `error` is prose, and the code stands in `code`. */
export const conflict = (code: string, prose: string, uploadStatus: string): Response =>
  Response.json({ error: prose, code, upload_status: uploadStatus }, { status: 409 });

/** Cut off by the front end, which knows nothing of JSON. */
export const tooLarge = (): Response =>
  new Response("Request Entity Too Large", { status: 413, headers: { "Content-Type": "text/plain" } });
