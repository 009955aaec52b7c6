import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { openWire } from "../../../src/io/http/wire.ts";
import type { Json } from "../../../src/model/json.ts";
import { ProviderError } from "../../../src/providers/error.ts";
import { type Heard, type RawServer, rawServer, reply } from "./raw-server.ts";
import { half, key, provider, testClock } from "./world.ts";

const quick = { connect: 2_000, headers: 150, body: 150, total: 400 };
const servers: RawServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** Plays the given bytes, one answer after the other; the last goes on for ever. */
async function playing(...answers: readonly (string | Buffer)[]): Promise<RawServer> {
  const server = await rawServer((socket, _heard, nth) => {
    const answer = answers[Math.min(nth, answers.length) - 1] ?? "";
    if (answer === "cut") socket.destroy();
    else if (answer !== "") socket.write(answer);
  });
  servers.push(server);
  return server;
}

function wireTo(baseUrl: string, emulated = false) {
  const clock = testClock();
  const deadlines = { ordinary: quick, uploading: quick };
  return { clock, wire: openWire({ provider, key, baseUrl, clock, random: half, emulated, deadlines }) };
}

const asIs = (answer: Json) => answer;
const failure = async (promise: Promise<unknown>): Promise<ProviderError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw error ?? new Error("nothing was thrown");
};
const firstLine = ({ head }: Heard) => head.split("\r\n", 1)[0];

const ok = reply(200, '{"fine":true}');

