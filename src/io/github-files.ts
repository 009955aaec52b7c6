import { createReadStream } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { Agent } from "undici";
import { gather } from "./http/gather.ts";
import { type Head, type Received, receive } from "./http/receive.ts";

/** What Octokit sends its requests with. */
type Fetch = (url: string, init: { readonly method: string; readonly headers: Headers }) => Promise<Response>;
type Headers = Readonly<Record<string, string>>;

/** Where a file goes that comes from GitHub, piece by piece. */
export interface Sink {
  /** Forgets what came so far. */
  restart(): void;
  append(piece: Uint8Array): void;
}

/** Milliseconds: to connect, between two pieces in either direction, and for everything together. */
const patience = { connect: 10_000, idle: 120_000, total: 60 * 60_000 };
const redirects = 5;
/** What GitHub says of a file, and what a storage says of a refusal, is small. */
const mostWords = 2 ** 20;

async function overOneLine<T>(use: (dispatcher: Agent) => Promise<T>): Promise<T> {
  const dispatcher = new Agent({ connect: { timeout: patience.connect }, pipelining: 0 });
  try {
    return await use(dispatcher);
  } finally {
    await dispatcher.destroy();
  }
}

const question = (url: URL, headers: Headers) => ({
  origin: url.origin,
  path: `${url.pathname}${url.search}`,
  headers,
  headersTimeout: patience.idle,
  bodyTimeout: patience.idle,
  deadline: AbortSignal.timeout(patience.total),
});

/** Sends a file from the disk as the request's body, never more of it in memory than is under way. */
export const sending =
  (path: string, bytes: number): Fetch =>
  (url, { method, headers }) =>
    overOneLine(async (dispatcher) => {
      const words = gather(mostWords);
      const body = createReadStream(path);
      try {
        const length = { "content-length": String(bytes) };
        const asked = { ...question(new URL(url), { ...headers, ...length }), method: method as "POST", body };
        return answer(await receive(dispatcher, asked, () => words.take), words.bytes());
      } finally {
        body.destroy();
      }
    });

/**
 * Brings a file to `sink`, wherever GitHub's storage has it. The token goes to GitHub's own address alone: a storage
 * that is led to has its permission in the address, and refuses who shows two.
 */
export const receiving =
  (sink: Sink): Fetch =>
  (start, { headers: { authorization, ...plain } }) =>
    overOneLine(async (dispatcher) => {
      const { origin, protocol } = new URL(start);
      let url = new URL(start);
      let own: Headers = authorization === undefined ? {} : { authorization };
      for (let hops = 0; hops <= redirects; hops++) {
        const words = gather(mostWords);
        sink.restart();
        if (url.origin !== origin) own = {};
        const headers = { ...plain, ...own, "accept-encoding": "identity" };
        const received = await receive(dispatcher, { ...question(url, headers), method: "GET" }, (head) =>
          head.status === 200 ? intoSink(sink) : words.take,
        );
        const { status, headers: told } = headOf(received);
        if (status === 200) return Response.json({ received: true });
        if (status < 300 || status >= 400 || told.location === undefined) return answer(received, words.bytes());
        url = new URL(told.location, url);
        if (url.protocol !== "https:" && url.protocol !== protocol) break;
      }
      throw new Error("GitHub leads to no file");
    });

const intoSink = (sink: Sink) => (piece: Buffer) => {
  sink.append(piece);
  return "more" as const;
};

/** An answer of which a part is missing says nothing. */
function headOf(received: Received): Head {
  if (received.kind === "broken") throw received.error;
  return received.head;
}

function answer(received: Received, words: Buffer): Response {
  const { status, headers } = headOf(received);
  return new Response(words.length === 0 ? null : new Uint8Array(words), { status, headers: flat(headers) });
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/** Whether an upload address belongs to the API that named it: GitHub's own uploads live beside the API. */
export function isUploadAddress(apiUrl: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const [api, uploads] = [new URL(apiUrl), new URL(address)];
  return uploads.origin === api.origin || uploads.origin === api.origin.replace("://api.", "://uploads.");
}
