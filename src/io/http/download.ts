import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import type { Clock, Random } from "../../model/clock.ts";
import type { RemoteOutput } from "../../model/job.ts";
import { endsWithItsBoxes } from "../boxes.ts";
import { hasBoxes, kindOfFile } from "../kind-of-file.ts";
import { type Access, type Account, openAccount } from "./account.ts";
import { type Attempt, again, intoPart, strongEtag, withoutFile } from "./file-answer.ts";
import { ForbiddenAddress, guardedConnector } from "./guard.ts";
import { followed, refusedFile } from "./hops.ts";
import { openPart, type Part } from "./part.ts";
import { isFramed } from "./receive.ts";
import { type Patience, patient, pause } from "./retry.ts";

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
  const deadline = AbortSignal.timeout(limits.total);
  const timeouts = { headersTimeout: limits.headers, bodyTimeout: limits.idle, deadline };

  async function attempt(etag: string | undefined): Promise<Attempt> {
    if (etag === undefined) part.restart();
    const from = part.bytes();
    const range = etag === undefined || from === 0 ? {} : { range: `bytes=${from}-`, "if-match": etag };
    const request = { ...timeouts, headers: { "accept-encoding": "identity", ...range } };
    const received = await followed(dispatcher, { url, authorized }, account, request, limits.redirects, (head) =>
      intoPart(head, part, from, limits.bytes),
    );
    switch (received.kind) {
      case "whole": {
        const missing = await incomplete(part, isFramed(received.head));
        return missing === undefined ? { kind: "received" } : again(missing);
      }
      case "dropped":
        return withoutFile(received.head, clock.now());
      case "broken": {
        const { error, head } = received;
        if (error instanceof ForbiddenAddress) throw refusedFile(`the file's address is off limits: ${error.message}`);
        return again(error.message, head === undefined ? etag : strongEtag(head));
      }
    }
  }

  try {
    let etag: string | undefined;
    for (let tried = 1; ; tried++) {
      const result = await attempt(etag);
      if (result.kind === "received") return;
      etag = result.etag;
      const wait = deadline.aborted ? undefined : pause(tried, result.asked, patience, random);
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
    if ("text" in source) part.append(Buffer.from(source.text));
    else await fetchTo(part, source.url, source.authorized === true, account, options);
    const bytes = part.bytes();
    return { sha256: await part.finish(), bytes };
  } catch (error) {
    await part.discard();
    throw error;
  }
}
