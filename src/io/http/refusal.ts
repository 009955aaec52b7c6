import { isOutOfCredit } from "../../model/credit.ts";
import type { FailureClass } from "../../model/job.ts";
import { parsed } from "../../model/json.ts";
import type { Meaning } from "../../model/provider.ts";
import { type Outcome, ProviderError } from "../../providers/error.ts";
import type { Account } from "./account.ts";
import { complaint } from "./complaint.ts";
import type { Answer, Call } from "./exchange.ts";
import { retryAfter } from "./retry-after.ts";

function failureClass(status: number, method: Call["method"], words: string): FailureClass {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return "invalid";
    case 401:
      return "auth";
    case 402:
      return "quota";
    case 403:
      return /\bcredits?\b/i.test(words) || isOutOfCredit(words) ? "quota" : "plan";
    case 429:
      return isOutOfCredit(words) ? "quota" : "rate";
    case 404:
    case 410:
      return method === "POST" ? "provider" : "expired";
    default:
      return "provider";
  }
}

const isPage = (answer: Answer): boolean =>
  /^\s*<|^text\/html/i.test(answer.text) || /html/i.test(String(answer.headers["content-type"] ?? ""));

/** A redirect is not followed: the key, and a paid body, would go along. */
const redirected = (answer: Answer): string | undefined =>
  answer.status >= 300 && answer.status < 400 ? "a redirect, which is not followed" : undefined;

/** What to say of an answer that says no, in the provider's own words where it has any. */
export const wordsOf = (answer: Answer, account: Account): string =>
  redirected(answer) ??
  account.clean(complaint(answer.text).message ?? (isPage(answer) ? "a web page instead of JSON" : answer.text));

/** What the provider's own codes say of an answer. */
export const meaningOf = (answer: Answer, { provider }: Account): Meaning =>
  provider.meaning?.(answer.status, parsed(answer.text) ?? null) ?? {};

/** An answer that says no, as the error that the engine knows how to treat. */
export function refusal(
  answer: Answer,
  account: Account,
  about: {
    readonly method: Call["method"];
    readonly outcome: Outcome;
    readonly now: number;
    /** Overrides what the status means: a storage's 403 says nothing of the provider's plan. */
    readonly class?: FailureClass | undefined;
  },
): ProviderError {
  const said = complaint(answer.text);
  const own = meaningOf(answer, account);
  const words = own.message === undefined ? wordsOf(answer, account) : account.clean(own.message);
  const asked = retryAfter(answer.headers, said.retryAfter, about.now);
  return new ProviderError(`${account.provider.name} answered ${answer.status}${words === "" ? "" : `: ${words}`}`, {
    class: about.class ?? own.class ?? failureClass(answer.status, about.method, `${words} ${said.message ?? ""}`),
    outcome: about.outcome,
    status: answer.status,
    retryAfter: asked === undefined ? own.retryAfter : Math.max(asked, own.retryAfter ?? 0),
    fields: said.fields.map(({ path, message }) => ({
      path: path.map(account.clean),
      message: account.clean(message),
    })),
  });
}
