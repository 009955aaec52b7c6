import type { MiddlewareHandler } from "hono";
import { parsed } from "../model/json.ts";
import type { ProviderName } from "../model/unit.ts";
import type { Env } from "./env.ts";
import { alreadySent } from "./faults/connection.ts";
import { requestHash } from "./request-hash.ts";
import type { World } from "./world.ts";

/** Writes down every paid request that was not taken on, and why. Stands before everything else that may refuse. */
export const refusals =
  (world: World, provider: ProviderName): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next();
    if (c.var.accepted) return;
    const body = await c.req.text();
    const hash = requestHash(parsed(body) ?? body, world.uploads);
    const common = { kind: "refused", at: Date.now(), provider, hash } as const;
    const fault = c.var.fault === undefined ? "" : `fault "${c.var.fault.kind}"`;
    if (alreadySent(c.res)) {
      world.log.append({ ...common, why: fault });
      return;
    }
    const words = (await c.res.clone().text()).slice(0, 500);
    world.log.append({ ...common, status: c.res.status, why: fault === "" ? words : fault });
  };
