import type { Dispatcher } from "undici";
import { ProviderError } from "../../providers/error.ts";
import { type Account, locate } from "./account.ts";
import { type Head, type Question, type Received, receive, type Take } from "./receive.ts";

export const refusedFile = (why: string): ProviderError =>
  new ProviderError(why, { class: "provider", outcome: "refused" });

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A header that came twice is a list, whatever its type says. */
const leadsTo = ({ status, headers: { location } }: Head): string | undefined =>
  redirects.has(status) && typeof location === "string" ? location : undefined;

/** An address from outside, checked as far as it can be without looking its name up. */
function outsideAddress(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw refusedFile("the file's address is none");
  const url = new URL(text, base);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refusedFile(`files are fetched by https:, not by ${url.protocol}`);
  return url;
}

/**
 * Asks for a file, going along with at most `most` redirects; `accept` sees the first answer that is none. The key goes
 * to the provider's own origin alone, and once it was dropped it is not taken up again.
 */
export async function followed(
  dispatcher: Dispatcher,
  source: { readonly url: string; readonly authorized?: boolean },
  account: Account,
  request: Pick<Question, "headersTimeout" | "bodyTimeout" | "deadline"> & {
    readonly headers: Readonly<Record<string, string>>;
  },
  most: number,
  accept: (head: Head) => Take | undefined,
): Promise<Received> {
  let url = source.url.startsWith("/") ? locate(account, source.url) : outsideAddress(source.url);
  let authorized = source.authorized === true;
  for (let hops = 0; hops <= most; hops++) {
    authorized = authorized && url.origin === account.base.origin;
    const question: Question = {
      ...request,
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: "GET",
      headers: { ...(authorized ? account.headers : { "user-agent": "reelform" }), accept: "*/*", ...request.headers },
    };
    const received = await receive(dispatcher, question, (head) =>
      leadsTo(head) === undefined ? accept(head) : undefined,
    );
    const next = received.kind === "dropped" ? leadsTo(received.head) : undefined;
    if (next === undefined) return received;
    url = outsideAddress(next, url);
  }
  throw refusedFile(`the file's address leads through more than ${most} others`);
}
