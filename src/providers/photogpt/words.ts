import type { FailureClass } from "../../model/job.ts";
import { isObject, type Json } from "../../model/json.ts";
import type { Meaning } from "../../model/provider.ts";
import { textIn } from "../reply.ts";

/** PhotoGPT has no code for anything that it refuses; the words are all there is. */
const moderated =
  /\b(?:moderat\w*|content polic\w+|safety|prohibited|inappropriate|violat\w+|nsfw|sensitive content|copyright\w*)\b/i;
const ofResult = /\b(?:output|generated|rendered|result\w*)\b/i;
const outOfCredit =
  /\b(?:insufficient|not enough|out of|no more)\b.{0,30}\b(?:credits?|balance|funds?)\b|\bcredits?\b.{0,30}\b(?:exhausted|used up|insufficient)\b/i;

/** Why a job failed, by its words. */
export function failureClass(words: string): FailureClass {
  if (!moderated.test(words)) return "provider";
  return ofResult.test(words) ? "moderated-output" : "moderated-input";
}

/** Statuses that say no to what was asked for. */
const ofRequest: ReadonlySet<number> = new Set([400, 403, 422]);

function classOf(status: number, words: string): FailureClass | undefined {
  if (outOfCredit.test(words)) return "quota";
  if (ofRequest.has(status) && moderated.test(words)) return "moderated-input";
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
