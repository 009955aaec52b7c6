import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { type Dispatcher, errors } from "undici";
import { errorCode } from "../error-code.ts";
import type { Deadlines } from "./deadlines.ts";
import { ForbiddenAddress } from "./guard.ts";
import type { Payload } from "./payload.ts";

/** One request. What it means, and whether it may be sent again, is the caller's business. */
export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: Payload | undefined;
}

/** An answer whose body was received. `framed`: its own head said where it ends, so a cut would have been noticed. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly framed: boolean;
}

/** No answer, or only a part of one. `code` is the system's or the library's own name for it. */
export interface Broken {
  readonly kind: "broken";
  readonly why: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
}

export type Exchange = Answer | Broken;

/** No JSON of ours is larger, before or after it is inflated. */
const mostBytes = 8 * 2 ** 20;

/** What a network can do to us. An invalid argument is our own mistake and stays one. */
export function isNetworkTrouble(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof errors.InvalidArgumentError) return false;
  if (error instanceof errors.UndiciError || error instanceof errors.HTTPParserError) return true;
  if (error instanceof ForbiddenAddress || error.name === "TimeoutError" || error.name === "AbortError") return true;
  return errorCode(error) !== undefined && !errorCode(error)?.startsWith("ERR_INVALID_ARG");
}

const broken = (error: Error, status: number | undefined): Broken => {
  const code = errorCode(error);
  return { kind: "broken", why: error.message === "" ? (code ?? error.name) : error.message, code, status };
};

const tooLarge = (status: number): Broken => ({
  kind: "broken",
  why: `the answer is larger than ${mostBytes / 2 ** 20} MiB`,
  code: undefined,
  status,
});

const inflaters = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

const isEncoding = (name: string): name is keyof typeof inflaters => Object.hasOwn(inflaters, name);

async function inflated(bytes: Buffer, encoding: string): Promise<Buffer | undefined> {
  if (encoding === "" || encoding === "identity") return bytes;
  return isEncoding(encoding) ? await inflaters[encoding](bytes, { maxOutputLength: mostBytes }) : undefined;
}

const isFramed = (status: number, headers: IncomingHttpHeaders): boolean =>
  headers["content-length"] !== undefined ||
  /(?:^|,)\s*chunked\s*$/i.test(headers["transfer-encoding"] ?? "") ||
  status === 204 ||
  status === 304;

/** Sends once, follows nothing, and reads the whole answer. Says what happened; judges nothing. */
export async function exchange(dispatcher: Dispatcher, call: Call, deadlines: Deadlines): Promise<Exchange> {
  let status: number | undefined;
  try {
    const response = await dispatcher.request({
      origin: call.url.origin,
      path: `${call.url.pathname}${call.url.search}`,
      method: call.method,
      headers: {
        ...call.headers,
        "accept-encoding": "gzip, br",
        ...(call.payload === undefined ? {} : { "content-type": call.payload.mediaType }),
      },
      body: call.payload?.bytes ?? null,
      headersTimeout: deadlines.headers,
      bodyTimeout: deadlines.body,
      signal: AbortSignal.timeout(deadlines.total),
    });
    status = response.statusCode;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) return tooLarge(status);
      chunks.push(chunk);
    }
    const encoding = String(response.headers["content-encoding"] ?? "")
      .trim()
      .toLowerCase();
    const bytes = await inflated(Buffer.concat(chunks), encoding);
    if (bytes === undefined)
      return { kind: "broken", why: "the answer is encoded in a way nobody asked for", code: undefined, status };
    return {
      kind: "answer",
      status,
      headers: response.headers,
      text: bytes.toString("utf8"),
      framed: isFramed(status, response.headers),
    };
  } catch (error) {
    if (!isNetworkTrouble(error)) throw error;
    return broken(error, status);
  }
}
