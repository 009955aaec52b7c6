import { ProviderError } from "../../providers/error.ts";
import { refusedFile } from "./hops.ts";
import type { Part } from "./part.ts";
import type { Head, Take } from "./receive.ts";
import { isPassing } from "./retry.ts";
import { retryAfter } from "./retry-after.ts";

/** What came of asking for a file once. */
export type Attempt =
  | { readonly kind: "received" }
  /** `etag` lets the next attempt go on where this one was cut; without it the next begins anew. */
  | {
      readonly kind: "again";
      readonly why: string;
      readonly etag?: string | undefined;
      readonly asked?: number | undefined;
    };

export const again = (why: string, etag?: string): Attempt => ({ kind: "again", why, etag });

const holdsFile = (status: number): boolean => status === 200 || status === 206;

const goesOnAt = ({ status, headers }: Head, from: number): boolean =>
  status === 206 && from > 0 && String(headers["content-range"] ?? "").startsWith(`bytes ${from}-`);

/**
 * Writes one answer's body to the part, never more than `most` bytes in all; undefined when the body is nothing of the
 * file's. `from` is where we asked it to begin.
 */
export function intoPart(head: Head, part: Part, from: number, most: number): Take | undefined {
  const { status, headers } = head;
  if (!holdsFile(status)) return undefined;
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") throw refusedFile(`the file comes encoded as ${encoding}, which nobody asked for`);
  const goesOn = goesOnAt(head, from);
  if (status === 206 && !goesOn) return undefined;
  if (!goesOn) part.restart();
  const tooLarge = refusedFile(`the file is larger than ${most} bytes`);
  if (Number(headers["content-length"] ?? 0) + part.bytes() > most) throw tooLarge;
  return (piece) => {
    if (part.bytes() + piece.length > most) throw tooLarge;
    part.append(piece);
    return "more";
  };
}

/** The link died, not the file: one more poll gives a fresh one. */
const expired: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** What an answer means whose body was not taken. */
export function withoutFile({ status, headers }: Head, now: number): Attempt {
  if (holdsFile(status)) return again("the answer is another part of the file than the one asked for");
  if (status === 412 || status === 416) return again("the file changed while it was fetched");
  if (status === 429 || isPassing(status))
    return { kind: "again", why: `the answer was ${status}`, asked: retryAfter(headers, undefined, now) };
  throw new ProviderError(`the file's address answered ${status}`, {
    class: expired.has(status) ? "expired" : "provider",
    outcome: "refused",
    status,
  });
}

export const strongEtag = ({ headers: { etag } }: Head): string | undefined =>
  typeof etag === "string" && etag.startsWith('"') ? etag : undefined;
