import { type Json, parsed } from "../../model/json.ts";
import type { Read } from "../../model/provider.ts";
import { ProviderError } from "../../providers/error.ts";
import type { Account } from "./account.ts";
import type { Answer } from "./exchange.ts";

export type Understood<T> =
  | { readonly kind: "value"; readonly value: T }
  /** Not JSON: a gateway's page, or the half of an answer. */
  | { readonly kind: "garbled"; readonly why: string }
  /** JSON, but not what the reader needs. */
  | { readonly kind: "strange"; readonly why: string; readonly error: unknown };

/** An empty body is a legitimate answer to a DELETE and stands for null. */
const json = (text: string): Json | undefined => (text.trim() === "" ? null : parsed(text));

const quote = 300;

/** Reads a successful answer. Whatever the reader throws is an answer that nobody understood, and is quoted. */
export function understand<T>(answer: Answer, read: Read<T>, account: Account): Understood<T> {
  const text = account.withoutKey(answer.text);
  const reply = json(text);
  const start = text.slice(0, quote);
  if (reply === undefined)
    return { kind: "garbled", why: account.clean(`what is not JSON: ${start.startsWith("<") ? "a web page" : start}`) };
  try {
    return { kind: "value", value: read(reply) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "strange", why: account.clean(`${why}, in ${start === "" ? "an empty answer" : start}`), error };
  }
}

/** A reader may know better than we do what an answer means. */
export const known = (error: unknown): ProviderError | undefined =>
  error instanceof ProviderError ? error : undefined;
