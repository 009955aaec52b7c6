import { isObject, type Json } from "../model/json.ts";

/**
 * Tolerant readers of replies. A candidate is a dotted path ("data.job_id"); the first that holds something usable wins,
 * so that a provider that moves a field does not break us. What nobody finds is undefined, and the caller decides.
 */
export function at(reply: Json | undefined, path: string): Json | undefined {
  return path
    .split(".")
    .reduce<Json | undefined>(
      (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      reply,
    );
}

function first<T>(
  reply: Json,
  candidates: readonly string[],
  read: (value: Json | undefined) => T | undefined,
): T | undefined {
  for (const candidate of candidates) {
    const found = read(at(reply, candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A text that is more than white space. */
export const textIn = (reply: Json, ...candidates: readonly string[]): string | undefined =>
  first(reply, candidates, (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined));

const idShape = /^(?!\.+$)[\w.:-]{1,256}$/;

/** An id fit to stand in a path and in a lock; one that is shaped otherwise is none. */
export const idIn = (reply: Json, ...candidates: readonly string[]): string | undefined =>
  first(reply, candidates, (value) => {
    const id = typeof value === "number" ? String(value) : value;
    return typeof id === "string" && idShape.test(id) ? id : undefined;
  });

export const urlIn = (reply: Json, ...candidates: readonly string[]): string | undefined =>
  first(reply, candidates, (value) => (typeof value === "string" && /^https?:\/\//i.test(value) ? value : undefined));

export const numberIn = (reply: Json, ...candidates: readonly string[]): number | undefined =>
  first(reply, candidates, (value) => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  });

export const booleanIn = (reply: Json, ...candidates: readonly string[]): boolean | undefined =>
  first(reply, candidates, (value) => (typeof value === "boolean" ? value : undefined));

export const listIn = (reply: Json, ...candidates: readonly string[]): readonly Json[] | undefined =>
  first(reply, candidates, (value) => (Array.isArray(value) ? (value as readonly Json[]) : undefined));

/** For a field without which a reply means nothing. The wire turns the error into one that quotes the reply. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`no usable ${name}`);
  return value;
}

/** Milliseconds since 1970. A time without a zone is UTC, as servers write it. */
export function timeIn(reply: Json, ...candidates: readonly string[]): number | undefined {
  const text = textIn(reply, ...candidates);
  if (text === undefined) return undefined;
  const ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text.trim()) ? text : `${text.trim()}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
