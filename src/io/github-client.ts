import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { isObject } from "../model/json.ts";

export interface GithubAddress {
  /** "https://api.github.com", or what `GITHUB_API_URL` says. */
  readonly apiUrl: string;
  readonly token: string;
  /** "owner/name" */
  readonly repository: string;
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

export interface IssueComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/**
 * GitHub would not, or nobody knows whether it did. `lost`: the request may have taken effect. `too-long`: a shorter
 * body may pass. `refused`: all other complete answers that say no.
 */
export class GithubError extends Error {
  override readonly name = "GithubError";
  readonly kind: "refused" | "too-long" | "lost";
  readonly status: number;

  constructor(kind: GithubError["kind"], status: number, message: string) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** The part of GitHub that comments need. Whatever goes wrong out there is a GithubError. */
export interface Github {
  /** Who the token speaks as. */
  login(): Promise<string>;
  /** All comments of a pull request, oldest first. */
  comments(pull: number): Promise<readonly IssueComment[]>;
  /** Never sent twice: when it is `lost`, look before posting again. */
  post(pull: number, body: string): Promise<IssueComment>;
  edit(id: number, body: string): Promise<IssueComment>;
  remove(id: number): Promise<void>;
}

const Client = Octokit.plugin(retry, throttling);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
/** All waits that GitHub asks for, together, in seconds. */
const patience = 60;
const answerWithin = 15_000;
const overWithin = 120_000;

export function github(address: GithubAddress, pace: Pace): Github {
  const [owner, repo] = namesOf(address.repository);
  const over = AbortSignal.timeout(overWithin);
  const client = new Client({
    auth: tokenOf(address.token),
    baseUrl: address.apiUrl.replace(/\/+$/, ""),
    log: silent,
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.any([over, AbortSignal.timeout(answerWithin)]) }),
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
  const once = { request: { retries: 0 } };
  let left = patience;

  /** Sends a request, and again after the wait that GitHub asks for: such an answer says that nothing was done. */
  async function ask<T>(
    send: () => Promise<{ readonly data: unknown }>,
    read: (data: unknown) => T | undefined,
  ): Promise<T> {
    while (true) {
      try {
        const value = read((await send()).data);
        if (value === undefined) throw new GithubError("lost", 200, "GitHub's answer was cut off");
        return value;
      } catch (error) {
        if (!isHttpError(error)) throw error;
        const wait = askedToWait(error);
        if (wait === undefined || wait > left) throw trouble(error);
        left -= wait;
        await pace.sleep(wait * 1000);
      }
    }
  }

  /** Reading has no effect, so an answer that was cut off is asked for again. */
  async function look<T>(
    send: () => Promise<{ readonly data: unknown }>,
    read: (data: unknown) => T | undefined,
  ): Promise<T> {
    try {
      return await ask(send, read);
    } catch (error) {
      if (!(error instanceof GithubError) || error.kind !== "lost") throw error;
      return ask(send, read);
    }
  }

  return {
    login: () =>
      look(
        () => client.rest.users.getAuthenticated(),
        (data) => text(data, "login"),
      ),
    async comments(pull) {
      const all: IssueComment[] = [];
      for (let page = 1, more = true; more; page++) {
        const read = await look(async () => {
          const answer = await client.rest.issues.listComments({
            owner,
            repo,
            issue_number: pull,
            per_page: 100,
            page,
          });
          more = /rel="next"/.test(answer.headers.link ?? "");
          return answer;
        }, commentsOf);
        all.push(...read);
      }
      return all.sort((a, b) => a.id - b.id);
    },
    post: (pull, body) =>
      ask(() => client.rest.issues.createComment({ owner, repo, issue_number: pull, body, ...once }), commentOf),
    edit: (id, body) => ask(() => client.rest.issues.updateComment({ owner, repo, comment_id: id, body }), commentOf),
    async remove(id) {
      await ask(
        () => client.rest.issues.deleteComment({ owner, repo, comment_id: id }),
        () => true,
      );
    },
  };
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

const commentsOf = (data: unknown): readonly IssueComment[] | undefined => {
  if (!Array.isArray(data)) return undefined;
  const read = data.map(commentOf);
  return read.includes(undefined) ? undefined : read.filter((comment) => comment !== undefined);
};

function commentOf(data: unknown): IssueComment | undefined {
  if (!isObject(data)) return undefined;
  const { id, body } = data;
  const url = text(data, "html_url");
  if (typeof id !== "number" || url === undefined) return undefined;
  // The account of a comment's author may be gone.
  return { id, url, author: text(data.user, "login") ?? "", body: typeof body === "string" ? body : "" };
}

function text(data: unknown, key: string): string | undefined {
  const value = isObject(data) ? data[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

interface HttpError extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown };
}

const isHttpError = (error: unknown): error is HttpError =>
  error instanceof Error && !(error instanceof GithubError) && "status" in error && typeof error.status === "number";

/** Seconds, where GitHub says that its limits are the reason and when they end. */
function askedToWait({ status, response }: HttpError): number | undefined {
  if (response === undefined || (status !== 403 && status !== 429)) return undefined;
  const { headers } = response;
  const after = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(after) && after >= 0) return after;
  if (headers["x-ratelimit-remaining"] !== "0") return undefined;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) - Date.now() / 1000;
  return Number.isFinite(reset) ? Math.max(0, Math.ceil(reset)) : undefined;
}

/** The error's own message may quote the request, so only GitHub's answer is told. */
function trouble({ status, response }: HttpError): GithubError {
  if (response === undefined) return new GithubError("lost", status, "GitHub cannot be reached");
  const said = text(response.data, "message") ?? "no reason given";
  const why = `GitHub answered ${status}: ${said}`;
  if (status >= 500) return new GithubError("lost", status, why);
  const tooLong = status === 422 && /too long/i.test(JSON.stringify(response.data));
  return new GithubError(tooLong ? "too-long" : "refused", status, why);
}
