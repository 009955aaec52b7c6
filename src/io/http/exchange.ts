import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { errorCode } from "../error-code.ts";
import type { Deadlines } from "./deadlines.ts";
import { gather } from "./gather.ts";
import type { Payload } from "./payload.ts";
import { isFramed, receive } from "./receive.ts";

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

/** Sends once, follows nothing, and reads the whole answer. Says what happened; judges nothing. */
export async function exchange(dispatcher: Dispatcher, call: Call, deadlines: Deadlines): Promise<Exchange> {
  const body = gather(mostBytes);
  const deadline = new AbortController();
  // Not AbortSignal.timeout: of thousands of calls each would keep its timer, however soon it was answered.
  const timer = setTimeout(() => deadline.abort(), deadlines.total);
  const received = await receive(
    dispatcher,
    {
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
      deadline: deadline.signal,
    },
    () => body.take,
  ).finally(() => clearTimeout(timer));
  if (received.kind === "broken") return broken(received.error, received.head?.status);
  const { status, headers } = received.head;
  if (received.kind === "dropped") return tooLarge(status);
  const encoding = String(headers["content-encoding"] ?? "")
    .trim()
    .toLowerCase();
  try {
    const bytes = await inflated(body.bytes(), encoding);
    if (bytes === undefined)
      return { kind: "broken", why: "the answer is encoded in a way nobody asked for", code: undefined, status };
    return { kind: "answer", status, headers, text: bytes.toString("utf8"), framed: isFramed(received.head) };
  } catch (error) {
    if (!(error instanceof Error) || errorCode(error) === undefined) throw error;
    return broken(error, status);
  }
}
