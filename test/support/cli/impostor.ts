import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Json } from "../../../src/model/json.ts";

/** A request as it reached the impostor. The path is the API's own, without the query: `/api/v1/videos/generate`. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Answers in the API's stead. `pass` asks the API itself, which then does what it is asked for. Undefined hangs up. */
export type Act = (asked: Asked, pass: () => Promise<Reply>) => Promise<Reply | undefined>;

export interface Impostor {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** A server in front of an emulated API that may say anything else. */
export async function impostor(target: string, act: Act): Promise<Impostor> {
  const asked: Asked[] = [];
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "GET", url = "/", headers } = incoming;
    const one: Asked = { method, path: url.replace(/\?.*$/, "").replace(/^\/golpo/, ""), headers };
    const pass = (): Promise<Reply> => ask(`${target}${url}`, one, Buffer.concat(chunks));
    // What is asked of the emulator itself is no request to an API.
    const reply = one.path.startsWith("/__emulator") ? await pass() : await act(one, pass);
    if (!one.path.startsWith("/__emulator")) asked.push(one);
    if (reply === undefined) {
      response.destroy();
      return;
    }
    response.writeHead(reply.status, { "content-length": Buffer.byteLength(reply.body), ...reply.headers });
    response.end(reply.body);
  }
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function ask(url: string, { method, headers }: Asked, body: Buffer): Promise<Reply> {
  const { "x-api-key": key, "content-type": mediaType } = headers;
  const answer = await fetch(url, {
    method,
    headers: {
      ...(key === undefined ? {} : { "x-api-key": String(key) }),
      ...(mediaType === undefined ? {} : { "content-type": mediaType }),
    },
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  return {
    status: answer.status,
    headers: { "content-type": answer.headers.get("content-type") ?? "" },
    body: new Uint8Array(await answer.arrayBuffer()),
  };
}

export const json = (value: Json, status = 200, headers: Reply["headers"] = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});

/** The reply with its JSON changed. */
export function changed(reply: Reply, change: (value: Json) => Json): Reply {
  const text = typeof reply.body === "string" ? reply.body : Buffer.from(reply.body).toString("utf8");
  return json(change(JSON.parse(text) as Json), reply.status);
}

export const routes = {
  generate: "/api/v1/videos/generate",
  list: "/api/v1/videos",
  status: "/api/v1/videos/status/",
} as const;
