import type { Context, MiddlewareHandler } from "hono";
import type { Json } from "../../model/json.ts";
import type { ProviderName } from "../../model/unit.ts";
import { sha256 } from "../canonical.ts";
import type { Env } from "../env.ts";
import { hangUp, reset, sendHalf, wait } from "./connection.ts";
import type { Fault, Operation } from "./rule.ts";
import type { Strike } from "./strike.ts";

/** What a request is about, as far as rules can ask. */
export interface Subject {
  readonly prompt?: string | undefined;
  readonly finished?: boolean;
}

export interface Target {
  readonly provider: ProviderName;
  readonly operation: Operation;
  subject(c: Context<Env>): Subject | Promise<Subject>;
  /** How this API words a refusal with this status, and after how many seconds to come again. */
  refusal(status: number, retryAfter?: number): Json | string;
}

/** Lets faults strike the requests of one operation. */
export const inject =
  (strike: Strike, target: Target): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { provider, operation } = target;
    const { prompt, finished = false } = await target.subject(c);
    const body = operation === "submit" ? sha256(await c.req.text()) : "";
    const key = `${provider} ${c.req.method} ${c.req.path} ${body}`;
    const fault = strike({ provider, operation, prompt, finished, key });
    c.set("fault", fault);
    if (fault === undefined) return next();
    const answer = await suffer(c, fault, next, target);
    if (answer === undefined) return;
    c.res = undefined;
    c.res = answer;
  };

/** The answer that takes the place of the API's own, or undefined where that stands. */
async function suffer(
  c: Context<Env>,
  fault: Fault,
  next: () => Promise<void>,
  target: Target,
): Promise<Response | undefined> {
  switch (fault.kind) {
    case "status":
      if (fault.carriedOut === true) await next();
      return refuse(fault, target);
    case "drop-before":
      return reset(c);
    case "accept-then-drop":
      await next();
      return reset(c);
    case "hang":
      await wait(c, fault.milliseconds ?? 30_000);
      return hangUp(c);
    case "truncate":
      await next();
      return sendHalf(c, c.res);
    case "not-json":
      await next();
      return page(200, "Welcome to the guest network");
    case "slow":
      await wait(c, fault.milliseconds);
      await next();
      return undefined;
    default:
      await next();
      return undefined;
  }
}

/** Gateways speak HTML; everything else speaks as the API does. */
function refuse(fault: Extract<Fault, { kind: "status" }>, target: Target): Response {
  const body = fault.body ?? target.refusal(fault.status, fault.retryAfter);
  const answer =
    fault.body === undefined && fault.status >= 502
      ? page(fault.status, `${fault.status} Bad Gateway`)
      : typeof body === "string"
        ? new Response(body, { status: fault.status, headers: { "Content-Type": "text/plain" } })
        : Response.json(body, { status: fault.status });
  if (fault.retryAfter !== undefined) answer.headers.set("Retry-After", String(fault.retryAfter));
  return answer;
}

const page = (status: number, title: string): Response =>
  new Response(`<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`, {
    status,
    headers: { "Content-Type": "text/html" },
  });