describe("a call", () => {
  test("answers what its reader makes of the JSON", async () => {
    const server = await playing(ok);
    const { wire } = wireTo(server.url);
    expect(await wire.get("/api/v1/videos?limit=1", (answer) => answer)).toEqual({ fine: true });
    expect(server.requests.map(firstLine)).toEqual(["GET /api/v1/videos?limit=1 HTTP/1.1"]);
    expect(server.requests[0]?.head).toContain(`x-api-key: ${key}`);
  });

  test("keeps its connections for the next", async () => {
    const server = await playing(ok);
    const { wire } = wireTo(server.url);
    for (let calls = 0; calls < 20; calls++) await wire.get("/api/v1/a", asIs);
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  test("sends what is false and what is zero", async () => {
    const server = await playing(ok);
    const { wire } = wireTo(server.url);
    await wire.patch("/api/v1/b", { is_public: false, n: 0 }, asIs);
    expect(server.requests[0]?.body).toBe('{"is_public":false,"n":0}');
  });

  test("may answer nothing at all", async () => {
    const server = await playing("HTTP/1.1 204 Gone\r\n\r\n", reply(200, ""));
    const { wire } = wireTo(server.url);
    expect(await wire.delete("/api/v1/a", asIs)).toBe(null);
    expect(await wire.delete("/api/v1/a", asIs)).toBe(null);
  });

  test("may come inflated", async () => {
    const small = gzipSync('{"fine":true}');
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${small.length}\r\n\r\n`;
    const server = await playing(Buffer.concat([Buffer.from(head), small]));
    expect(await wireTo(server.url).wire.get("/api/v1/a", asIs)).toEqual({ fine: true });
  });

  test.each([
    ["inflates to more than 8 MiB", gzipSync(Buffer.alloc(64 * 2 ** 20)), "gzip"],
    ["is longer than 8 MiB", Buffer.alloc(9 * 2 ** 20, 32), "identity"],
    ["is encoded eleven times", Buffer.from("{}"), Array(11).fill("gzip").join(", ")],
    ["is not what its encoding says", Buffer.from("{}"), "br"],
  ])("is refused when its answer %s", async (_name, body, encoding) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`;
    const server = await playing(Buffer.concat([Buffer.from(head), body]));
    expect(await failure(wireTo(server.url).wire.get("/api/v1/a", asIs))).toMatchObject({ class: "provider" });
  });

  test("sends a file as a form", async () => {
    const server = await playing(ok);
    const file = { name: 'a "b".png', mediaType: "image/png", bytes: Buffer.from("PNG!") };
    await wireTo(server.url).wire.post("/api/v1/upload", { file, fields: { kind: "image" } }, asIs);
    const { head = "", body = "" } = server.requests[0] ?? {};
    expect(head).toMatch(/content-type: multipart\/form-data; boundary=/i);
    expect(body).toContain('name="file"; filename="a %22b%22.png"\r\nContent-Type: image/png\r\n\r\nPNG!\r\n');
    expect(body).toContain('name="kind"\r\n\r\nimage\r\n');
  });
});

describe("trying again", () => {
  test.each(["cut", reply(500, "{}"), reply(503, "<html>"), reply(200, "<html>busy</html>"), reply(200, '{"fine":tr')])(
    "a passing trouble is waited out: %j",
    async (trouble) => {
      const server = await playing(trouble, trouble, ok);
      const { wire, clock } = wireTo(server.url);
      expect(await wire.get("/api/v1/a", asIs)).toEqual({ fine: true });
      expect(server.requests).toHaveLength(3);
      expect(clock.slept).toEqual([500, 1000]);
    },
  );

  test("an upload is sent again, in the same bytes", async () => {
    const server = await playing("cut", ok);
    const file = { name: "a.png", mediaType: "image/png", bytes: Buffer.from("PNG!") };
    await wireTo(server.url).wire.post("/api/v1/upload", { file }, asIs);
    expect(server.requests[0]?.body).toBe(server.requests[1]?.body);
  });

  test("it ends after four tries", async () => {
    const server = await playing(reply(502, "<html>Bad gateway</html>"));
    const error = await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
    expect(error).toMatchObject({ class: "provider", status: 502 });
    expect(error.message).toBe("golpo answered 502: a web page instead of JSON");
    expect(server.requests).toHaveLength(4);
  });

  test.each([
    ["3", [3500]],
    ["Fri, 20 Nov 2026 10:00:09 GMT", [9500]],
    ["Fri, 20 Nov 2020 10:00:09 GMT", [500]],
    ["soon", [500]],
    ["in 2050", [500]],
    ["86400", []],
  ])("Retry-After: %s is honoured", async (after, slept) => {
    const server = await playing(reply(503, "{}", { "retry-after": after }), ok);
    const { wire, clock } = wireTo(server.url);
    await wire.get("/api/v1/a", asIs).catch((error: unknown) => expect(error).toBeInstanceOf(ProviderError));
    expect(clock.slept).toEqual(slept);
  });

  test.each([
    [reply(429, "{}", { "retry-after": "7" }), 7000],
    [reply(429, '{"retry_after": 12}', { "retry-after": "7" }), 12_000],
    [reply(429, '{"error":{"retry_after": 2.5}}'), 2500],
    [reply(429, "{}"), undefined],
  ])("a full hour glass is the engine's to turn", async (answer, retryAfter) => {
    const server = await playing(answer);
    const error = await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
    expect(error).toMatchObject({ class: "rate", status: 429, retryAfter });
    expect(server.requests).toHaveLength(1);
  });

  test("an answer that is understood and says no is not asked for again", async () => {
    const server = await playing(reply(404, "{}"));
    await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
    expect(server.requests).toHaveLength(1);
  });
});

describe("what a refusal means", () => {
  test.each([
    [401, '{"message":"Invalid API key","detail":[]}', "auth", "golpo answered 401: Invalid API key"],
    [402, "{}", "quota", "golpo answered 402: {}"],
    [403, '{"detail":"Your plan has no API"}', "plan", "golpo answered 403: Your plan has no API"],
    [403, '{"detail":"You are out of credits"}', "quota", "golpo answered 403: You are out of credits"],
    [429, '{"detail":"Insufficient credits"}', "quota", "golpo answered 429: Insufficient credits"],
    [404, '{"message":"Video not found"}', "expired", "golpo answered 404: Video not found"],
    [400, '{"error":{"message":"bad","code":7}}', "invalid", "golpo answered 400: bad"],
    [422, '{"detail":{"msg":"no timing"}}', "invalid", "golpo answered 422: no timing"],
    [422, '{"detail":["a","b"]}', "invalid", "golpo answered 422: a; b"],
    [422, "", "invalid", "golpo answered 422"],
    [418, "tea", "provider", "golpo answered 418: tea"],
    [307, "{}", "provider", "golpo answered 307: a redirect, which is not followed"],
  ])("%i %s", async (status, body, failureClass, message) => {
    const server = await playing(reply(status, body, { location: "/elsewhere" }));
    expect(await failure(wireTo(server.url).wire.get("/api/v1/a", asIs))).toMatchObject({
      class: failureClass,
      message,
    });
  });

  test("fields are named as the provider names them", async () => {
    const detail = [
      { loc: ["body", "timing"], msg: "must be a string", type: "type_error" },
      { loc: ["body", "user_images", 0], msg: "not a URL" },
      "something else",
      7,
    ];
    const server = await playing(reply(422, JSON.stringify({ message: "Validation error", detail })));
    const error = await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
    expect(error.fields).toEqual([
      { path: ["timing"], message: "must be a string" },
      { path: ["user_images", "0"], message: "not a URL" },
    ]);
    expect(error.message).toBe(
      "golpo answered 422: Validation error; timing: must be a string; user_images.0: not a URL; something else",
    );
  });

  test("an answer that its reader cannot use is quoted", async () => {
    const server = await playing(reply(200, '{"jobid":"j"}'));
    const reading = wireTo(server.url).wire.get("/api/v1/a", () => {
      throw new Error("no job_id");
    });
    const error = await failure(reading);
    expect(error).toMatchObject({ class: "provider", message: 'golpo answered no job_id, in {"jobid":"j"}' });
  });

  test("foreign words come without keys, escapes, queries and length", async () => {
    const evil = `\u001b[31m\u202ekey ${key} and ${encodeURIComponent(key)}\r\n::error::https://s3/x?X-Amz-Signature=abc123def456 ${"long ".repeat(1000)}`;
    const server = await playing(reply(400, JSON.stringify({ detail: [{ loc: ["body", key], msg: evil }] })));
    const error = await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
    for (const text of [error.message, error.fields[0]?.message ?? "", error.fields[0]?.path.join() ?? ""]) {
      expect(text).not.toContain(key);
      expect(text).not.toMatch(/[\p{Cc}\u202e]|X-Amz/u);
      expect(text.length).toBeLessThan(600);
    }
  });
});

describe("where the key goes", () => {
  test("an upload's bytes go to their place without it", async () => {
    const server = await playing(reply(200, ""));
    await wireTo(server.url).wire.put(`${server.url}/bucket/a?sig=%2B1`, Buffer.from("bytes"), "application/pdf");
    const [request] = server.requests;
    expect(request?.head).toContain("PUT /bucket/a?sig=%2B1 HTTP/1.1");
    expect(request?.head).toContain("content-type: application/pdf");
    expect(request?.head).not.toContain(key);
    expect(request?.body).toBe("bytes");
  });

  test("no redirect carries it away", async () => {
    const canary = await playing(ok);
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await playing(reply(status, "", { location: `${canary.url}/steal` }));
      await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
      await failure(wireTo(server.url).wire.put(`${server.url}/b`, Buffer.from("x"), "image/png"));
    }
    expect(canary.connections()).toBe(0);
  });

  test.each(["@evil.example", "https://evil.example", "/../../x", ".evil.example/"])(
    "a path that leads elsewhere is a bug: %s",
    async (path) => {
      const { wire } = wireTo("http://127.0.0.1:9/golpo");
      await expect(wire.get(path, asIs)).rejects.not.toBeInstanceOf(ProviderError);
    },
  );

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/x",
    "https://[::ffff:127.0.0.1]:1/x",
    "file:///etc/passwd",
    "not an address",
  ])("an upload's address that nobody outside may name is refused: %s", async (url) => {
    const { wire } = wireTo("https://api.example.com");
    const error = await failure(wire.put(url, Buffer.from("x"), "image/png"));
    expect(error.class).toBe("provider");
  });
});

