import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Json } from "../model/json.ts";
import {
  type Digest,
  type Input,
  isAsset,
  isStepOutput,
  type ProviderName,
  type Request,
  type ShortHash,
} from "../model/unit.ts";
import { normalText } from "./normal-text.ts";

/** What a unit's identity is made of. Everything in it costs money to change; nothing else is in it. */
export interface Identity {
  readonly provider: ProviderName;
  readonly request: Request;
  readonly take: number;
}

/**
 * Decides "changed": sha256 over the canonical JSON (RFC 8785) of the request, with files by their content. The same
 * identity must give the same digest in every release, or an upgrade would make everybody pay again.
 */
export function digest({ provider, request, take }: Identity): Digest {
  const { operation } = request;
  return `sha256:${sha256(canonical({ v: 1, provider, operation, request: content(request.with), take }))}`;
}

/** One short hash for each field, so that a plan can name what changed. */
export function fieldHashes(fields: { readonly [field: string]: Input }): { readonly [field: string]: ShortHash } {
  const hashes = Object.entries(fields).map(([field, value]) => [field, sha256(canonical(content(value))).slice(0, 8)]);
  return Object.fromEntries(hashes);
}

/** What counts of a value: of a file its bytes, of an earlier step's output what it is made from. */
function content(input: Input): Json {
  if (isAsset(input)) return { sha256: input.sha256 };
  if (isStepOutput(input)) return { step: input.digest, take: input.take, output: input.role };
  if (typeof input === "string") return normalText(input);
  if (typeof input !== "object" || input === null) return input;
  if (isList(input)) return input.map(content);
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, content(value)]));
}

const isList = (input: object): input is readonly Input[] => Array.isArray(input);

/** RFC 8785. Throws for what JSON cannot say; specs with such values are refused before they come here. */
function canonical(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("a value without a JSON form reached the digest");
  return text;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
