import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import type { Env } from "../env.ts";

/** The answer was taken out of the framework's hands: nothing more is to be sent. */
export const alreadySent = (response: Response): boolean =>
  [...RESPONSE_ALREADY_SENT.headers.keys()].every((name) => response.headers.has(name));

/** Ends the connection as a crashed peer would, with a reset. */
export function reset(c: Context<Env>): Response {
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** Closes the connection without a word. */
export function hangUp(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Promises the whole body, sends half of it, and closes the connection. */
export async function sendHalf(c: Context<Env>, response: Response): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer());
  const { outgoing } = c.env;
  const headers = { ...Object.fromEntries(response.headers), "content-length": String(body.length) };
  outgoing.writeHead(response.status, headers);
  await new Promise<void>((done) => {
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => done());
  });
  return hangUp(c);
}

/** Real time. Ends early when the other side goes away. */
export function wait(c: Context<Env>, milliseconds: number): Promise<void> {
  return new Promise((done) => {
    const { socket } = c.env.incoming;
    const end = (): void => {
      clearTimeout(timer);
      socket.off("close", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    socket.on("close", end);
  });
}
