import type { Json } from "../../model/json.ts";

/** The envelope of everything that went well. */
export const ok = (result: Json): Response => Response.json({ result, status: "OK" });

const messages: { readonly [status: number]: string } = {
  400: "Validation failed",
  401: "Unauthorized",
  404: "Not found",
  409: "Conflict",
  429: "Too many requests",
  500: "Internal server error",
};

/** The one shape in which this API refuses. */
export const refusal = (status: number, err = "", message = messages[status] ?? "Request failed"): Json => ({
  err,
  message,
  result: null,
  status: "NOK",
});

export const refuse = (status: number, err: string, message?: string): Response =>
  Response.json(refusal(status, err, message), { status });
