import { type Context, Hono } from "hono";
import type { Env } from "./env.ts";
import { alreadySent, hangUp, sendHalf } from "./faults/connection.ts";
import { bare } from "./github/bare.ts";
import { type CheckRun, checks } from "./github/checks.ts";
import { graphql } from "./github/graphql.ts";
import { page } from "./github/page.ts";
import { pullRequests } from "./github/pulls.ts";
import { isUploadFault, type ReleaseOptions, type ReleasePage, releases, type UploadFault } from "./github/releases.ts";
import {
  type Account,
  type Comment,
  commentJson,
  ownJson,
  type Place,
  type Pull,
  permissionJson,
  type Role,
} from "./github-json.ts";
import { listen } from "./listen.ts";

/** What goes wrong with the next requests that fit. */
export interface GithubFault {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Fits every path unless told. */
  readonly path?: RegExp;
  /** How many requests; 1 unless told. */
  readonly times?: number;
  readonly does: FaultKind;
}

type FaultKind =
  /** An answer without any effect. */
  | {
      readonly kind: "answer";
      readonly status: 401 | 403 | 404 | 410 | 422 | 500 | 502 | 503;
      readonly message: string;
    }
  /** The secondary limit: ask again after so many seconds. */
  | { readonly kind: "limited"; readonly retryAfter: number }
  /** The hour's requests are used up: ask again in so many seconds. */
  | { readonly kind: "exhausted"; readonly resetIn: number }
  /** It takes effect, and the connection ends without an answer. */
  | { readonly kind: "lost" }
  /** It takes effect, and half of the answer arrives. */
  | { readonly kind: "truncated" }
  | UploadFault;

export interface GithubOptions extends ReleaseOptions {
  /** "owner/name" */
  readonly repository: string;
  readonly pulls: readonly Pull[];
  /** Who speaks with which token. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** What people may do. Who is not named reads, as everybody may. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Comments that stand there already, oldest first. */
  readonly comments?: readonly Pick<Comment, "pull" | "author" | "body">[];
  readonly faults?: readonly GithubFault[];
  /** The folder of the bare repository behind it, for commits that it is asked to make and branches to propose. */
  readonly git?: string;
  /** Absent or 0: a free one. */
  readonly port?: number;
  /** Called when a request has arrived and before it takes effect; a test may let others act meanwhile. */
  readonly onRequest?: (request: { readonly method: string; readonly path: string }) => void;
}

/** One request and its answer, as a checker of the API's description wants them. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  readonly status: number;
  /** Of the answer. */
  readonly mediaType: string | undefined;
  /** Undefined where it is no JSON. */
  readonly answer: unknown;
}

export interface Github {
  /** What `GITHUB_API_URL` should say. */
  readonly url: string;
  comments(pull: number): readonly Comment[];
  checks(): readonly CheckRun[];
  /** Oldest first. */
  pulls(): readonly Pull[];
  readonly releases: ReleasePage;
  exchanges(): readonly Exchange[];
  /** Somebody comments in their browser. */
  say(comment: Pick<Comment, "pull" | "author" | "body">): void;
  /** Somebody who may edits a comment in their browser. */
  edit(comment: Pick<Comment, "id" | "body">): void;
  /** The branch of a pull request moves. */
  move(pull: number, head: string): void;
  /** Somebody closes or merges a pull request in their browser. */
  end(pull: number): void;
  close(): Promise<void>;
}

const longest = 65_536;