describe("opening", () => {
  const open = (over: { readonly key?: string; readonly baseUrl?: string; readonly emulated?: boolean }) => () =>
    openWire({
      provider,
      key,
      baseUrl: "https://api.example.com",
      emulated: false,
      clock: testClock(),
      random: half,
      ...over,
    });

  test.each(["", "  ", "sec\nret-000", "sec ret-000", "sec\u0000ret-000", "schlüssel-000"])(
    "a key that cannot be one is refused without being shown: %j",
    (wrong) => {
      let message = "";
      try {
        open({ key: wrong })();
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain("GOLPO_API_KEY");
      expect(message).not.toMatch(/sec|ret-000|schl|ssel/);
    },
  );

  test("white space around a key is not part of it", async () => {
    const server = await playing(ok);
    const wire = openWire({
      provider,
      key: ` ${key}\n`,
      baseUrl: server.url,
      emulated: true,
      clock: testClock(),
      random: half,
    });
    await wire.get("/api/v1/a", asIs);
    expect(server.requests[0]?.head).toContain(`x-api-key: ${key}\r\n`);
  });

  test.each([
    ["http://api.example.com", "https"],
    ["ftp://api.example.com", "https"],
    ["api.example.com", "not an address"],
    ["https://user:pass@api.example.com", "without a user name"],
    ["https://api.example.com/?x=1", "a query"],
  ])("%s is no base URL", (baseUrl, why) => {
    expect(open({ baseUrl })).toThrow(why);
  });

  test("an emulated run does not leave this machine", () => {
    expect(open({ emulated: true })).toThrow("emulated");
    expect(open({ emulated: true, baseUrl: "http://127.0.0.1:1/golpo" })).not.toThrow();
  });

  test.each(["", "/", "/api/v1", "/api/v1/", "/golpo/api/v1", "/golpo/"])(
    "a base URL may end in %j",
    async (suffix) => {
      const server = await playing(ok);
      await wireTo(`${server.url}${suffix}`).wire.get("/api/v1/a", asIs);
      const prefix = suffix.includes("golpo") ? "/golpo" : "";
      expect(server.requests.map(firstLine)).toEqual([`GET ${prefix}/api/v1/a HTTP/1.1`]);
    },
  );
});

describe("a run that is ending", () => {
  const stoppable = (baseUrl: string) => {
    const stop = new AbortController();
    const clock = testClock();
    const patient = { connect: 2_000, headers: 60_000, body: 60_000, total: 60_000 };
    const deadlines = { ordinary: patient, uploading: patient };
    const options = { provider, key, baseUrl, clock, random: half, emulated: false, deadlines };
    return { stop, clock, wire: openWire({ ...options, signal: stop.signal }) };
  };
  const ended = { class: "provider", outcome: "unknown", message: "golpo broke off: the run is ending" };

  test("waits for no question, whether it was sent, is in the queue or comes later", async () => {
    const stop = new AbortController();
    const server = await rawServer((_socket, _heard, nth) => {
      if (nth === 32) stop.abort();
    });
    servers.push(server);
    const clock = testClock();
    const options = { provider, key, baseUrl: server.url, clock, random: half, emulated: false };
    const wire = openWire({ ...options, signal: stop.signal });
    const asked = Array.from({ length: 100 }, () => failure(wire.get("/api/v1/a", asIs)));
    for (const error of await Promise.all(asked)) expect(error).toMatchObject(ended);
    expect(await failure(wire.get("/api/v1/a", asIs))).toMatchObject(ended);
    expect(server.requests).toHaveLength(32);
    expect(clock.slept).toEqual([]);
  });

  test("ends a pause between two tries", async () => {
    const server = await playing(reply(503, "{}"));
    const { stop, clock, wire } = stoppable(server.url);
    clock.sleep = async (_ms, signal) => {
      expect(signal).toBe(stop.signal);
      stop.abort();
    };
    expect(await failure(wire.get("/api/v1/a", asIs))).toMatchObject(ended);
    expect(server.requests).toHaveLength(1);
  });

  test("lets what changes something come to its end", async () => {
    let stopNow: () => void = () => undefined;
    const server = await rawServer((socket) => {
      stopNow();
      setImmediate(() => socket.write(ok));
    });
    servers.push(server);
    const { stop, wire } = stoppable(server.url);
    stopNow = () => stop.abort();
    for (const changing of [
      () => wire.post("/api/v1/a", {}, asIs),
      () => wire.patch("/api/v1/a", {}, asIs),
      () => wire.delete("/api/v1/a", asIs),
    ])
      expect(await changing()).toEqual({ fine: true });
  });
});

test("a server that is not there is said to be unreachable", async () => {
  const server = await playing(ok);
  await server.close();
  const error = await failure(wireTo(server.url).wire.get("/api/v1/a", asIs));
  expect(error).toMatchObject({ class: "not-sent", outcome: "notSent" });
});
