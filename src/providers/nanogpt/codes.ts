import type { FailureClass, JobFailure } from "../../model/job.ts";
import { isObject, type Json } from "../../model/json.ts";
import type { Meaning } from "../../model/provider.ts";
import { filtered, moderation, ofJob } from "../failure.ts";
import { at, booleanIn, numberIn, textIn } from "../reply.ts";

/** NanoGPT's own codes and types, in lower case, be they of an answer that says no or of a job that failed. */
const classes: ReadonlyMap<string, FailureClass> = new Map([
  ["content_policy_violation", "moderated-input"],
  ["insufficient_balance", "quota"],
  ["pro_required", "plan"],
  ["rate_limited", "rate"],
  ["authentication_error", "auth"],
  ["missing_api_key", "auth"],
  ["api_key_origin_not_allowed", "auth"],
  ["model_not_found", "invalid"],
  // Both last until midnight UTC: what waits for that is the account, not the run.
  ["daily_rpd_limit_exceeded", "quota"],
  ["daily_usd_limit_exceeded", "quota"],
]);

const codesOf = (reply: Json): readonly string[] =>
  ["error.code", "error.type", "code", "type", "data.error.code", "data.error.type"].flatMap((path) => {
    const code = at(reply, path);
    return typeof code === "string" ? [code.trim().toLowerCase()] : [];
  });

const byCode = (reply: Json): FailureClass | undefined =>
  codesOf(reply)
    .map((code) => classes.get(code))
    .find((found) => found !== undefined);

/** Without a code, the words are all there is. */
const unfit =
  /\binvalid\b|unsupported|not supported|\brequire[sd]?\b|\bmust (?:be|have)\b|\bmissing\b|too (?:large|small|long|short)|unknown model|could not (?:download|load|read)|not accessible/i;

/** The words that NanoGPT means for people, wherever they stand. */
export const wordsIn = (reply: Json): string | undefined =>
  textIn(
    reply,
    "data.userFriendlyError",
    "userFriendlyError",
    "error.message",
    "error",
    "data.error.message",
    "data.error",
    "message",
    "data.message",
  );

/** Why a job failed. What NanoGPT marks as not fit to be shown was stopped by a filter, whatever the words. */
export function failureClass(reply: Json, words: string): JobFailure {
  const known = byCode(reply);
  if (known !== undefined) return ofJob(known);
  const said = `${words} ${textIn(reply, "data.error", "error") ?? ""}`;
  if (booleanIn(reply, "data.isNSFWError", "isNSFWError") === true) return filtered(said);
  return moderation(said) ?? (unfit.test(said) ? "invalid" : "provider");
}

function byWords(status: number, words: string): FailureClass | undefined {
  if (status === 400 && moderation(words) !== undefined) return "moderated-input";
  return status === 404 && /\bmodel\b/i.test(words) ? "invalid" : undefined;
}

/** What an answer that says no means. A status alone does not tell a filter from a mistake, nor a day's limit from a minute's. */
export function meaning(status: number, reply: Json): Meaning {
  if (!isObject(reply)) return {};
  const said = wordsIn(reply);
  const needed = numberIn(reply, "requiredBalance");
  const refund = textIn(reply, "refundMessage", "error.refundMessage");
  const words = [
    ...(said === undefined ? [] : [said]),
    ...(needed === undefined ? [] : [`this request needs ${needed}`]),
    ...(refund === undefined ? [] : [refund]),
  ].join("; ");
  const meant = byCode(reply) ?? byWords(status, words);
  return { ...(meant === undefined ? {} : { class: meant }), ...(words === "" ? {} : { message: words }) };
}
