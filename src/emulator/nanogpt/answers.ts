import type { Json } from "../../model/json.ts";

const messages: { readonly [status: number]: string } = {
  400: "Invalid request",
  401: "Invalid session",
  402: "Insufficient balance",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  413: "Uploads must be 4 MB or smaller",
  429: "Rate limit exceeded. Please wait before generating another video.",
};

/** How this API refuses: a sentence and the status once more. */
export const refusal = (status: number, error: string = messages[status] ?? "Internal server error"): Json => ({
  error,
  status,
});

export const refuse = (status: number, error?: string): Response => Response.json(refusal(status, error), { status });

/** What the filter says of a prompt: the one refusal whose error is an object. */
export const blocked = (): Response =>
  Response.json(
    {
      error: {
        message: "Your prompt was blocked due to safety concerns. Please modify your prompt.",
        type: "CONTENT_POLICY_VIOLATION",
      },
      status: 400,
    },
    { status: 400 },
  );

export const tooPoor = (requiredBalance: number): Response =>
  Response.json({ error: messages[402], requiredBalance, status: 402 }, { status: 402 });

export function tooMany(retryAfter: number): Response {
  const answer = refuse(429);
  answer.headers.set("Retry-After", String(retryAfter));
  return answer;
}
