import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { FaultRule, Operation } from "../../src/emulator/faults/rule.ts";
import { download } from "../../src/io/http/download.ts";
import { openPaidWires } from "../../src/io/http/paid.ts";
import { openWire } from "../../src/io/http/wire.ts";
import { mediaFacts } from "../../src/io/media.ts";
import type { JobStatus } from "../../src/model/job.ts";
import type { Json } from "../../src/model/json.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { client, waves } from "../emulator/openrouter-client.ts";
import { emulator } from "../emulator/rig.ts";
import { half, intent, testClock } from "../io/http/world.ts";
import { listed } from "../providers/openrouter-catalogue.ts";
import { strayings } from "../providers/openrouter-description.ts";
import { covers } from "./coverage.ts";

const access = (url: string) => ({
  provider: openrouter,
  key: "sk-or-v1-seed-0123456789",
  baseUrl: `${url}/openrouter`,
  emulated: true,
  random: half,
  clock: testClock(Date.now()),
});

/** What the provider's own functions do over real HTTP, where the given goes wrong. */
async function met(...faults: readonly FaultRule[]) {
  const base = await emulator({ faults });
  const ways = access(base.url);
  const wire = openWire(ways);
  const claim = { ...intent(Date.now() + 60_000), provider: "openrouter" as const };
  const submit = (fields = waves()) =>
    openrouter.submit({ operation: "generate", with: fields, metadata: {} }, openPaidWires(ways)(claim));
  return {
    base,
    submit,
    poll: (id: string): Promise<JobStatus> => openrouter.poll({ id }, wire),
    models: () => openrouter.models?.(wire),
    fetch: async (url: string) => {
      const path = join(mkdtempSync(join(tmpdir(), "seed-")), "film");
      return { path, ...(await download({ url, authorized: true }, path, ways)) };
    },
    /** The addresses of a job's films, once it is done. */
    films: async (): Promise<readonly string[]> => {
      const { job } = await submit();
      for (;;) {
        const status = await openrouter.poll(job, wire);
        if (status.state === "done")
          return status.outputs.flatMap(({ source }) => ("url" in source ? [source.url] : []));
      }
    },
  };
}

