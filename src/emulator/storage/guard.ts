import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import type { Links } from "./links.ts";
import { refusal } from "./refusal.ts";

/** Who may come in: nobody who brings a provider's key, and nobody with a signature that is not ours or has expired. */
export const guard =
  (links: Links): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (c.req.header("x-api-key") !== undefined || c.req.header("authorization") !== undefined)
      return refusal(400, "InvalidArgument", "A provider's key was sent to the object storage");
    const verdict = links.verdict(new URL(c.req.url), Date.now());
    if (verdict === "forged") return refusal(403, "SignatureDoesNotMatch", "The signature is not ours");
    if (verdict === "expired") return refusal(403, "AccessDenied", "Request has expired");
    if (verdict === "plain" && c.req.method === "PUT") return refusal(403, "AccessDenied", "Access Denied");
    return next();
  };
