import { isObject, type Json } from "../model/json.ts";
import { type Usd, usd } from "../model/money.ts";

/**
 * Tolerant readers of replies. A candidate is a dotted path ("data.job_id"); the first that holds something usable wins,
 * so that a provider that moves a field does not break us. What nobody finds is undefined, and the caller decides. The empty
 * path is the reply itself.
 */
export function at(reply: Json | undefined, path: string): Json | undefined {
  if (path === "") return reply;
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

/** A status, as statuses are compared: in lower case. */
export const wordIn = (reply: Json, ...candidates: readonly string[]): string | undefined =>
  textIn(reply, ...candidates)
    ?.trim()
    .toLowerCase();

/** How much is done of what is told in percent: 0 to 1. */
export function partIn(reply: Json, ...candidates: readonly string[]): number | undefined {
  const percent = numberIn(reply, ...candidates);
  return percent === undefined ? undefined : Math.min(1, Math.max(0, percent / 100));
}

/** More dollars than anybody pays: what is beyond is no amount. */
const richest = 1e9;

/** What something is said to cost. */
export function amountIn(reply: Json, ...candidates: readonly string[]): Usd | undefined {
  const amount = numberIn(reply, ...candidates);
  return amount === undefined || amount < 0 || amount > richest ? undefined : usd(amount);
}

/** A path at the provider's own API, which wants the key. One that leads elsewhere once it is taken apart is none. */
export function isOwnPath(address: string): boolean {
  const somewhere = "https://provider.invalid";
  if (!/^\/(?!\/)/.test(address) || !URL.canParse(address, somewhere)) return false;
  const url = new URL(address, somewhere);
  return url.origin === somewhere && `${url.pathname}${url.search}` === address;
}

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
