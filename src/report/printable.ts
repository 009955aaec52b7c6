import { sanitizeFor } from "./escape.ts";

/** The same document with every text in it safe to print, so that no view of it can forget one. */
export function printable<T>(document: T, where: "terminal" | "actions"): T {
  return cleaned(document, where) as T;
}

function cleaned(value: unknown, where: "terminal" | "actions"): unknown {
  if (typeof value === "string") return sanitizeFor(where, value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, where));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [sanitizeFor(where, key), cleaned(item, where)]),
  );
}
