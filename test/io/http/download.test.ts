import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import type { LookupFunction } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { wav } from "../../../src/emulator/media/wav.ts";
import { type DownloadLimits, download, generous } from "../../../src/io/http/download.ts";
import { patient } from "../../../src/io/http/retry.ts";
import type { RemoteOutput } from "../../../src/model/job.ts";
import { ProviderError } from "../../../src/providers/error.ts";
import { film } from "../film.ts";
import { type Heard, type RawServer, rawServer, reply } from "./raw-server.ts";
import { half, key, provider, testClock } from "./world.ts";

const mp4 = Buffer.from(film());
const shaOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const quick = { connect: 1000, headers: 150, idle: 150, total: 2000 };

const servers: RawServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

type Play = string | Buffer | ((heard: Heard) => string | Buffer);

/** Plays the answers one after the other and closes after each; the last goes on for ever. */
async function playing(...answers: readonly Play[]): Promise<RawServer> {
  const server = await rawServer((socket, heard, nth) => {
    const answer = answers[Math.min(nth, answers.length) - 1] ?? "";
    socket.end(typeof answer === "function" ? answer(heard) : answer);
  });
  servers.push(server);
  return server;
}

/** The first answer stops without an end, so that its bytes are surely taken in before it counts as cut. */
async function stopping(first: Buffer, ...then: readonly Play[]): Promise<RawServer> {
  const server = await rawServer((socket, heard, nth) => {
    const answer = then[Math.min(nth - 1, then.length) - 1];
    if (answer === undefined) socket.write(first);
    else socket.end(typeof answer === "function" ? answer(heard) : answer);
  });
  servers.push(server);
  return server;
}