/** A stand-in for the part of GitHub's API that comments, approvals, checks, releases, commits and pull requests need. It keeps what it is told until it is closed. */
export async function startGithub(options: GithubOptions): Promise<Github> {
  const pulls = new Map(options.pulls.map((pull) => [pull.number, pull]));
  const comments = new Map<number, Comment>();
  const exchanges: Exchange[] = [];
  const faults = (options.faults ?? []).map((fault) => ({ ...fault, left: fault.times ?? 1 }));
  let nextId = 1;

  const say = ({ pull, author, body }: Pick<Comment, "pull" | "author" | "body">): Comment => {
    const id = nextId++;
    const at = new Date(Date.UTC(2026, 0, 1) + id * 1000).toISOString().replace(".000", "");
    const comment = { id, pull, author, body, createdAt: at, updatedAt: at };
    comments.set(id, comment);
    return comment;
  };
  for (const comment of options.comments ?? []) say(comment);
  const on = (pull: number): readonly Comment[] => [...comments.values()].filter((comment) => comment.pull === pull);

  const edit = ({ id, body }: Pick<Comment, "id" | "body">): Comment | undefined => {
    const comment = comments.get(id);
    if (comment === undefined) return undefined;
    comments.set(id, { ...comment, body });
    return { ...comment, body };
  };

  const faulty = new WeakMap<object, FaultKind>();
  const kept = releases(options, {
    repository: options.repository,
    speaker: (c) => speaker(c, options.accounts)?.login ?? "",
    fault: (c) => {
      const fault = faulty.get(c.env.incoming);
      return fault !== undefined && isUploadFault(fault) ? fault : undefined;
    },
    storage: () => storage.origin,
  });

  const app = new Hono<Env>();
  const place = (c: Context<Env>): Place => ({ origin: new URL(c.req.url).origin, repository: options.repository });

  app.use("*", async (c, next) => {
    const { method, path } = c.req;
    options.onRequest?.({ method, path });
    const request = isJson(c.req.header("content-type")) ? await c.req.json() : undefined;
    const fault = faults.find((one) => one.left > 0 && one.method === method && (one.path?.test(path) ?? true));
    if (fault !== undefined) fault.left -= 1;
    if (fault !== undefined) faulty.set(c.env.incoming, fault.does);
    const kind = fault?.does.kind;
    const refusal = refused(fault?.does) ?? unwelcome(c, options);
    if (refusal === undefined) await next();
    else c.res = refusal;
    if (alreadySent(c.res)) return;
    const mediaType = c.res.headers.get("content-type") ?? undefined;
    const answered = isJson(mediaType) ? await c.res.clone().json() : undefined;
    exchanges.push({ method, path, request, status: c.res.status, mediaType, answer: answered });
    if (kind !== "lost" && kind !== "truncated") return;
    const answer = kind === "lost" ? hangUp(c) : await sendHalf(c, c.res);
    // An answer laid over another would take on its headers.
    c.res = undefined;
    c.res = answer;
  });

  app.get("/user", (c) => {
    const account = speaker(c, options.accounts);
    if (account === undefined) return c.json({ message: "Requires authentication" }, 401);
    if (account.installation === true) return c.json({ message: "Resource not accessible by integration" }, 403);
    return c.json(ownJson(account.login, place(c)));
  });

  const { repository } = options;
  const behind = options.git === undefined ? undefined : bare(options.git);
  const who = (token: string | undefined): string => accountOf(token, options.accounts)?.login ?? "";
  app.route("/", graphql({ repository, bare: behind, speaker: who }));
  app.route(
    "/",
    pullRequests({
      ...{ repository, pulls, bare: behind },
      speaker: (c) => who(c.req.header("authorization")),
      comments: (pull) => on(pull).length,
    }),
  );

  const base = `/repos/${repository}`;
  app.get(`${base}/issues/:number/comments`, (c) => {
    const number = Number(c.req.param("number"));
    if (!pulls.has(number)) return missing(c);
    const { items, link } = page(on(number), new URL(c.req.url));
    if (link !== undefined) c.header("link", link);
    return c.json(items.map((comment) => commentJson(comment, place(c))));
  });

  app.post(`${base}/issues/:number/comments`, async (c) => {
    const pull = Number(c.req.param("number"));
    if (!pulls.has(pull)) return missing(c);
    const { body } = await c.req.json();
    const wrong = unfit(body);
    if (wrong !== undefined) return c.json(wrong, 422);
    const comment = say({ pull, author: speaker(c, options.accounts)?.login ?? "", body });
    return c.json(commentJson(comment, place(c)), 201);
  });

  app.get(`${base}/issues/comments/:id`, (c) => {
    const comment = comments.get(Number(c.req.param("id")));
    return comment === undefined ? missing(c) : c.json(commentJson(comment, place(c)));
  });

  app.patch(`${base}/issues/comments/:id`, async (c) => {
    const { body } = await c.req.json();
    const wrong = unfit(body);
    if (wrong !== undefined) return c.json(wrong, 422);
    const edited = edit({ id: Number(c.req.param("id")), body });
    return edited === undefined ? missing(c) : c.json(commentJson(edited, place(c)));
  });

  app.delete(`${base}/issues/comments/:id`, (c) =>
    comments.delete(Number(c.req.param("id"))) ? c.body(null, 204) : missing(c),
  );

  app.get(`${base}/collaborators/:login/permission`, (c) => {
    const role = options.roles?.[c.req.param("login")] ?? (options.private === true ? "none" : "read");
    return c.json(permissionJson(c.req.param("login"), role, place(c)));
  });

  const checked = checks(options.repository);
  app.route("/", checked.api);
  app.route("/", kept.api);
  app.notFound(missing);
  const storage = await listen(kept.storage, 0);
  const server = await listen(app, options.port ?? 0);
  return {
    url: server.origin,
    comments: on,
    checks: checked.list,
    pulls: () => [...pulls.values()],
    releases: kept.page,
    exchanges: () => exchanges,
    say,
    edit: (comment) => void edit(comment),
    move: (number, head) => {
      const pull = pulls.get(number);
      if (pull !== undefined) pulls.set(number, { ...pull, head });
    },
    end: (number) => {
      const pull = pulls.get(number);
      if (pull !== undefined) pulls.set(number, { ...pull, state: "closed" });
    },
    close: async () => {
      await Promise.all([server.close(), storage.close()]);
    },
  };
}

