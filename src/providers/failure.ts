import { type FailureClass, type JobFailure, passes } from "../model/job.ts";

/** Hardly any filter has a code of its own; the words are all there is. */
const moderated =
  /moderat(?:ed|ion|or|ing)|content.?polic|safety|prohibited|inappropriate|violat|nsfw|\bflagged\b|blocked due|explicit content|sensitive content|copyright/i;
const ofResult = /\b(?:output|generated|rendered|result\w*)\b/i;

/** Which of the two: what was asked for, or what was made of it. */
export const filtered = (words: string): "moderated-input" | "moderated-output" =>
  ofResult.test(words) ? "moderated-output" : "moderated-input";

/** What a filter has stopped, where words say that one has. */
export const moderation = (words: string): "moderated-input" | "moderated-output" | undefined =>
  moderated.test(words) ? filtered(words) : undefined;

/**
 * Why a job failed that was taken on. It may have been billed, so a word that would have a request sent again by itself,
 * such as that of a limit, is the provider's own failure here: a person decides.
 */
export const ofJob = (failure: FailureClass): JobFailure => (passes(failure) ? "provider" : failure);