const head = (status: number, headers: Readonly<Record<string, string | number>>) =>
  `HTTP/1.1 ${status} Words\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;
const file = (body: Buffer, headers: Readonly<Record<string, string | number>> = {}) =>
  Buffer.concat([Buffer.from(head(200, { "content-length": body.length, ...headers })), body]);
const whole = file(mp4);
const cutAt = (bytes: number, headers: Readonly<Record<string, string | number>> = {}) =>
  Buffer.concat([Buffer.from(head(200, { "content-length": mp4.length, ...headers })), mp4.subarray(0, bytes)]);

interface Given {
  readonly baseUrl?: string;
  readonly limits?: Partial<DownloadLimits>;
  readonly lookup?: LookupFunction;
  readonly tries?: number;
}

async function fetching(source: RemoteOutput["source"], given: Given = {}) {
  const folder = mkdtempSync(join(tmpdir(), "download-"));
  const path = join(folder, "film");
  const clock = testClock();
  const result = await download(source, path, {
    provider,
    key,
    baseUrl: given.baseUrl ?? "http://127.0.0.1:9",
    emulated: false,
    clock,
    random: half,
    limits: { ...generous, ...quick, ...given.limits },
    patience: { ...patient, tries: given.tries ?? 5 },
    ...(given.lookup === undefined ? {} : { lookup: given.lookup }),
  }).catch((error: unknown) => {
    if (error instanceof ProviderError) return error;
    throw error;
  });
  if (result instanceof ProviderError) expect(readdirSync(folder)).toEqual([]);
  return { path, result, clock, bytes: existsSync(path) ? readFileSync(path) : undefined };
}

const asked = (server: RawServer, name: string) =>
  server.requests.map((request) => new RegExp(`^${name}: (.*)$`, "im").exec(request.head)?.[1]);

describe("a whole file", () => {
  test("arrives, is hashed, and leaves no part behind", async () => {
    const server = await playing(whole);
    const { result, bytes, path } = await fetching({ url: `${server.url}/film.mp4?sig=a%2Fb` });
    expect(result).toEqual({ sha256: shaOf(mp4), bytes: mp4.length });
    expect(bytes?.equals(mp4)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(server.requests[0]?.head).toContain("GET /film.mp4?sig=a%2Fb HTTP/1.1");
    expect(asked(server, "accept-encoding")).toEqual(["identity"]);
  });

  test("may be a text that the answer held already", async () => {
    const { result, bytes } = await fetching({ text: "Hello. ¡Hola!" });
    expect(bytes?.toString()).toBe("Hello. ¡Hola!");
    expect(result).toEqual({ sha256: shaOf(Buffer.from("Hello. ¡Hola!")), bytes: 14 });
  });

  test("needs no length when its own boxes tell where it ends", async () => {
    const server = await playing(Buffer.concat([Buffer.from(head(200, {})), mp4]));
    expect((await fetching({ url: server.url })).result).toMatchObject({ bytes: mp4.length });
  });
});

describe("a file that comes in pieces", () => {
  const etag = { etag: '"v1"' };
  const rest = (heard: Heard) => {
    const from = Number(/range: bytes=(\d+)-/i.exec(heard.head)?.[1]);
    const range = `bytes ${from}-${mp4.length - 1}/${mp4.length}`;
    const body = mp4.subarray(from);
    return Buffer.concat([Buffer.from(head(206, { "content-length": body.length, "content-range": range })), body]);
  };

  test("goes on where it was cut when a strong tag says that it is the same", async () => {
    const server = await stopping(cutAt(1000, etag), rest);
    expect((await fetching({ url: server.url })).result).toEqual({ sha256: shaOf(mp4), bytes: mp4.length });
    expect(asked(server, "range")).toEqual([undefined, "bytes=1000-"]);
    expect(asked(server, "if-match")).toEqual([undefined, '"v1"']);
  });

  test.each([
    ["a weak tag", { etag: 'W/"v1"' }],
    ["no tag", {}],
  ])("begins anew with %s", async (_name, headers) => {
    const server = await playing(cutAt(1000, headers), whole);
    expect((await fetching({ url: server.url })).result).toEqual({ sha256: shaOf(mp4), bytes: mp4.length });
    expect(asked(server, "range")).toEqual([undefined, undefined]);
  });

  test.each([
    ["ignores the range", 2, whole],
    ["says that it changed", 3, reply(412, "")],
    ["says that the range is wrong", 3, reply(416, "")],
    ["sends another range", 3, Buffer.concat([Buffer.from(head(206, { "content-range": "bytes 5-9/10" })), mp4])],
  ])("begins anew when the server %s", async (_name, requests, answer) => {
    const server = await stopping(cutAt(1000, etag), answer, whole);
    expect((await fetching({ url: server.url })).result).toEqual({ sha256: shaOf(mp4), bytes: mp4.length });
    expect(asked(server, "range")[1]).toBe("bytes=1000-");
    expect(server.requests).toHaveLength(requests);
  });

  test.each<readonly [string, Play]>([
    ["503", reply(503, "")],
    ["429", reply(429, "", { "retry-after": "2" })],
    ["a cut without length", Buffer.concat([Buffer.from(head(200, {})), mp4.subarray(0, 2000)])],
    ["a closed door", ""],
    ["nothing in it", file(Buffer.alloc(0))],
  ])("is asked for again after %s", async (_name, trouble) => {
    const server = await playing(trouble, whole);
    expect((await fetching({ url: server.url })).result).toMatchObject({ sha256: shaOf(mp4) });
    expect(server.requests).toHaveLength(2);
  });

  test("is given up after five tries, and nothing is left", async () => {
    const server = await playing(cutAt(1000));
    expect((await fetching({ url: server.url })).result).toMatchObject({ class: "provider" });
    expect(server.requests).toHaveLength(5);
  });
});

test.each([401, 403, 404, 410])("a link that answers %i has expired", async (status) => {
  const server = await playing(reply(status, "<Error/>"));
  const { result } = await fetching({ url: `${server.url}/film.mp4?X-Amz-Signature=secret123` });
  expect(result).toMatchObject({ class: "expired", status });
  expect(server.requests).toHaveLength(1);
});

describe("what is not a film", () => {
  const box = (type: string, size: number, length = size) => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32BE(size, 0);
    bytes.write(type, 4, "latin1");
    return bytes;
  };
  const bad: readonly (readonly [string, Buffer])[] = [
    ["a web page", Buffer.from("<!DOCTYPE html><title>Sign in</title>")],
    ["a page behind a comment", Buffer.from("\n<!-- x --> <html><script>alert(1)</script></html>")],
    ["a drawing with a script", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ["XML", Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
    ["an archive", Buffer.from("PK\u0003\u0004 and more")],
    ["a program", Buffer.from("\u007fELF\u0002\u0001\u0001\u0000\u0000")],
    ["a PDF", Buffer.from("%PDF-1.7\n")],
    ["zeros", Buffer.alloc(5000)],
    ["a film that lost its end", mp4.subarray(0, -10)],
    ["a film with something after it", Buffer.concat([mp4, Buffer.from("<html>")])],
    ["a film without data", Buffer.concat([box("ftyp", 16), box("moov", 8)])],
    ["a box that is too long", Buffer.concat([box("ftyp", 16), box("moov", 8), box("mdat", 900, 20)])],
    ["a box that has no size", Buffer.concat([box("ftyp", 16), box("moov", 7, 8), box("mdat", 8)])],
  ];
  test.each(bad)("%s is refused", async (_name, bytes) => {
    const server = await playing(file(bytes, { "content-type": "video/mp4" }));
    expect((await fetching({ url: server.url })).result).toMatchObject({ class: "provider", outcome: "refused" });
  });
});

describe("what does not end", () => {
  const endless = async (piece: string, every: number) => {
    const server = await rawServer((socket) => {
      socket.write(head(200, {}));
      const timer = setInterval(() => socket.write(piece), every);
      socket.on("close", () => clearInterval(timer));
    });
    servers.push(server);
    return server;
  };

  test("a body larger than allowed is dropped on the way", async () => {
    const server = await endless("x".repeat(10_000), 1);
    const { result } = await fetching({ url: server.url }, { limits: { bytes: 50_000 } });
    expect(String(result)).toContain("larger than 50000 bytes");
  });

  test("a body that announces more than allowed is not even begun", async () => {
    const server = await playing(head(200, { "content-length": 100 * 2 ** 30 }));
    expect(String((await fetching({ url: server.url })).result)).toContain("larger than");
    expect(server.requests).toHaveLength(1);
  });

  test("a drop now and then does not last for ever", async () => {
    const server = await endless("x", 20);
    const { result } = await fetching({ url: server.url }, { limits: { total: 300 } });
    expect(result).toMatchObject({ class: "provider" });
  });

  test("silence is waited out only so long", async () => {
    const server = await rawServer((socket) => socket.write(head(200, { "content-length": 10 })));
    servers.push(server);
    const { result } = await fetching({ url: server.url }, { limits: { idle: 50, total: 60_000 }, tries: 1 });
    expect(result).toMatchObject({ class: "provider" });
  });

  test("an encoding that nobody asked for is not unpacked", async () => {
    const server = await playing(file(mp4, { "content-encoding": "gzip" }));
    expect(String((await fetching({ url: server.url })).result)).toContain("encoded as gzip");
  });
});

describe("where a file may come from", () => {
  const canaries: RawServer[] = [];
  const canary = async (host: string) => {
    const server = await rawServer((socket) => socket.end(whole), host);
    servers.push(server);
    canaries.push(server);
    return server;
  };
  const publicly = { baseUrl: "https://api.example.com" };

  test("nobody outside names a door of this machine or its network", async () => {
    const { port } = await canary("127.0.0.1");
    const { port: other } = await canary("127.0.0.2");
    const hosts = [
      ...["127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "localhost", "localhost.", "LOCALHOST"],
      ...[
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[::]",
        "0",
        "0.0.0.0",
      ],
    ].flatMap((host) => [`http://${host}:${port}/`, `https://${host}:${port}/`]);
    const elsewhere = [
      ...["169.254.169.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "198.18.0.1"],
      ...["224.0.0.1", "255.255.255.255", "192.0.2.1", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]"],
      ...["[2002:7f00:1::]", "[2001:db8::1]", "[fec0::1]", `127.0.0.2:${other}`],
    ].flatMap((host) => [`http://${host}/`, `https://${host}/latest/meta-data`]);
    const schemes = [
      "file:///etc/passwd",
      "data:video/mp4;base64,AAAA",
      "ftp://127.0.0.1/",
      "gopher://x/",
      "",
      "//x",
      "x",
    ];
    for (const url of [...hosts, ...elsewhere, ...schemes]) {
      const { result } = await fetching({ url }, publicly);
      expect(result, url).toMatchObject({ class: "provider", outcome: "refused" });
    }
    for (const server of canaries) expect(server.connections()).toBe(0);
  });

  const resolving = (table: Readonly<Record<string, readonly string[]>>) => {
    let asked = 0;
    const lookup: LookupFunction = (name, _options, callback) => {
      asked++;
      const addresses = table[name] ?? [];
      callback(null, addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })) as never);
    };
    return { lookup, asked: () => asked };
  };

  test.each([["10.0.0.7"], ["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["2606:4700::1111", "fd00::1"]])(
    "a name is judged by every address that it has: %s",
    async (...addresses) => {
      const { lookup, asked } = resolving({ "files.example": addresses });
      const { result } = await fetching({ url: "https://files.example/film.mp4" }, { ...publicly, lookup });
      expect(String(result)).toContain("off limits");
      expect(asked()).toBe(1);
    },
  );

  test("a redirect is judged as the first address was", async () => {
    const inside = await canary("127.0.0.2");
    for (const location of [
      "http://10.0.0.1/",
      "http://169.254.169.254/",
      "file:///etc/passwd",
      "https://[fd00::1]/",
    ]) {
      const server = await playing(reply(302, "", { location }));
      expect((await fetching({ url: server.url })).result).toMatchObject({ class: "provider" });
      expect(server.requests).toHaveLength(1);
    }
    const { lookup } = resolving({ "inside.example": ["10.0.0.1"] });
    const server = await playing(reply(302, "", { location: `http://inside.example:${inside.port}/` }));
    await fetching({ url: server.url }, { lookup });
    expect(inside.connections()).toBe(0);
  });

  test.each([
    [5, "arrives"],
    [6, "is refused"],
  ])("through %i redirects a file %s", async (hops, fate) => {
    const answers = Array.from({ length: hops }, (_, hop) => reply(302, "", { location: `/hop-${hop}` }));
    const server = await playing(...answers, whole);
    const { result } = await fetching({ url: server.url });
    expect(result instanceof ProviderError ? "is refused" : "arrives").toBe(fate);
  });

  test("plain http is for this machine alone", async () => {
    const { lookup } = resolving({ "files.example": ["93.184.216.34"] });
    const { result } = await fetching({ url: "http://files.example/film.mp4" }, { ...publicly, lookup });
    expect(String(result)).toContain("off limits");
  });
});

