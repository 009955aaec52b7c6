import { type Heard, type RawServer, rawServer } from "../io/http/raw-server.ts";
import type { Exchange } from "./recording.ts";

/** A provider and its storage, on two origins, that play a recording and note whatever departs from it. */
export interface Stage {
  readonly api: RawServer;
  readonly storage: RawServer;
  /** What was asked and should not have been, and what should have been and was not. */
  faults(): readonly string[];
  /** A text of the recording, with the storage's real address. */
  place(text: string): string;
  close(): Promise<void>;
}

const statusLine = (exchange: Exchange, body: Buffer): string => {
  const type = typeof exchange.says === "string" ? "text/html" : "application/json";
  const headers = { "content-type": type, "content-length": String(body.length), ...exchange.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${exchange.status} Recorded\r\n${lines.join("")}\r\n`;
};

export async function stage(prefix: string, exchanges: readonly Exchange[]): Promise<Stage> {
  const left = exchanges.flatMap((exchange) => Array.from({ length: exchange.times ?? 1 }, () => exchange));
  const surprises: string[] = [];
  const place = (text: string): string => text.replaceAll("{storage}", storage.url);

  function answer(origin: string, heard: Heard): Buffer {
    const [method = "", path = ""] = heard.head.split(" ");
    const asked = `${method} ${origin}${path}`;
    const next = left.shift();
    if (next?.asks !== asked) surprises.push(`asked ${asked}, and the recording goes on with ${next?.asks}`);
    if (next === undefined) return Buffer.from("HTTP/1.1 500 Unexpected\r\ncontent-length: 0\r\n\r\n");
    const sends = next.sends === undefined ? undefined : place(JSON.stringify(next.sends));
    if (sends !== undefined && sends !== heard.body && next.sends !== heard.body)
      surprises.push(`${asked} sent ${heard.body}, and should have sent ${sends}`);
    for (const [name, value] of Object.entries(next.carries ?? {}))
      if (!heard.head.toLowerCase().includes(`\r\n${name}: ${value}`.toLowerCase()))
        surprises.push(`${asked} came without ${name}: ${value}`);
    const body = Buffer.from(place(typeof next.says === "string" ? next.says : JSON.stringify(next.says)));
    return Buffer.concat([Buffer.from(statusLine(next, body)), body.subarray(0, next.cut ?? body.length)]);
  }

  const isCut = () => left.at(0)?.cut !== undefined;
  const api = await rawServer((socket, heard) => {
    const last = isCut();
    const path = heard.head.replace(` ${prefix}/`, " /");
    const bytes = answer("", { ...heard, head: path });
    if (last) socket.end(bytes);
    else socket.write(bytes);
  });
  const storage: RawServer = await rawServer((socket, heard) => {
    socket.write(answer("{storage}", heard));
  });

  return {
    api,
    storage,
    place,
    faults: () => [...surprises, ...left.map(({ asks }) => `never asked ${asks}`)],
    close: async () => {
      await Promise.all([api.close(), storage.close()]);
    },
  };
}
