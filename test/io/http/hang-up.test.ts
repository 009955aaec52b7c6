import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { download } from "../../../src/io/http/download.ts";
import { openPaidWires } from "../../../src/io/http/paid.ts";
import { openWire } from "../../../src/io/http/wire.ts";
import type { Json } from "../../../src/model/json.ts";
import { type RawServer, rawServer } from "./raw-server.ts";
import { withBusyThreads } from "./slow-disk.ts";
import { half, intent, key, provider, testClock } from "./world.ts";

const servers: RawServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** Says everything at once and hangs up without waiting for us to read it. */
async function hangingUp(body: Buffer, headers: string): Promise<RawServer> {
  const head = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${headers}\r\n`;
  const server = await rawServer((socket) => socket.end(Buffer.concat([Buffer.from(head), body])));
  servers.push(server);
  return server;
}

const access = (baseUrl: string) => ({
  provider,
  key,
  baseUrl,
  clock: testClock(),
  random: half,
  emulated: false,
});

const asIs = (answer: Json) => answer;
const ways = [
  ["get", (baseUrl: string) => openWire(access(baseUrl)).get("/api/v1/a", asIs)],
  [
    "paid post",
    (baseUrl: string) => {
      const options = access(baseUrl);
      return openPaidWires(options)(intent(options.clock.now() + 60_000)).post("/api/v1/a", {}, asIs);
    },
  ],
] as const;
const closings = [
  ["having said so", "connection: close\r\n"],
  ["without a word", ""],
] as const;

describe.each(closings)("a server that hangs up %s", (_name, headers) => {
  describe.each(ways)("during a %s", (_way, ask) => {
    test.each([200_000, 4_000_000])("is heard to the end of its %i bytes", async (size) => {
      const said = { words: "x".repeat(size) };
      const server = await hangingUp(Buffer.from(JSON.stringify(said)), headers);
      expect(await ask(server.url)).toEqual(said);
    });

    test("is not heard to the end of 20 MB", async () => {
      const server = await hangingUp(Buffer.alloc(20_000_000, 32), headers);
      await expect(ask(server.url)).rejects.toThrow("larger than 8 MiB");
    });
  });

  // Two full reads of a socket and a short one: the last comes together with the end, while the first is being written.
  test.each([140_000, 20_000_000])("has given us its file of %i bytes, however slow our disk", async (size) => {
    const body = Buffer.alloc(size, "words ");
    const server = await hangingUp(body, headers);
    const path = join(mkdtempSync(join(tmpdir(), "hang-up-")), "file");
    const fetching = () => download({ url: `${server.url}/file` }, path, access(server.url));
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect(await withBusyThreads(fetching)).toEqual({ sha256, bytes: size });
    expect(server.requests).toHaveLength(1);
  });
});

test("nothing here could pause the parser", () => {
  const folder = new URL("../../../src/io/http/", import.meta.url);
  for (const name of readdirSync(folder)) {
    const text = readFileSync(new URL(name, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    expect(text, name).not.toMatch(/\.(request|stream|pipeline|connect|upgrade|compose|resume)\(|\bfetch\(|\.pause\(/);
    if (name !== "receive.ts") expect(text, name).not.toMatch(/\.dispatch\(/);
  }
});
