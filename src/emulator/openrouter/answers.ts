import type { Json, JsonObject } from "../../model/json.ts";

const messages: { readonly [status: number]: string } = {
  400: "Invalid request parameters",
  401: "User not found.",
  402: "Insufficient credits. Add more using https://openrouter.ai/credits",
  403: "Forbidden",
  404: "Resource not found",
  413: "Payload too large",
  429: "Rate limit exceeded",
  500: "Internal Server Error",
  502: "Provider returned error",
  503: "No provider available",
};

/** The envelope in which this API refuses. */
export const refusal = (
  status: number,
  message = messages[status] ?? "Request failed",
  metadata?: JsonObject,
): Json => ({
  error: { message, code: status, ...(metadata === undefined ? {} : { metadata }) },
});

export const refuse = (status: number, message?: string, metadata?: JsonObject): Response =>
  Response.json(refusal(status, message, metadata), { status });

/** One thing that is wrong with a body. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The other shape: what is wrong with a body, as a text of JSON. */
export const malformed = (issues: readonly Issue[]): Response =>
  Response.json(
    {
      success: false,
      error: { name: "ZodError", message: JSON.stringify(issues.map((one) => ({ code: "custom", ...one }))) },
    },
    { status: 400 },
  );
