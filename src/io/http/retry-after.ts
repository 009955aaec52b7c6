import type { IncomingHttpHeaders } from "node:http";

const seconds = /^\s*\d+(?:\.\d+)?\s*$/;
/** Date.parse alone takes "in 2050" for a date. */
const httpDate = /^\s*[A-Z][a-z]+,? .+ GMT\s*$/;

function headerWait(header: string, now: number): number | undefined {
  if (seconds.test(header)) return Number(header) * 1000;
  const date = httpDate.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Milliseconds that an answer asks us to wait, from its head or its body; the larger wins. */
export function retryAfter(headers: IncomingHttpHeaders, inBody: number | undefined, now: number): number | undefined {
  const header = headers["retry-after"];
  const waits = [
    header === undefined ? undefined : headerWait(header, now),
    inBody === undefined || !(inBody >= 0) ? undefined : inBody * 1000,
  ].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.round(Math.max(...waits));
}
