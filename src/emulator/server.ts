import { Hono } from "hono";
import type { ProviderName } from "../model/unit.ts";
import type { Api } from "./api.ts";
import { apis } from "./apis.ts";
import type { Env } from "./env.ts";
import type { FaultRule } from "./faults/rule.ts";
import { strikes } from "./faults/strike.ts";
import { account, type LedgerEntry, ledger } from "./ledger.ts";
import { listen } from "./listen.ts";
import { openLog } from "./log.ts";
import { memoryState, type State } from "./state.ts";
import { links } from "./storage/links.ts";
import { missing, storage } from "./storage/storage.ts";
import { Uploads } from "./storage/uploads.ts";

export interface EmulatorOptions {
  /** Absent or 0: a free one. The object storage always takes a free one. */
  readonly port?: number;
  /** Emulated seconds in a real one; 60 unless told. */
  readonly speed?: number;
  /** Decides everything that is left to chance; 1 unless told. */
  readonly seed?: number;
  readonly faults?: readonly FaultRule[];
  /** A memory that ends with the process unless told. */
  readonly state?: State;
  /** Dollars on the account before anything was submitted. */
  readonly credits?: number;
  onRequest?(request: { readonly method: string; readonly url: string }): void;
}

export interface Emulator {
  /** A provider's base URL is this and the provider's name: `${url}/golpo`. */
  readonly url: string;
  readonly speed: number;
  /** Every paid request that ever arrived, oldest first. */
  ledger(): readonly LedgerEntry[];
  close(): Promise<void>;
}

/** Starts the emulated APIs and their object storage on loopback. Jobs of the given memory go on where they are by now. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, speed = 60, seed = 1, faults = [], state = memoryState(), credits = 100_000 } = options;
  const log = openLog(state);

  const files = front(options);
  files.notFound(missing);
  const storehouse = await listen(files, 0);
  const world = {
    seed,
    speed,
    credits,
    log,
    strike: strikes(faults, seed),
    links: links(storehouse.origin, seed),
    uploads: new Uploads(log, state, seed),
  };
  const open = new Map<ProviderName, Api>();
  for (const [name, api] of Object.entries(apis)) open.set(name as ProviderName, api(world));
  files.route("/", storage(world, open));

  const app = front(options);
  app.notFound((c) => c.json({ detail: "Not Found" }, 404));
  for (const [name, api] of open) app.route(`/${name}`, api.routes);
  app.get("/__emulator", (c) => c.json({ emulator: true, speed, seed }));
  app.get("/__emulator/ledger", (c) => c.json(account(ledger(log))));
  const served = await listen(app, port).catch(async (error: unknown) => {
    await storehouse.close();
    throw error;
  });

  return {
    url: served.origin,
    speed,
    ledger: () => ledger(log),
    async close() {
      await Promise.all([served.close(), storehouse.close()]);
    },
  };
}

/** An app that tells of every request, and notes when it came, before it does anything. */
function front({ onRequest }: EmulatorOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("now", Date.now());
    onRequest?.({ method: c.req.method, url: c.req.url });
    await next();
  });
  return app;
}