const refused = (promise: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.resolve(promise).catch((error: unknown) => {
    if (error instanceof ProviderError) return error;
    throw error;
  });

const wrong = (on: Operation, status: number, body?: Json): FaultRule => ({
  kind: "status",
  provider: "openrouter",
  on,
  status,
  times: "always",
  ...(body === undefined ? {} : { body }),
});

/** What becomes of an operation that is answered so. */
const ask: { readonly [operation: string]: (status: number, body?: Json) => Promise<unknown> } = {
  Generate: async (status, body) => refused((await met(wrong("submit", status, body))).submit()),
  GetGeneration: async (status, body) => refused((await met(wrong("poll", status, body))).poll("job-abc123")),
  GetVideoContent: async (status, body) => {
    const set = await met(wrong("download", status, body));
    return refused(set.fetch((await set.films())[0] ?? ""));
  },
  ListVideosModels: async (status, body) => refused((await met(wrong("models", status, body))).models()),
};

const envelope = (code: number): Json => ({ error: { code, message: "said so" } });

/** An error of the page: its status, what it means here, and whether its own words are shown. */
const error = (
  operation: string,
  name: string,
  status: number,
  meaning: { readonly class: string; readonly outcome?: string },
) => ({
  [`${operation} ${name} ${status}, application/json`]: async () => {
    expect(await ask[operation]?.(status, envelope(status))).toMatchObject({
      ...meaning,
      ...statusOf(operation, status),
    });
  },
});

/** A download that is tried again until nobody has patience does not say by which status it failed. */
const statusOf = (operation: string, status: number) =>
  operation === "GetVideoContent" && status >= 500 ? {} : { status };

/** Any other error, of whatever kind its body is. */
const others = (operation: string, more: { readonly [status: number]: object }) =>
  Object.fromEntries(
    (["4XX", "5XX"] as const).map((range) => [
      `${operation} APIError ${range}, any content type`,
      async () => {
        const statuses = Object.entries(more).filter(([status]) => status.startsWith(range.charAt(0)));
        expect(statuses).not.toEqual([]);
        for (const [status, meaning] of statuses)
          for (const body of [envelope(Number(status)), "<html>no</html>", "no"]) {
            const found = await ask[operation]?.(Number(status), body);
            expect(found).toBeInstanceOf(ProviderError);
            expect(found).toMatchObject(meaning);
          }
      },
    ]),
  );

const unknown = { class: "unknown", outcome: "unknown" };
const provider = { class: "provider" };

/** The page's parameter that breaks a call off: here a run that ends does. */
const ends = (operation: string) => ({
  [`${operation} ctx: required`]: async () => {
    const stop = new AbortController();
    stop.abort();
    const wire = openWire({ ...access("http://127.0.0.1:9"), signal: stop.signal });
    const asked = operation === "ListVideosModels" ? openrouter.models?.(wire) : openrouter.poll({ id: "j" }, wire);
    expect(String(await refused(asked))).toContain("the run is ending");
    // What is paid for is never broken off: it has a time by which it must be answered.
    expect(openrouter.limits.submitDeadline).toBeGreaterThan(0);
  },
  [`${operation} opts: optional`]: async () => {
    // The page's options choose a server: here a variable does.
    const { base, models } = await met();
    expect(openrouter.baseUrlVariable).toBe("OPENROUTER_BASE_URL");
    expect((await models())?.length).toBe(listed.models.size);
    expect(base.url).not.toContain("openrouter.ai");
  },
});

covers("openrouter", {
  "Generate: Submits a video generation request and returns a polling URL to check status": async () => {
    const { body, status } = await client(await emulator()).generate(waves());
    expect(status).toBe(202);
    expect(body.polling_url).toMatch(/\/api\/v1\/videos\/gen-vid-/);
  },
  ...ends("Generate"),
  "Generate request: required, components.VideoGenerationRequest": async () => {
    expect(strayings("POST", "/videos", { request: waves() })).toEqual([]);
    const { submit, base } = await met();
    expect(await submit()).toEqual({ job: { id: expect.stringMatching(/^gen-vid-/) } });
    expect(base.ledger()).toMatchObject([{ kind: "accepted", price: "0.40" }]);
    expect((await client(base).call("POST", "/videos")).status).toBe(400);
  },
  "Generate responds with components.VideoGenerationResponse": async () => {
    const { body } = await client(await emulator()).generate(waves());
    expect(strayings("POST", "/videos", { status: 202, answer: body })).toEqual([]);
  },
  ...error("Generate", "BadRequestResponseError", 400, { class: "invalid", outcome: "refused" }),
  ...error("Generate", "UnauthorizedResponseError", 401, { class: "auth", outcome: "refused" }),
  ...error("Generate", "PaymentRequiredResponseError", 402, { class: "quota", outcome: "refused" }),
  ...error("Generate", "NotFoundResponseError", 404, { class: "provider", outcome: "refused" }),
  ...error("Generate", "TooManyRequestsResponseError", 429, { class: "rate", outcome: "refused" }),
  ...error("Generate", "InternalServerResponseError", 500, unknown),
  ...others("Generate", {
    403: { class: "plan", outcome: "refused" },
    409: unknown,
    413: { class: "invalid" },
    504: unknown,
  }),

  "GetGeneration: Returns job status and content URLs when completed": async () => {
    const [film] = await (await met()).films();
    expect(film).toMatch(/\/content\?index=0$/);
  },
  ...ends("GetGeneration"),
  "GetGeneration jobID: required string, as job-abc123": async () => {
    const { poll } = await met();
    expect(await refused(poll("job-abc123"))).toMatchObject({
      status: 404,
      message: expect.stringContaining("job-abc123"),
    });
  },
  "GetGeneration responds with components.VideoGenerationResponse": async () => {
    const api = client(await emulator());
    const { body } = await api.end((await api.generate(waves())).body.id);
    expect(strayings("GET", "/videos/{jobId}", { status: 200, answer: body })).toEqual([]);
  },
  ...error("GetGeneration", "UnauthorizedResponseError", 401, { class: "auth" }),
  ...error("GetGeneration", "NotFoundResponseError", 404, { class: "expired" }),
  ...error("GetGeneration", "InternalServerResponseError", 500, provider),
  ...others("GetGeneration", { 403: { class: "plan" }, 418: provider, 502: provider, 504: provider }),

  "GetVideoContent: Streams the generated video content from the upstream provider": async () => {
    const { films, fetch } = await met();
    const { path } = await fetch((await films())[0] ?? "");
    expect(await mediaFacts(path)).toMatchObject({ mediaType: "video/mp4", seconds: 4 });
  },
  ...ends("GetVideoContent"),
  "GetVideoContent jobID: required string, as job-abc123": async () => {
    const api = client(await emulator());
    expect(await api.get("/videos/job-abc123/content")).toMatchObject({ status: 404 });
  },
  "GetVideoContent index: optional nullable int64, as 0": async () => {
    const api = client(await emulator());
    const { id } = (await api.generate(waves())).body;
    await api.end(id);
    const whole = await api.get(`/videos/${id}/content`);
    expect((await api.get(`/videos/${id}/content?index=0`)).bytes).toEqual(whole.bytes);
    expect((await api.get(`/videos/${id}/content?index=1`)).status).toBe(400);
  },
  "GetVideoContent responds with io.ReadCloser": async () => {
    const api = client(await emulator());
    const { id } = (await api.generate(waves())).body;
    await api.end(id);
    const { headers } = await api.get(`/videos/${id}/content`);
    expect(headers.get("content-type")).toBe("video/mp4");
    expect(headers.get("content-length")).toBeNull();
  },
  ...error("GetVideoContent", "BadRequestResponseError", 400, provider),
  ...error("GetVideoContent", "UnauthorizedResponseError", 401, { class: "expired" }),
  ...error("GetVideoContent", "NotFoundResponseError", 404, { class: "expired" }),
  ...error("GetVideoContent", "InternalServerResponseError", 500, provider),
  ...error("GetVideoContent", "BadGatewayResponseError", 502, provider),
  ...others("GetVideoContent", { 403: { class: "expired" }, 409: provider, 410: { class: "expired" }, 504: provider }),

  "ListVideosModels: Returns a list of all available video generation models and their properties": async () => {
    const models = (await (await met()).models()) ?? [];
    expect(models.map(({ id }) => id)).toEqual([...listed.models.keys()]);
    expect(models.find(({ id }) => id === "google/veo-3.1")).toMatchObject({ durations: [4, 6, 8], audio: true });
  },
  ...ends("ListVideosModels"),
  "ListVideosModels responds with components.VideoModelsListResponse": async () => {
    const { body } = await client(await emulator()).get("/videos/models");
    expect(strayings("GET", "/videos/models", { status: 200, answer: body })).toEqual([]);
  },
  ...error("ListVideosModels", "BadRequestResponseError", 400, { class: "invalid" }),
  ...error("ListVideosModels", "InternalServerResponseError", 500, provider),
  ...others("ListVideosModels", { 403: { class: "plan" }, 503: {} }),
});
