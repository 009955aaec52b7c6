import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Told of a request's three moments; what it does there is done before the request goes on. */
export type OnRequest = (nth: number, moment: "before" | "processed" | "answered", method: string) => void;

/**
 * A server in front of the emulated APIs that hands every request on, one to one. It knows what the emulator cannot: when
 * an answer is made, and when it has been sent.
 */
export async function front(target: string, onRequest: OnRequest): Promise<string> {
  let count = 0;
  const server = createServer((incoming, answer) => {
    // What is asked of the emulator itself is no request to an API.
    const nth = incoming.url?.startsWith("/__emulator") === true ? 0 : ++count;
    const tell = (moment: Parameters<OnRequest>[1]): void =>
      nth === 0 ? undefined : onRequest(nth, moment, incoming.method ?? "GET");
    handOn(target, incoming, answer, tell).catch(() => answer.destroy());
  });
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(
    () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function handOn(
  target: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
  tell: (moment: "before" | "processed" | "answered") => void,
): Promise<void> {
  const body = await bytesOf(incoming);
  tell("before");
  if (incoming.socket.destroyed) return;
  const { method = "GET", url = "/", headers } = incoming;
  const reply = await new Promise<IncomingMessage>((done, fail) => {
    const outgoing = ask(`${target}${url}`, { method, headers: { ...headers, host: new URL(target).host } }, done);
    outgoing.once("error", fail).end(body);
  });
  const content = await bytesOf(reply);
  tell("processed");
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  await new Promise<void>((done) => {
    answer.once("close", done);
    answer.end(content, () => tell("answered"));
  });
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
