import { Client } from "undici";
import type { Clock } from "../../model/clock.ts";
import type { DurableIntent } from "../../model/journal.ts";
import type { Json } from "../../model/json.ts";
import type { Multipart, PaidWire, Read } from "../../model/provider.ts";
import { ProviderError } from "../../providers/error.ts";
import { type Access, type Account, locate, openAccount } from "./account.ts";
import { type Deadlines, ordinary } from "./deadlines.ts";
import { type Answer, exchange } from "./exchange.ts";
import { freshLine } from "./fresh-line.ts";
import { payload } from "./payload.ts";
import { meaningOf, refusal, wordsOf } from "./refusal.ts";
import { understand } from "./understand.ts";

export interface PaidOptions extends Access {
  readonly clock: Clock;
  readonly deadlines?: Deadlines;
}

/** A complete answer with one of these says no before anything was begun. Everything else may have been billed. */
const definite: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 405, 413, 415, 422, 429]);

const notSent = (why: string): ProviderError => new ProviderError(why, { class: "not-sent", outcome: "notSent" });

const unknown = (account: Account, why: string, status: number | undefined): ProviderError =>
  new ProviderError(`${account.provider.name} ${why}; whether the job was taken on is not known`, {
    class: "unknown",
    outcome: "unknown",
    status,
  });

/** Made once: an error of undici's own for each connection would take its stack with it. */
const over = new Error("the request is over");

/** What a complete answer to a paid request means. */
function settle<T>(answer: Answer, read: Read<T>, account: Account, now: number): T {
  const no = definite.has(answer.status) || meaningOf(answer, account).refused === true;
  if (no && answer.framed) throw refusal(answer, account, { method: "POST", outcome: "refused", now });
  const { status } = answer;
  if (status < 200 || status > 299) throw unknown(account, `answered ${status}: ${wordsOf(answer, account)}`, status);
  const understood = understand(answer, read, account);
  if (understood.kind !== "value") throw unknown(account, `answered ${understood.why}`, status);
  return understood.value;
}

/** Checks key and address once, for all the requests that are paid from them. */
export function openPaidWires(options: PaidOptions): (intent: DurableIntent) => PaidWire {
  const account = openAccount(options);
  return (intent) => openPaidWire(intent, account, options);
}

/**
 * The one function that may send a paid request. It takes the proof that the intent is written down, sends once over a
 * connection of its own, follows no redirect and never tries again: what it cannot tell for sure it calls unknown.
 */
function openPaidWire(
  intent: DurableIntent,
  account: Account,
  { clock, provider, deadlines = within(provider.limits.submitDeadline) }: PaidOptions,
): PaidWire {
  if (intent.provider !== provider.name)
    throw new Error(`an intent for ${intent.provider} cannot pay ${provider.name}`);
  let spent = false;

  return {
    async post<T>(path: string, body: Json | Multipart, read: Read<T>): Promise<T> {
      if (spent) throw new Error(`${intent.attempt.id} was paid for already: one claim pays for one request`);
      spent = true;
      const url = locate(account, path);
      const sending = await payload(body);
      const stillAllowed = () => clock.now() < intent.validUntil;
      if (!stillAllowed()) throw notSent("the claim ran out before the request was sent");
      const line = freshLine(deadlines.connect, stillAllowed);
      const client = new Client(url.origin, { connect: line.connect });
      try {
        const call = { method: "POST", url, headers: account.headers, payload: sending } as const;
        const heard = await exchange(client, call, deadlines);
        if (heard.kind === "answer") return settle(heard, read, account, clock.now());
        const why = account.clean(heard.why);
        if (!line.established()) throw notSent(`${account.provider.name} cannot be reached: ${why}`);
        throw unknown(account, `broke off (${why})`, heard.status);
      } finally {
        await client.destroy(over);
      }
    },
  };
}

const within = (answering: number): Deadlines => ({
  connect: ordinary.connect,
  headers: answering,
  body: answering,
  total: answering,
});
