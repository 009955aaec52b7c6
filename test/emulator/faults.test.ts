import { describe, expect, test } from "vitest";
import type { FaultRule, Operation } from "../../src/emulator/faults/rule.ts";
import { emulator, golpo, type Reply, request } from "./rig.ts";

const job = async (api: ReturnType<typeof golpo>) => (await api.generate(request())).body;

describe("a refusal that is asked for", () => {
  test.each<[number, FaultRule, Partial<Reply>]>([
    [401, { kind: "status", status: 401 }, { body: { message: "Invalid API key", detail: [] } }],
    [402, { kind: "status", status: 402 }, { body: { message: "Insufficient credits", detail: [] } }],
    [403, { kind: "status", status: 403 }, { body: expect.objectContaining({ detail: [] }) }],
    [404, { kind: "status", status: 404 }, { body: { message: "Video not found", detail: [] } }],
    [422, { kind: "status", status: 422 }, { body: { message: "Validation error", detail: [] } }],
    [429, { kind: "status", status: 429 }, { body: { message: "Rate limit exceeded", detail: [] } }],
    [500, { kind: "status", status: 500 }, { body: { message: "Internal server error", detail: [] } }],
    [502, { kind: "status", status: 502 }, { text: expect.stringContaining("<h1>502 Bad Gateway</h1>"), body: {} }],
    [
      418,
      { kind: "status", status: 418, body: { detail: "short and stout" } },
      { body: { detail: "short and stout" } },
    ],
    [503, { kind: "status", status: 503, body: "later" }, { text: "later" }],
  ])("with %d is answered once, and the next submit goes through", async (status, rule, reply) => {
    const base = await emulator({ faults: [{ ...rule, on: "submit" }] });
    const api = golpo(base);
    expect(await api.generate(request())).toMatchObject({ status, ...reply });
    expect((await api.generate(request())).status).toBe(201);
    expect(base.ledger()).toMatchObject([{ kind: "refused", status, why: 'fault "status"' }, { kind: "accepted" }]);
  });

  test("can say when to come back", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "status", status: 429, retryAfter: 7 }] }));
    expect((await api.list()).headers.get("retry-after")).toBe("7");
    expect((await api.list()).status).toBe(200);
  });

  test("can hide that all was carried out", async () => {
    const base = await emulator({ faults: [{ kind: "status", status: 500, carriedOut: true, on: "submit" }] });
    expect((await golpo(base).generate(request())).status).toBe(500);
    expect(base.ledger()).toMatchObject([{ kind: "accepted", unheard: "status" }]);
  });
});

describe("a connection that breaks", () => {
  test.each<[FaultRule, number]>([
    [{ kind: "accept-then-drop", on: "submit" }, 1],
    [{ kind: "truncate", on: "submit" }, 1],
    [{ kind: "drop-before", on: "submit" }, 0],
    [{ kind: "hang", milliseconds: 5, on: "submit" }, 0],
  ])("%j leaves the caller without an answer and the account as told", async (rule, jobs) => {
    const base = await emulator({ faults: [rule] });
    const api = golpo(base);
    await expect(api.generate(request())).rejects.toThrow();
    expect((await api.list()).body.total).toBe(jobs);
    expect(base.ledger()).toMatchObject([
      jobs === 1 ? { kind: "accepted", unheard: rule.kind } : { kind: "refused", why: `fault "${rule.kind}"` },
    ]);
    expect(base.ledger()[0]).not.toHaveProperty("status");
  });

  test("in the middle of a download leaves its first half, and the rest can be fetched", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "truncate", on: "download" }] }));
    const { video_url } = await api.end((await job(api)).job_id);
    const reply = await fetch(String(video_url));
    const length = Number(reply.headers.get("content-length"));
    let got = 0;
    await expect(
      (async () => {
        for await (const piece of reply.body ?? []) got += (piece as Uint8Array).length;
      })(),
    ).rejects.toThrow();
    expect(got).toBe(Math.floor(length / 2));
    const rest = await fetch(String(video_url), { headers: { Range: `bytes=${got}-` } });
    expect((await rest.arrayBuffer()).byteLength).toBe(length - got);
  });

  test("only late is still an answer", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "slow", milliseconds: 5 }] }));
    expect((await api.generate(request())).status).toBe(201);
  });

  test("behind a captive portal is a web page with status 200, and the job was taken on", async () => {
    const base = await emulator({ faults: [{ kind: "not-json", on: "submit" }] });
    const reply = await golpo(base).generate(request());
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toContain("text/html");
    expect(base.ledger()).toMatchObject([{ kind: "accepted", unheard: "not-json" }]);
  });
});

