import type { LookupFunction } from "node:net";
import { Agent, type Dispatcher } from "undici";
import type { Clock, Random } from "../../model/clock.ts";
import type { RemoteOutput } from "../../model/job.ts";
import { ProviderError } from "../../providers/error.ts";
import { endsWithItsBoxes } from "../boxes.ts";
import { hasBoxes, kindOfFile } from "../magic.ts";
import { type Access, type Account, openAccount } from "./account.ts";
import { isNetworkTrouble } from "./exchange.ts";
import { ForbiddenAddress, guardedConnector } from "./guard.ts";
import { followed, refusedFile } from "./hops.ts";
import { openPart, type Part } from "./part.ts";
import { isPassing, type Patience, patient, pause } from "./retry.ts";
import { retryAfter } from "./retry-after.ts";

export interface DownloadLimits {
  readonly bytes: number;
  readonly redirects: number;
  /** Milliseconds: to connect, until the answer begins, between two pieces, and for everything together. */
  readonly connect: number;
  readonly headers: number;
  readonly idle: number;
  readonly total: number;
}

export const generous: DownloadLimits = {
  bytes: 2 * 2 ** 30,
  redirects: 5,
  connect: 10_000,
  headers: 30_000,
  idle: 30_000,
  total: 30 * 60_000,
};

export interface DownloadOptions extends Access {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: DownloadLimits;
  readonly patience?: Patience;
  /** How names become addresses. */
  readonly lookup?: LookupFunction;
}

export interface Downloaded {
  readonly sha256: string;
  readonly bytes: number;
}

/** The link died, not the file: one more poll gives a fresh one. */
const expired: ReadonlySet<number> = new Set([401, 403, 404, 410]);

type Attempt =
  | { readonly kind: "received"; readonly framed: boolean }
  /** `etag` lets the next attempt go on where this one was cut; without it the next begins anew. */
  | { readonly kind: "again"; readonly why: string; readonly etag?: string; readonly asked?: number | undefined };

/** Thrown by the body alone, so that a full disk is never taken for a bad network. */
class Cut extends Error {
  override readonly name = "Cut";
}

async function* pieces(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    if (!isNetworkTrouble(error)) throw error;
    throw new Cut(error.message);
  }
}

const strongEtag = ({ headers }: Dispatcher.ResponseData): string | undefined =>
  typeof headers.etag === "string" && headers.etag.startsWith('"') ? headers.etag : undefined;

const again = (why: string, etag?: string): Attempt => ({
  kind: "again",
  why,
  ...(etag === undefined ? {} : { etag }),
});

/** Writes one answer's body to the part, never more than allowed. */
async function receive(response: Dispatcher.ResponseData, part: Part, most: number): Promise<Attempt> {
  const { headers, body } = response;
  const tooLarge = refusedFile(`the file is larger than ${most} bytes`);
  if (Number(headers["content-length"] ?? 0) + part.bytes() > most) throw tooLarge;
  try {
    for await (const piece of pieces(body)) {
      if (part.bytes() + piece.length > most) throw tooLarge;
      await part.append(piece);
    }
  } catch (error) {
    if (!(error instanceof Cut)) throw error;
    return again(error.message, strongEtag(response));
  }
  const chunked = /chunked/i.test(String(headers["transfer-encoding"] ?? ""));
  return { kind: "received", framed: chunked || headers["content-length"] !== undefined };
}

/** What an answer to a request for a file means. `from` is where we asked it to begin. */
async function judge(
  response: Dispatcher.ResponseData,
  part: Part,
  from: number,
  most: number,
  now: number,
): Promise<Attempt> {
  const { statusCode: status, headers } = response;
  const encoding = headers["content-encoding"] ?? "identity";
  if (status === 200 || status === 206) {
    if (encoding !== "identity") throw refusedFile(`the file comes encoded as ${encoding}, which nobody asked for`);
    const resumes = status === 206 && String(headers["content-range"] ?? "").startsWith(`bytes ${from}-`) && from > 0;
    if (status === 206 && !resumes) return again("the answer is another part of the file than the one asked for");
    if (!resumes) await part.restart();
    return await receive(response, part, most);
  }
  const asked = retryAfter(headers, undefined, now);
  if (status === 412 || status === 416) return again("the file changed while it was fetched");
  if (status === 429 || isPassing(status)) return { kind: "again", why: `the answer was ${status}`, asked };
  throw new ProviderError(`the file's address answered ${status}`, {
    class: expired.has(status) ? "expired" : "provider",
    outcome: "refused",
    status,
  });
}

/** Why a received file cannot be the whole of what it says it is; undefined when it can. */
async function incomplete(part: Part, framed: boolean): Promise<string | undefined> {
  if (part.bytes() === 0) return "the file is empty";
  const kind = await kindOfFile(part.path);
  if (kind === undefined) throw refusedFile("the file is neither media nor plain text, so it is not kept");
  if (hasBoxes(kind)) return (await endsWithItsBoxes(part.path)) ? undefined : "the film is cut or damaged";
  return framed ? undefined : "the answer has no length, so nobody can tell whether the file is whole";
}

async function fetchTo(part: Part, url: string, authorized: boolean, account: Account, options: DownloadOptions) {
  const { clock, random, limits = generous, patience = { ...patient, tries: 5 } } = options;
  const connect = guardedConnector(account.reachable, limits.connect, options.lookup);
  const dispatcher = new Agent({ connect, pipelining: 0 });
  const signal = AbortSignal.timeout(limits.total);
  const timeouts = { headersTimeout: limits.headers, bodyTimeout: limits.idle, signal };

  async function attempt(etag: string | undefined): Promise<Attempt> {
    if (etag === undefined) await part.restart();
    const from = part.bytes();
    const range = etag === undefined || from === 0 ? {} : { range: `bytes=${from}-`, "if-match": etag };
    let response: Dispatcher.ResponseData;
    try {
      const headers = { "accept-encoding": "identity", ...range };
      response = await followed(dispatcher, { url, authorized }, account, { ...timeouts, headers }, limits.redirects);
    } catch (error) {
      if (!isNetworkTrouble(error)) throw error;
      if (error instanceof ForbiddenAddress) throw refusedFile(`the file's address is off limits: ${error.message}`);
      return again(error.message, etag);
    }
    try {
      const judged = await judge(response, part, from, limits.bytes, clock.now());
      const missing = judged.kind === "received" ? await incomplete(part, judged.framed) : undefined;
      return missing === undefined ? judged : again(missing);
    } finally {
      response.body.on("error", () => undefined).destroy();
    }
  }

  try {
    let etag: string | undefined;
    for (let tried = 1; ; tried++) {
      const result = await attempt(etag);
      if (result.kind === "received") return;
      etag = result.etag;
      const wait = signal.aborted ? undefined : pause(tried, result.asked, patience, random);
      if (wait === undefined) throw refusedFile(`the file could not be fetched: ${account.clean(result.why)}`);
      await clock.sleep(wait);
    }
  } finally {
    await dispatcher.destroy();
  }
}

/**
 * Brings a finished file to `path`: whole, of a kind that may be published, and hashed on the way. A dead link is a
 * ProviderError of class `expired`, so that a fresh one can be asked for. Nothing is left behind when it fails.
 */
export async function download(
  source: RemoteOutput["source"],
  path: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  const account = openAccount(options);
  const part = await openPart(path);
  try {
    if ("text" in source) await part.append(Buffer.from(source.text));
    else await fetchTo(part, source.url, source.authorized === true, account, options);
    const bytes = part.bytes();
    return { sha256: await part.finish(), bytes };
  } catch (error) {
    await part.discard();
    throw error;
  }
}
