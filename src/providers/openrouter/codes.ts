import type { FailureClass } from "../../model/job.ts";
import { isObject, type Json, parsed } from "../../model/json.ts";
import type { Meaning } from "../../model/provider.ts";
import { at, listIn, numberIn, textIn } from "../reply.ts";

/** OpenRouter's own word for what went wrong, in `error.metadata.error_type`. What is not here, the status tells. */
const classes: ReadonlyMap<string, FailureClass> = new Map([
  ["authentication", "auth"],
  ["permission_denied", "plan"],
  ["payment_required", "quota"],
  ["rate_limit_exceeded", "rate"],
  ["provider_overloaded", "rate"],
  ["provider_unavailable", "rate"],
  ["invalid_request", "invalid"],
  ["invalid_prompt", "invalid"],
  ["payload_too_large", "invalid"],
  ["unprocessable", "invalid"],
  ["invalid_image", "invalid"],
  ["image_too_large", "invalid"],
  ["image_too_small", "invalid"],
  ["unsupported_image_format", "invalid"],
  ["image_not_found", "invalid"],
  ["image_download_failed", "invalid"],
  ["content_policy_violation", "moderated-input"],
  ["refusal", "moderated-input"],
  ["server", "provider"],
  ["timeout", "provider"],
  ["unmapped", "provider"],
]);

/** What an error means by its own word, wherever it stands: in an answer that says no, or in a job that failed. */
export const classOf = (error: Json | undefined): FailureClass | undefined =>
  classes.get(textIn(error ?? null, "metadata.error_type", "error_type") ?? "");

/** Jobs of the account that run reserve their price, and what is left does not do for another until they end. */
const isReserved = (error: Json): boolean =>
  textIn(error, "metadata.reason") === "in_flight_budget_exhausted" ||
  textIn(error, "metadata.limit_source") === "openrouter_in_flight_budget";

/**
 * Whether a 503 says that nobody was there to take the request on. One in another envelope is some gateway's; one whose own
 * word is of a failure, such as a time-out, may have come after the beginning.
 */
function nothingBegan(error: Json): boolean {
  const word = textIn(error, "metadata.error_type", "error_type");
  return numberIn(error, "code") === 503 && (word === undefined || classes.get(word) === "rate");
}

const isModerated = (error: Json): boolean =>
  listIn(error, "metadata.reasons") !== undefined || textIn(error, "metadata.flagged_input") !== undefined;

/** Nobody serves such a model: said by a code of its own, or in prose. */
const isAboutModel = (error: Json): boolean =>
  isObject(at(error, "availability")) || /\bmodel\b/i.test(textIn(error, "message") ?? "");

function classBy(status: number, error: Json): FailureClass | undefined {
  switch (status) {
    case 402:
      return isReserved(error) ? "rate" : "quota";
    case 403:
      return isModerated(error) ? "moderated-input" : classOf(error);
    case 404:
      return isAboutModel(error) ? "invalid" : undefined;
    case 503:
      return nothingBegan(error) ? "rate" : classOf(error);
    default:
      return classOf(error);
  }
}

/** A body that does not fit is refused with a list of complaints that is itself a text. */
function complaints(error: Json): string | undefined {
  if (textIn(error, "name") !== "ZodError") return undefined;
  const issues = parsed(textIn(error, "message") ?? "");
  if (!Array.isArray(issues)) return undefined;
  const said = issues.flatMap((issue: Json) => {
    const message = textIn(issue, "message");
    const path = (listIn(issue, "path") ?? []).join(".");
    return message === undefined ? [] : [path === "" ? message : `${path}: ${message}`];
  });
  return said.length === 0 ? undefined : said.join("; ");
}

/** OpenRouter's words, with the reasons of whoever moderates. */
function words(error: Json): string | undefined {
  const said = textIn(error, "message");
  const reasons = listIn(error, "metadata.reasons")?.filter((reason) => typeof reason === "string") ?? [];
  if (said === undefined || reasons.length === 0) return complaints(error) ?? said;
  return `${said} (${reasons.join(", ")})`;
}

/**
 * A 503 in OpenRouter's own envelope says that nobody was there to take the request on, and a 402 about reserved money
 * that it passes by waiting: both began nothing. A page of some gateway with the same status says nothing of the kind.
 */
export function meaning(status: number, reply: Json): Meaning {
  const error = at(reply, "error");
  if (!isObject(error)) return {};
  const known = classBy(status, error);
  const message = words(error);
  return {
    ...(known === undefined ? {} : { class: known }),
    ...(message === undefined ? {} : { message }),
    ...(status === 503 && nothingBegan(error) ? { refused: true } : {}),
  };
}
