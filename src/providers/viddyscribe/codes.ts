import type { FailureClass, JobFailure } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Meaning } from "../../model/provider.ts";
import { moderation, ofJob } from "../failure.ts";
import { textIn } from "../reply.ts";

/** What ViddyScribe's own codes mean, be they of an answer that says no or of a job that failed. */
const meanings: ReadonlyMap<string, Meaning & { readonly class: FailureClass }> = new Map([
  ["unauthorized", { class: "auth" }],
  ["feature_not_available", { class: "plan" }],
  ["video_too_long", { class: "plan" }],
  ["file_too_large", { class: "plan" }],
  ["limit_reached", { class: "quota" }],
  ["plan_limit_exceeded", { class: "quota" }],
  // A 409 alone would leave open what became of a submit; with these two it says that nothing began.
  ["upload_not_ready", { class: "rate", refused: true, retryAfter: 5_000 }],
  ["upload_failed", { class: "invalid", refused: true }],
  ["no_video_stream", { class: "invalid" }],
  // How long to wait stands in the body, as seconds, where ViddyScribe says it.
  ["rate_limit_exceeded", { class: "rate" }],
  ["concurrency_limit_exceeded", { class: "rate" }],
  ["queue_limit_exceeded", { class: "rate", retryAfter: 30_000 }],
]);

/** In a 409 the code stands in `code` and `error` is prose; everywhere else `error` is the code. */
export function meaning(status: number, reply: Json): Meaning {
  const { refused, ...means }: Meaning = meanings.get(textIn(reply, "code") ?? textIn(reply, "error") ?? "") ?? {};
  return refused === true && status === 409 ? { ...means, refused } : means;
}

/** Why a job failed. A code that is not known is the provider's own failure, for good. */
export const failureClass = (code: string | undefined, words: string): JobFailure =>
  ofJob(meanings.get(code ?? "")?.class ?? moderation(`${code ?? ""} ${words}`) ?? "provider");
