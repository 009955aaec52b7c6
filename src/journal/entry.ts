import { type Attempt, type JournalEntry, JournalError } from "../model/journal.ts";
import { isObject, type JsonObject } from "../model/json.ts";
import type { Digest } from "../model/unit.ts";
import { canonicalText } from "./text.ts";

const version = 1;

/** `v1/9f/9f2c….json`: the folders keep each tree small. */
export function entryPath(digest: Digest): string {
  const hex = digest.slice("sha256:".length);
  return `v${version}/${hex.slice(0, 2)}/${hex}.json`;
}

/** The digest whose entry a file holds. Throws for a file that this version has not put there. */
export function digestOfPath(path: string): Digest {
  const [, prefix, hex] = /^v1\/([0-9a-f]{2})\/([0-9a-f]{64})\.json$/.exec(path) ?? [];
  if (hex !== undefined && prefix === hex.slice(0, 2)) return `sha256:${hex}`;
  throw new JournalError(`the journal holds ${path}, which this version of reelform cannot read; update reelform`);
}

export const formatEntry = (entry: JournalEntry): string => `${canonicalText({ v: version, ...entry })}\n`;

/** Reads an entry strictly: a claim that cannot be read is money that may be lost, so it is never passed over. */
export function parseEntry(digest: Digest, text: string): JournalEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw broken(digest, "is torn: not a JSON document", error);
  }
  if (!isObject(value)) throw broken(digest, "is not an object");
  const { v, ...entry } = value;
  if (v !== version) throw broken(digest, `has version ${JSON.stringify(v)}; update reelform`);
  if (entry.digest !== digest) throw broken(digest, "is the entry of another request");
  const attempts = entry.attempts;
  if (!Array.isArray(attempts) || attempts.length === 0) throw broken(digest, "has no attempts");
  for (const attempt of attempts) {
    const fault = faultOf(attempt);
    if (fault !== undefined) throw broken(digest, fault);
  }
  return { digest, attempts: attempts as readonly Attempt[] };
}

const broken = (digest: Digest, fault: string, cause?: Error): JournalError =>
  new JournalError(`the journal's entry ${entryPath(digest)} ${fault}`, cause === undefined ? undefined : { cause });

/** The fields without which each state could not be acted on. Others may come; they survive. */
const required: Readonly<Record<Attempt["state"], readonly string[]>> = {
  claimed: [],
  unknown: ["submittedAt", "message"],
  submitted: ["submittedAt", "job"],
  failed: ["class", "message", "failedAt", "begun"],
  ready: ["submittedAt", "completedAt", "job", "outputs"],
};

const isState = (state: unknown): state is Attempt["state"] =>
  typeof state === "string" && Object.hasOwn(required, state);

function faultOf(attempt: unknown): string | undefined {
  if (!isObject(attempt)) return "has an attempt that is not an object";
  const state = attempt.state;
  if (!isState(state)) return `has an attempt in the unknown state ${JSON.stringify(state)}`;
  const name = `attempt ${JSON.stringify(attempt.id)}`;
  const wanted = ["id", "unit", "provider", "claimedAt", "runner", ...required[state]];
  const wrong = wanted.find((field) => !isSound(field, attempt[field]));
  return wrong === undefined ? undefined : `has ${name} (${state}) without a sound "${wrong}"`;
}

function isSound(field: string, value: unknown): boolean {
  switch (field) {
    case "begun":
      return typeof value === "boolean";
    case "outputs":
      return Array.isArray(value) && value.every(isObject);
    case "job":
      return isObject(value) && isName(value.id);
    case "runner":
      return isObject(value) && isRunner(value);
    case "claimedAt":
      return typeof value === "string" && Number.isFinite(Date.parse(value));
    case "message":
      return typeof value === "string";
    default:
      return isName(value);
  }
}

const isName = (value: unknown): boolean => typeof value === "string" && value !== "";

function isRunner(runner: JsonObject): boolean {
  const ci = runner.ci;
  const soundCi = ci === undefined || (isObject(ci) && isName(ci.id) && typeof ci.attempt === "number");
  return isName(runner.run) && typeof runner.host === "string" && typeof runner.pid === "number" && soundCi;
}
