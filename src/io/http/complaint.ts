import { isObject, type Json, type JsonObject, parsed } from "../../model/json.ts";
import type { FieldError } from "../../providers/error.ts";

/** What an answer that says no gives as its reasons. */
export interface Complaint {
  readonly message: string | undefined;
  readonly fields: readonly FieldError[];
  /** Seconds that the body asks us to wait. */
  readonly retryAfter: number | undefined;
}

const nothing: Complaint = { message: undefined, fields: [], retryAfter: undefined };
const mostFields = 20;

const words = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value : undefined;

const spoken = (value: JsonObject): string | undefined =>
  words(value.message) ?? words(value.msg) ?? words(value.error) ?? words(value.detail);

/** FastAPI's form: `{ loc: ["body", "timing"], msg: "…" }`. */
function fieldError(value: Json): FieldError | undefined {
  if (!isObject(value)) return undefined;
  const message = spoken(value);
  const loc = Array.isArray(value.loc) ? value.loc : [];
  const path = loc.filter((part) => typeof part === "string" || typeof part === "number").map(String);
  if (message === undefined) return undefined;
  return { path: path[0] === "body" ? path.slice(1) : path, message };
}

const said = ({ path, message }: FieldError): string => (path.length === 0 ? message : `${path.join(".")}: ${message}`);

function waitOf(body: JsonObject): number | undefined {
  const wait = Number(body.retry_after ?? body.retryAfter ?? Number.NaN);
  return Number.isFinite(wait) ? wait : undefined;
}

/**
 * Reads the ways in which providers say no: `message`, `error` as text or object, and FastAPI's `detail` as a list, a
 * text or an object. What is none of these has no message.
 */
export function complaint(text: string): Complaint {
  const body = parsed(text);
  if (!isObject(body)) return { ...nothing, message: words(body) };
  const { detail, error } = body;
  const reasons = [detail, body.errors].flatMap((list) => (Array.isArray(list) ? (list as readonly Json[]) : []));
  const fields = reasons
    .slice(0, mostFields)
    .map(fieldError)
    .filter((field) => field !== undefined);
  const nested = [detail, error].filter(isObject).map(spoken);
  const general = [spoken(body), ...nested].find((candidate) => candidate !== undefined);
  const listed = reasons.filter((reason) => typeof reason === "string");
  const message = [...(general === undefined ? [] : [general]), ...fields.map(said), ...listed].join("; ");
  return {
    message: message === "" ? undefined : message,
    fields,
    retryAfter: waitOf(body) ?? (isObject(error) ? waitOf(error) : undefined),
  };
}