describe("the key", () => {
  const sound = file(Buffer.from(wav("00".repeat(32), 0.1)));

  test("stays at home", async () => {
    const storage = await playing(sound);
    const { result } = await fetching({ url: storage.url, authorized: true }, { baseUrl: "http://127.0.0.1:9" });
    expect(result).toMatchObject({ bytes: expect.any(Number) });
    expect(storage.requests[0]?.head).not.toContain(key);
  });

  test("is shown to the provider only when the file needs it", async () => {
    const api = await playing(sound);
    await fetching({ url: `${api.url}/file` }, { baseUrl: api.url });
    await fetching({ url: `${api.url}/file`, authorized: true }, { baseUrl: api.url });
    expect(asked(api, "x-api-key")).toEqual([undefined, key]);
  });

  test("goes to a path at the provider's own API, below wherever that lies", async () => {
    const api = await playing(sound);
    const { result } = await fetching(
      { url: "/files/1?kind=video", authorized: true },
      { baseUrl: `${api.url}/below` },
    );
    expect(result).toMatchObject({ bytes: expect.any(Number) });
    expect(api.requests[0]?.head).toContain("GET /below/files/1?kind=video ");
    expect(asked(api, "x-api-key")).toEqual([key]);
  });

  test("does not go along with a redirect, nor come back with the next", async () => {
    const api = await rawServer((socket, { head: said }) => {
      socket.end(said.includes("/back") ? sound : reply(307, "", { location: `${storage.url}/x` }));
    });
    const storage: RawServer = await rawServer((socket) => {
      socket.end(reply(307, "", { location: `${api.url}/back` }));
    });
    servers.push(api, storage);
    await fetching({ url: `${api.url}/file`, authorized: true }, { baseUrl: api.url });
    expect(asked(api, "x-api-key")).toEqual([key, undefined]);
    expect(asked(storage, "x-api-key")).toEqual([undefined]);
  });
});
