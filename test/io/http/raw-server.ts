import { createServer, type Socket } from "node:net";

export interface Heard {
  readonly head: string;
  readonly body: string;
}

export interface RawServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly Heard[];
  connections(): number;
  close(): Promise<void>;
}

const lengthOf = (head: string): number => Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);

/** A server that speaks whatever bytes it is told to, right or wrong, and counts what it hears. */
export async function rawServer(
  answer: (socket: Socket, heard: Heard, nth: number) => void,
  host = "127.0.0.1",
): Promise<RawServer> {
  const requests: Heard[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    let buffer = "";
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      buffer += chunk.toString("latin1");
      for (;;) {
        const end = buffer.indexOf("\r\n\r\n");
        if (end < 0) return;
        const head = buffer.slice(0, end);
        const length = lengthOf(head);
        if (buffer.length < end + 4 + length) return;
        const heard = { head, body: buffer.slice(end + 4, end + 4 + length) };
        buffer = buffer.slice(end + 4 + length);
        requests.push(heard);
        answer(socket, heard, requests.length);
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://${host}:${port}`,
    port,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An HTTP/1.1 answer with a length. */
export function reply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} Words`, ...lines, "", body].join("\r\n");
}