describe("a job", () => {
  test("fails with the words that were asked for", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "fails", message: "no voice" }] }));
    const { job_id, video_id } = await job(api);
    expect(await api.end(job_id)).toEqual({ job_id, video_id, status: "failed", error: "no voice" });
  });

  test("is stuck for ever", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "stuck" }] }));
    const stuck = await job(api);
    const next = await job(api);
    await api.end(next.job_id);
    expect((await api.status(stuck.job_id)).body).toMatchObject({ status: "generating", progress: 99 });
  });

  test("is called by a word that nobody knows, and then as usual", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "unknown-status", word: "simmering" }] }));
    const { job_id } = await job(api);
    expect((await api.status(job_id)).body).toMatchObject({ status: "simmering" });
    expect(await api.end(job_id)).toMatchObject({ status: "completed" });
  });

  test("is done without an address, which its video has", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "no-url", on: "poll" }] }));
    const { job_id, video_id } = await job(api);
    expect(await api.end(job_id)).toMatchObject({ status: "completed", video_url: null });
    expect((await api.get(video_id)).body.video).toMatchObject({ video_url: expect.stringContaining("http") });
  });

  test("is told of without its envelope", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "bare" }] }));
    const { video_id } = await job(api);
    expect((await api.get(video_id)).body).toMatchObject({ id: video_id, prompt: "How tides work" });
    expect((await api.get(video_id)).body).toHaveProperty("video");
  });

  test("has a link that expired already, and a fresh one for whoever asks again", async () => {
    const api = golpo(await emulator({ faults: [{ kind: "expired-link", on: "poll" }] }));
    const { job_id } = await job(api);
    const reply = await fetch(String((await api.end(job_id)).video_url));
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
    expect((await fetch(String((await api.end(job_id)).video_url))).status).toBe(200);
  });
});

describe("a rule", () => {
  test.each<[Operation, (api: ReturnType<typeof golpo>, ids: Record<string, unknown>) => Promise<{ status: number }>]>([
    ["submit", (api) => api.generate(request())],
    ["poll", (api, { job_id }) => api.status(String(job_id))],
    ["list", (api) => api.list()],
    ["get", (api, { video_id }) => api.get(String(video_id))],
    ["patch", (api, { video_id }) => api.patch(String(video_id), { title: "x" })],
    ["delete", (api, { video_id }) => api.remove(String(video_id))],
    ["credits", (api) => api.credits()],
    ["upload", (api) => api.upload("a.png", "x")],
    [
      "put",
      async (api) => {
        const { upload_url } = (await api.upload("a.png", "x")).body;
        return fetch(String(upload_url), { method: "PUT", body: "x", headers: { "Content-Type": "image/png" } });
      },
    ],
    ["download", async (api, { job_id }) => fetch(String((await api.end(String(job_id))).video_url))],
  ])("for %s strikes that alone", async (on, act) => {
    const nth = on === "submit" ? 2 : 1;
    const api = golpo(await emulator({ faults: [{ on, kind: "status", status: 418, nth }] }));
    const ids = await job(api);
    expect((await act(api, ids)).status).toBe(418);
    expect((await act(api, await job(api))).status).toBeLessThan(300);
  });

  const refused = async (faults: readonly FaultRule[], prompts: readonly string[]): Promise<readonly boolean[]> => {
    const api = golpo(await emulator({ faults }));
    const statuses: number[] = [];
    for (const prompt of prompts) statuses.push((await api.generate(request({ prompt }))).status);
    return statuses.map((status) => status !== 201);
  };
  const status = { kind: "status", status: 500 } as const;

  test.each<[string, FaultRule, readonly boolean[]]>([
    ["once unless told", status, [true, false, false, false]],
    ["from the nth on", { ...status, nth: 2, times: 2 }, [false, true, true, false]],
    ["always", { ...status, times: "always" }, [true, true, true, true]],
    [
      "by a part of the prompt, in any case",
      { ...status, prompt: "WIND", times: "always" },
      [false, true, false, true],
    ],
    ["the second of those that match", { ...status, prompt: "wind", nth: 2 }, [false, false, false, true]],
    ["never for another provider", { ...status, provider: "nanogpt" }, [false, false, false, false]],
    ["one of several operations", { ...status, on: ["poll", "submit"] }, [true, false, false, false]],
  ])("strikes %s", async (_, rule, expected) => {
    expect(await refused([rule], ["tides", "winds", "rain", "whirlwinds"])).toEqual(expected);
  });

  test("of a job's prompt strikes its polls", async () => {
    const api = golpo(await emulator({ faults: [{ ...status, on: "poll", prompt: "wind", times: "always" }] }));
    const [tides, winds] = [await job(api), (await api.generate(request({ prompt: "winds" }))).body];
    expect((await api.status(tides.job_id)).status).toBe(200);
    expect((await api.status(winds.job_id)).status).toBe(500);
  });

  test("with a rate strikes by the seed alone, in whatever order the requests come", async () => {
    const prompts = Array.from({ length: 40 }, (_, index) => `video ${index}`);
    const rule = { ...status, rate: 0.3 };
    const once = await refused([rule], prompts);
    expect(once.filter(Boolean).length).toBeGreaterThan(3);
    expect(once.filter(Boolean).length).toBeLessThan(25);
    expect((await refused([rule], prompts.toReversed())).toReversed()).toEqual(once);
  });

  test("with nothing but a rate lets the seed choose what goes wrong, and work still gets through", async () => {
    const base = await emulator({ faults: [{ rate: 0.4 }] });
    const api = golpo(base);
    const outcomes = new Set<number | "broken">();
    for (let index = 0; index < 60; index++) {
      const outcome = await api.generate(request({ prompt: `video ${index}` })).then(
        (reply) => reply.status,
        () => "broken" as const,
      );
      outcomes.add(outcome);
    }
    expect(outcomes).toEqual(new Set([201, 200, 429, 500, 502, "broken"]));
  });
});
