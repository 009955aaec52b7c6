import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Env } from "./env.ts";

export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves an app on loopback. Port 0 takes a free one. */
export async function listen(app: Hono<Env>, port: number): Promise<Listening> {
  const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
  // A client may reuse a connection much later; closing it under the client's hands would look like a lost answer.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
