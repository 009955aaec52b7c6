import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { openPaidWires } from "../../../src/io/http/paid.ts";
import type { Json } from "../../../src/model/json.ts";
import { ProviderError } from "../../../src/providers/error.ts";
import { type RawServer, rawServer, reply } from "./raw-server.ts";
import { intent, key, provider, testClock } from "./world.ts";

const quick = { connect: 2_000, headers: 150, body: 150, total: 400 };
const clock = testClock();
const readId = (answer: Json): string => {
  if (typeof answer === "object" && answer !== null && "job_id" in answer) return String(answer.job_id);
  throw new Error("no job_id");
};

let server: RawServer | undefined;
afterEach(() => server?.close());

const open = (baseUrl: string, until = clock.now() + 60_000) =>
  openPaidWires({ provider, key, baseUrl, clock, emulated: false, deadlines: quick })(intent(until));

async function post(baseUrl: string): Promise<string | ProviderError> {
  try {
    return await open(baseUrl).post("/api/v1/videos/generate", { prompt: "tides", loud: false, seed: 0 }, readId);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

const made = '{"job_id":"j-1"}';
const chunked = (body: string) =>
  `HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`;

const verdicts: readonly (readonly [name: string, bytes: string, then: "end" | "reset" | "wait", outcome: string])[] = [
  ["201 with an id", reply(201, made), "wait", "accepted"],
  ["200 with an id", reply(200, made), "wait", "accepted"],
  ["202 with an id, in chunks", `${chunked(made)}0\r\n\r\n`, "wait", "accepted"],
  ["103 and then 201", `HTTP/1.1 103 Early Hints\r\n\r\n${reply(201, made)}`, "wait", "accepted"],
  ...[400, 401, 402, 403, 404, 405, 413, 415, 422, 429].map(
    (status) => [`${status} in full`, reply(status, '{"detail":"no"}'), "wait", "refused"] as const,
  ),
  ["403 as a web page", reply(403, "<html>no</html>"), "wait", "refused"],
  ["422 whose body is cut", reply(422, '{"detail":"no"}', { "content-length": "99" }), "end", "unknown"],
  ["422 that says nowhere how long it is", 'HTTP/1.1 422 No\r\n\r\n{"detail":"n', "end", "unknown"],
  ...[301, 302, 303, 307, 308].map(
    (status) => [`${status}`, reply(status, "", { location: "/elsewhere" }), "wait", "unknown"] as const,
  ),
  ...[406, 408, 409, 418, 425, 500, 501, 502, 503, 504, 520].map(
    (status) => [`${status} in full`, reply(status, '{"detail":"no"}'), "wait", "unknown"] as const,
  ),
  ["200 as a web page", reply(200, "<html>welcome</html>", { "content-type": "text/html" }), "wait", "unknown"],
  ["201 without an id", reply(201, '{"status":"generating"}'), "wait", "unknown"],
  ["201 with nothing", reply(201, ""), "wait", "unknown"],
  ["204", "HTTP/1.1 204 Done\r\n\r\n", "wait", "unknown"],
  ["201 whose JSON is cut", reply(201, '{"job_id":"j'), "wait", "unknown"],
  ["201 whose body is cut", reply(201, made, { "content-length": "99" }), "end", "unknown"],
  ["201 whose chunks are cut", chunked(made), "end", "unknown"],
  [
    "201 whose chunks are cut by a closing peer",
    chunked(made).replace("\r\n", "\r\nconnection: close\r\n"),
    "end",
    "unknown",
  ],
  ["101", "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", "wait", "unknown"],
  ["103 and then nothing", "HTTP/1.1 103 Early Hints\r\n\r\n", "wait", "unknown"],
  ["half a head", "HTTP/1.1 201 Cre", "end", "unknown"],
  ["what is not HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "end", "unknown"],
  ["a head without end", `HTTP/1.1 201 Created\r\n${"x: y\r\n".repeat(10_000)}`, "wait", "unknown"],
  ["silence", "", "wait", "unknown"],
  ["a closed door", "", "end", "unknown"],
  ["a reset", "", "reset", "unknown"],
  ["a reset in the middle", "HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\n{", "reset", "unknown"],
  ["a body that stops", reply(201, made, { "content-length": "99" }), "wait", "unknown"],
];

describe("what an answer to a paid request means", () => {
  test.each(verdicts)("%s", async (_name, bytes, then, outcome) => {
    server = await rawServer((socket) => {
      if (bytes !== "") socket.write(bytes);
      if (then === "end") socket.end();
      if (then === "reset") setImmediate(() => socket.resetAndDestroy());
    });
    const result = await post(server.url);
    expect(result instanceof ProviderError ? result.outcome : "accepted").toBe(outcome);
    if (result instanceof ProviderError && outcome === "unknown") expect(result.class).toBe("unknown");
    expect(server.requests).toHaveLength(1);
    expect(server.connections()).toBe(1);
  });

  test("a definite refusal keeps its class, its words and its patience", async () => {
    server = await rawServer((socket) => socket.write(reply(429, '{"detail":"slow down"}', { "retry-after": "7" })));
    const error = await post(server.url);
    expect(error).toMatchObject({ class: "rate", outcome: "refused", status: 429, retryAfter: 7000 });
    expect(String(error)).toContain("slow down");
  });
});

describe("before a byte is written", () => {
  test("a refused connection is not sent", async () => {
    const gone = await rawServer(() => undefined);
    await gone.close();
    expect(await post(gone.url)).toMatchObject({ class: "not-sent", outcome: "notSent" });
  });

  test("a name that does not exist is not sent", async () => {
    expect(await post("https://nowhere.invalid")).toMatchObject({ class: "not-sent", outcome: "notSent" });
  });

  test.each([
    ["speaks no TLS", "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"],
    ["hangs up", ""],
  ])("a server that %s gets nothing from us", async (_name, says) => {
    const heard: Buffer[] = [];
    const plain = createServer((socket) => {
      socket.on("error", () => undefined).on("data", (chunk) => heard.push(chunk));
      socket.end(says);
    });
    await new Promise<void>((listening) => plain.listen(0, "127.0.0.1", listening));
    const address = plain.address();
    const port = typeof address === "object" ? address?.port : 0;
    expect(await post(`https://127.0.0.1:${port}`)).toMatchObject({ class: "not-sent", outcome: "notSent" });
    expect(Buffer.concat(heard).toString("latin1")).not.toContain("tides");
    plain.close();
  });

  test("a claim that ran out is not sent", async () => {
    server = await rawServer((socket) => socket.write(reply(201, made)));
    const late = open(server.url, clock.now()).post("/api/v1/videos/generate", {}, readId);
    await expect(late).rejects.toMatchObject({ class: "not-sent", outcome: "notSent" });
    expect(server.connections()).toBe(0);
  });

  test("a claim that runs out while the connection is made is not sent", async () => {
    server = await rawServer((socket) => socket.write(reply(201, made)));
    let asked = 0;
    const passing = { ...clock, now: () => clock.now() + (asked++ === 0 ? 0 : 120_000) };
    const options = { provider, key, baseUrl: server.url, clock: passing, emulated: false, deadlines: quick };
    const late = openPaidWires(options)(intent(clock.now() + 60_000)).post("/api/v1/videos/generate", {}, readId);
    await expect(late).rejects.toMatchObject({ class: "not-sent", outcome: "notSent" });
    expect(server.requests).toHaveLength(0);
  });
});

test("one claim pays for one request, whatever became of the first", async () => {
  server = await rawServer((socket) => socket.write(reply(500, "{}")));
  const paid = open(server.url);
  await expect(paid.post("/api/v1/videos/generate", {}, readId)).rejects.toBeInstanceOf(ProviderError);
  const second = paid.post("/api/v1/videos/generate", {}, readId);
  await expect(second).rejects.toThrow("one claim pays for one request");
  await expect(second).rejects.not.toBeInstanceOf(ProviderError);
  expect(server.requests).toHaveLength(1);
});

test("a claim for one provider does not pay another", () => {
  const other = { ...provider, name: "nanogpt" as const };
  const options = { provider: other, key, baseUrl: "https://api.example.com", clock, emulated: false };
  expect(() => openPaidWires(options)(intent(clock.now() + 1))).toThrow("cannot pay nanogpt");
});

test("the request is sent as it is, with the key, over a connection that is not kept", async () => {
  let closed: Promise<unknown> | undefined;
  server = await rawServer((socket) => {
    closed = new Promise((resolve) => socket.once("close", resolve));
    socket.write(reply(201, made, { connection: "keep-alive", "keep-alive": "timeout=60" }));
  });
  expect(await post(`${server.url}/golpo/api/v1/`)).toBe("j-1");
  const [request] = server.requests;
  expect(request?.head).toMatch(/^POST \/golpo\/api\/v1\/videos\/generate HTTP\/1\.1\r\n/);
  expect(request?.head).toContain(`x-api-key: ${key}`);
  expect(request?.body).toBe('{"prompt":"tides","loud":false,"seed":0}');
  expect(closed).toBeDefined();
  await closed;
});

test("no retry stands in the module that spends, nor in what it is made of", async () => {
  const { readFile } = await import("node:fs/promises");
  for (const file of ["paid", "fresh-line", "exchange", "receive", "gather"]) {
    const text = await readFile(new URL(`../../../src/io/http/${file}.ts`, import.meta.url), "utf8");
    expect(text).not.toMatch(/from "\.\/retry\.ts"|while\s*\(|for\s*\(;/);
  }
});
