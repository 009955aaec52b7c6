import { Agent, type Dispatcher, errors } from "undici";
import type { Clock, Random } from "../../model/clock.ts";
import type { FailureClass } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Multipart, Read, Wire } from "../../model/provider.ts";
import { ProviderError } from "../../providers/error.ts";
import { type Access, type Account, locate, openAccount } from "./account.ts";
import { type Deadlines, ordinary, uploading } from "./deadlines.ts";
import { type Broken, type Call, type Exchange, exchange } from "./exchange.ts";
import { guardedConnector } from "./guard.ts";
import { isMultipart, payload } from "./payload.ts";
import { refusal } from "./refusal.ts";
import { isPassing, type Patience, patient, pause } from "./retry.ts";
import { known, understand } from "./understand.ts";

export interface WireOptions extends Access {
  readonly clock: Clock;
  readonly random: Random;
  readonly deadlines?: { readonly ordinary: Deadlines; readonly uploading: Deadlines };
  readonly patience?: Patience;
  /** Ends every GET at once, those under way and those to come. What changes something is left to finish. */
  readonly signal?: AbortSignal;
}

/** Thousands of jobs are polled through this many sockets to one provider. */
const connections = 32;

const neverConnected: ReadonlySet<string | undefined> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const ending: Broken = { kind: "broken", why: "the run is ending", code: undefined, status: undefined };

type Verdict<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "failed"; readonly error: ProviderError; readonly passing: boolean };

const unanswered = (heard: Broken, account: Account): ProviderError => {
  const before = neverConnected.has(heard.code);
  return new ProviderError(
    `${account.provider.name} ${before ? "cannot be reached" : "broke off"}: ${account.clean(heard.why)}`,
    { class: before ? "not-sent" : "provider", outcome: before ? "notSent" : "unknown", status: heard.status },
  );
};

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Everything that costs nothing: polls, lists, uploads, titles. Tried again by itself where that may help. */
export function openWire(options: WireOptions): Wire {
  const account = openAccount(options);
  const { clock, random, deadlines = { ordinary, uploading }, patience = patient, signal } = options;
  const { connect } = deadlines.ordinary;
  const own = new Agent({ connections, connect: { timeout: connect } });
  // Apart from the others, so that all that only asks can be broken off and nothing else is.
  const asking = new Agent({ connections, connect: { timeout: connect } });
  signal?.addEventListener("abort", () => void asking.destroy(new errors.RequestAbortedError(ending.why)), {
    once: true,
  });
  const foreign = new Agent({ connections, connect: guardedConnector(account.reachable, connect) });

  const failed = (heard: Exchange, method: Call["method"], means?: FailureClass): Verdict<never> =>
    heard.kind === "broken"
      ? { kind: "failed", error: unanswered(heard, account), passing: true }
      : {
          kind: "failed",
          error: refusal(heard, account, { method, outcome: "refused", now: clock.now(), class: means }),
          passing: isPassing(heard.status),
        };

  async function persist<T>(
    dispatcher: Dispatcher,
    call: Call,
    within: Deadlines,
    judge: (heard: Exchange) => Verdict<T>,
    stop?: AbortSignal,
  ): Promise<T> {
    for (let tried = 1; ; tried++) {
      const verdict = judge(stop?.aborted === true ? ending : await exchange(dispatcher, call, within));
      if (verdict.kind === "value") return verdict.value;
      const mayHelp = verdict.passing && stop?.aborted !== true;
      const wait = mayHelp ? pause(tried, verdict.error.retryAfter, patience, random) : undefined;
      if (wait === undefined) throw verdict.error;
      await clock.sleep(wait, stop);
    }
  }

  async function send<T>(
    method: Exclude<Call["method"], "PUT">,
    path: string,
    body: Json | Multipart | undefined,
    read: Read<T>,
  ): Promise<T> {
    const call: Call = {
      method,
      url: locate(account, path),
      headers: account.headers,
      payload: body === undefined ? undefined : await payload(body),
    };
    const within = body !== undefined && isMultipart(body) ? deadlines.uploading : deadlines.ordinary;
    const judge = (heard: Exchange): Verdict<T> => {
      if (heard.kind === "broken" || !isSuccess(heard.status)) return failed(heard, method);
      const understood = understand(heard, read, account);
      if (understood.kind === "value") return understood;
      const error =
        (understood.kind === "strange" ? known(understood.error) : undefined) ??
        new ProviderError(`${account.provider.name} answered ${understood.why}`, {
          class: "provider",
          outcome: "unknown",
          status: heard.status,
        });
      return { kind: "failed", error, passing: understood.kind === "garbled" };
    };
    return await (method === "GET" ? persist(asking, call, within, judge, signal) : persist(own, call, within, judge));
  }

  return {
    get: (path, read) => send("GET", path, undefined, read),
    post: (path, body, read) => send("POST", path, body, read),
    patch: (path, body, read) => send("PATCH", path, body, read),
    delete: (path, read) => send("DELETE", path, undefined, read),
    async put(url, bytes, mediaType) {
      if (!URL.canParse(url))
        throw new ProviderError(`${account.provider.name} gave no address to upload to`, {
          class: "provider",
          outcome: "notSent",
        });
      const call: Call = {
        method: "PUT",
        url: new URL(url),
        headers: { "user-agent": "reelform" },
        payload: { mediaType, bytes },
      };
      await persist(
        foreign,
        call,
        deadlines.uploading,
        (heard): Verdict<void> =>
          heard.kind === "answer" && isSuccess(heard.status)
            ? { kind: "value", value: undefined }
            : failed(heard, "PUT", "provider"),
      );
    },
  };
}
