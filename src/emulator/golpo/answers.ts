import type { Json } from "../../model/json.ts";
import type { Detail } from "./validate.ts";

/** The one shape in which this API refuses. */
export const refusal = (status: number, detail: readonly Detail[] = [], message = messages[status]): Json => ({
  message: message ?? "Request failed",
  detail: detail.map(({ loc, msg, type }) => ({ loc, msg, type })),
});

const messages: { readonly [status: number]: string } = {
  400: "Bad request",
  401: "Invalid API key",
  402: "Insufficient credits",
  403: "Your plan does not include API access",
  404: "Video not found",
  422: "Validation error",
  429: "Rate limit exceeded",
  500: "Internal server error",
};

/** An answer of this API as the wire carries it. */
export const refuse = (status: number, detail: readonly Detail[] = [], message?: string): Response =>
  Response.json(refusal(status, detail, message ?? messages[status]), { status });

export const invalid = (field: string, msg: string, type = "value_error"): Response =>
  refuse(422, [{ loc: ["body", field], msg, type }]);
