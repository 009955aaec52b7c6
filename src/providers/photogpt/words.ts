import { isOutOfCredit } from "../../model/credit.ts";
import type { FailureClass } from "../../model/job.ts";
import { isObject, type Json } from "../../model/json.ts";
import type { Meaning } from "../../model/provider.ts";
import { moderation } from "../failure.ts";
import { textIn } from "../reply.ts";

/** Statuses that say no to what was asked for. */
const ofRequest: ReadonlySet<number> = new Set([400, 403, 422]);

/** PhotoGPT has no code for anything that it refuses; the words are all there is. */
function classOf(status: number, words: string): FailureClass | undefined {
  if (isOutOfCredit(words)) return "quota";
  if (ofRequest.has(status) && moderation(words) !== undefined) return "moderated-input";
  // Every other 404 is about a job or a video.
  return status === 404 && /\bmodel\b/i.test(words) ? "invalid" : undefined;
}

/** `message` is what a person is to read, `err` is what went wrong in detail; both may be missing. */
function wordsIn(reply: Json): string | undefined {
  const said = [textIn(reply, "message", "error"), textIn(reply, "err", "reason", "result.error")];
  const words = [...new Set(said.filter((one) => one !== undefined))];
  return words.length === 0 ? undefined : words.join(": ");
}

/** What an envelope with the status NOK means. */
export function meaning(status: number, reply: Json): Meaning {
  // PhotoGPT lists no 403: the one that was seen came from the network in front of it, and no plan would help.
  if (status === 403 && !isObject(reply)) return { class: "provider" };
  const message = wordsIn(reply);
  if (message === undefined) return {};
  const own = classOf(status, message);
  return { message, ...(own === undefined ? {} : { class: own }) };
}
