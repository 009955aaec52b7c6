import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { isObject } from "../model/json.ts";
import { GithubError, isRefusal, type Refusal, trouble } from "./github-error.ts";

export interface GithubAddress {
  /** "https://api.github.com", or what `GITHUB_API_URL` says. */
  readonly apiUrl: string;
  readonly token: string;
  /** "owner/name" */
  readonly repository: string;
}

/** Without a token only what everybody may see is answered. */
export interface GithubReader extends Omit<GithubAddress, "token"> {
  readonly token: string | undefined;
}

/** How long requests are spread and waited for. */
export interface Pace {
  /** Whether writes are kept a few seconds apart, as GitHub asks of everybody. */
  readonly spaced: boolean;
  /** How long GitHub's "second" is, for waits between tries. */
  readonly second: number;
  sleep(ms: number): Promise<void>;
}

export const polite: Pace = {
  spaced: true,
  second: 1000,
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/** How much time one undertaking may take. */
export interface SessionLimits {
  /** All waits that GitHub asks for, together, in seconds. */
  readonly waits: number;
  /** Everything together, in milliseconds; undefined for what sends files, which has deadlines of its own. */
  readonly overWithin: number | undefined;
  /** One request, in milliseconds. */
  readonly answerWithin: number;
}

type Answer = { readonly data: unknown; readonly headers?: { readonly link?: string } };
type Reader<T> = (data: unknown) => T | undefined;

/** One undertaking at one repository, under one budget of patience. Whatever goes wrong out there is a GithubError. */
export interface Session {
  readonly client: Octokit;
  readonly at: { readonly owner: string; readonly repo: string };
  /** Sends, and again after the wait that GitHub asks for: such an answer says that nothing was done. */
  ask<T>(send: () => Promise<Answer>, read: Reader<T>): Promise<T>;
  /** Reading has no effect, so an answer that was cut off is asked for again. */
  look<T>(send: () => Promise<Answer>, read: Reader<T>): Promise<T>;
  /** All pages of a list. One entry that cannot be read makes the whole an answer that was cut off. */
  list<T>(
    send: (page: { readonly per_page: 100; readonly page: number }) => Promise<Answer>,
    read: Reader<T>,
  ): Promise<readonly T[]>;
}

const Client = Octokit.plugin(retry, throttling);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** For what is told beside the paid work, which is not worth holding a run up for. */
export const beside = { waits: 60, overWithin: 120_000, answerWithin: 15_000 };

export function openSession(
  address: GithubReader,
  pace: Pace,
  { waits, overWithin, answerWithin }: SessionLimits,
): Session {
  const [owner, repo] = namesOf(address.repository);
  const over = overWithin === undefined ? [] : [AbortSignal.timeout(overWithin)];
  const client = new Client({
    ...(address.token === undefined ? {} : { auth: tokenOf(address.token) }),
    baseUrl: address.apiUrl.replace(/\/+$/, ""),
    log: silent,
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.any([...over, AbortSignal.timeout(answerWithin)]) }),
    },
    // What 403 and 429 ask for is decided below, under one budget of patience.
    retry: { retries: 2, retryAfterBaseValue: pace.second, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    throttle: {
      enabled: pace.spaced,
      id: `${address.apiUrl} ${address.repository}`,
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  });
  let left = waits;

  const ask: Session["ask"] = async (send, read) => {
    while (true) {
      try {
        const value = read((await send()).data);
        if (value === undefined) throw new GithubError("lost", 200, "GitHub's answer was cut off");
        return value;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const wait = askedToWait(error);
        if (wait === undefined) throw trouble(error);
        if (wait > left) throw new GithubError("limited", error.status, trouble(error).message);
        left -= wait;
        await pace.sleep(wait * 1000);
      }
    }
  };

  const look: Session["look"] = async (send, read) => {
    try {
      return await ask(send, read);
    } catch (error) {
      if (!(error instanceof GithubError) || error.kind !== "lost") throw error;
      return ask(send, read);
    }
  };

  return {
    client,
    at: { owner, repo },
    ask,
    look,
    async list(send, read) {
      const all = [];
      for (let page = 1, more = true; more; page++) {
        const entries = await look(
          async () => {
            const answer = await send({ per_page: 100, page });
            more = /rel="next"/.test(answer.headers?.link ?? "");
            return answer;
          },
          (data) => entriesOf(data, read),
        );
        all.push(...entries);
      }
      return all;
    },
  };
}

function entriesOf<T>(data: unknown, read: Reader<T>): readonly T[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const entries = data.map(read);
  return entries.includes(undefined) ? undefined : entries.filter((entry) => entry !== undefined);
}

function namesOf(repository: string): readonly [owner: string, repo: string] {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (owner === undefined || repo === undefined) {
    throw new GithubError("refused", 0, `"${repository}" is not the name of a repository`);
  }
  return [owner, repo];
}

/** A header's error message would quote the token, so it never gets that far. */
function tokenOf(token: string): string {
  const bare = token.trim();
  if (!/^[\x21-\x7e]+$/.test(bare)) throw new GithubError("refused", 0, "the token is empty or no token");
  return bare;
}

/** Seconds, where GitHub says that its limits are the reason and when they end. */
function askedToWait({ status, response }: Refusal): number | undefined {
  if (response === undefined || (status !== 403 && status !== 429)) return undefined;
  const { headers } = response;
  const after = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(after) && after >= 0) return after;
  if (headers["x-ratelimit-remaining"] !== "0") return undefined;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) - Date.now() / 1000;
  return Number.isFinite(reset) ? Math.max(0, Math.ceil(reset)) : undefined;
}

/** A text of an answer's object; undefined where it has none. */
export function textIn(data: unknown, key: string): string | undefined {
  const value = isObject(data) ? data[key] : undefined;
  return typeof value === "string" ? value : undefined;
}