const documentation = "https://docs.github.com/rest";

const missing = (c: Context<Env>): Response =>
  c.json({ message: "Not Found", documentation_url: documentation, status: "404" }, 404);

const speaker = (c: Context<Env>, accounts: GithubOptions["accounts"]): Account | undefined =>
  accountOf(c.req.header("authorization"), accounts);

function accountOf(authorization: string | undefined, accounts: GithubOptions["accounts"]): Account | undefined {
  const token = authorization?.replace(/^(token|bearer) /i, "") ?? "";
  return Object.hasOwn(accounts, token) ? accounts[token] : undefined;
}

/** Why the speaker may not do this at all. What is public may be read without a word about oneself. */
function unwelcome(c: Context<Env>, { accounts, private: isPrivate }: GithubOptions): Response | undefined {
  const reads = c.req.method === "GET";
  if (reads && c.req.header("authorization") === undefined) return isPrivate === true ? missing(c) : undefined;
  const account = speaker(c, accounts);
  if (account === undefined) return c.json({ message: "Bad credentials", documentation_url: documentation }, 401);
  if (reads || account.mayWrite !== false) return undefined;
  return c.json({ message: "Resource not accessible by integration", documentation_url: documentation }, 403);
}

const isJson = (mediaType: string | undefined): boolean => mediaType?.startsWith("application/json") === true;

function refused(fault: FaultKind | undefined): Response | undefined {
  if (fault?.kind === "answer") {
    return Response.json({ message: fault.message, documentation_url: documentation }, { status: fault.status });
  }
  if (fault?.kind === "exhausted") {
    const reset = String(Math.floor(Date.now() / 1000) + fault.resetIn);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    return Response.json(
      { message: "API rate limit exceeded", documentation_url: documentation },
      { status: 429, headers },
    );
  }
  if (fault?.kind !== "limited") return undefined;
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const headers = { "retry-after": String(fault.retryAfter) };
  return Response.json({ message, documentation_url: documentation }, { status: 403, headers });
}

/** GitHub's own complaint about a body, in its own words. */
function unfit(body: unknown): object | undefined {
  const message =
    typeof body !== "string" || body.trim() === ""
      ? "body can't be blank"
      : body.length > longest
        ? `body is too long (maximum is ${longest} characters)`
        : undefined;
  if (message === undefined) return undefined;
  const error = { resource: "IssueComment", code: "unprocessable", field: "data", message };
  return { message: "Validation Failed", errors: [error], documentation_url: documentation };
}
