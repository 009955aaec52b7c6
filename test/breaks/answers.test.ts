import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { isObject } from "../../src/model/json.ts";
import { type Api, api } from "../support/cli/api.ts";
import { type Act, changed, type Impostor, impostor, json, type Reply, routes } from "../support/cli/impostor.ts";
import { outcomes, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes --commit";
const tides = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const both = { ...tides, "videos/winds.yaml": spec("Where the wind comes from") };

interface Front {
  readonly golpo: Api;
  readonly it: Impostor;
  readonly videos: Stage;
}

async function fronted(act: Act, specs: Readonly<Record<string, string>> = tides): Promise<Front> {
  const golpo = await api();
  const it = await impostor(golpo.url, act);
  return { golpo, it, videos: await stage(specs, { api: it }) };
}

const field = (value: Json, name: string): Json => (isObject(value) ? (value[name] ?? null) : null);

/** A list as the API gives it, with every video changed. */
const eachVideo = (reply: Reply, change: (video: JsonObject) => JsonObject): Reply =>
  changed(reply, (list) => {
    const videos = field(list, "videos");
    return { ...(list as JsonObject), videos: Array.isArray(videos) ? videos.filter(isObject).map(change) : [] };
  });

test("a job id that another request was answered with before is no answer", async () => {
  let first: Reply | undefined;
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    const reply = await pass();
    if (path !== routes.generate) return reply;
    first ??= reply;
    return first;
  }, both);
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(/which is another request's/);
  expect(golpo.accepted()).toHaveLength(2);
  const entries = [...(await videos.locks()).values()];
  const files = entries.flatMap((entry) => (entry.state === "ready" ? entry.outputs : []));
  expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(2);
});

test("where the provider's clock is behind ours, a lost job is shown to a person and not paid for again", async () => {
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    const reply = await pass();
    if (path === routes.generate) return undefined;
    const fiveMinutes = 300_000;
    const earlier = (at: Json): string => new Date(Date.parse(String(at)) - fiveMinutes).toISOString();
    if (path !== routes.list) return reply;
    return eachVideo(reply, (video) => ({ ...video, created_at: earlier(video.created_at ?? null) }));
  });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(golpo.accepted()).toHaveLength(1);
  const asked = await videos.reelform("resolve tides --emulate");
  expect(asked).toMatchObject({ code: 6 });
  expect(asked.stdout.split("\n").filter((line) => line.startsWith("  "))).toHaveLength(1);
});

test("a list that counts videos which it does not show proves nothing", async () => {
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    if (path === routes.list) return json({ videos: [], total: 57 });
    const reply = await pass();
    return path === routes.generate ? undefined : reply;
  });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(golpo.accepted()).toHaveLength(1);
});

test("a list is believed once that it never had a request, in this run or any other", async () => {
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    if (path === routes.list) return json({ videos: [], total: 0 });
    const reply = await pass();
    return path === routes.generate ? undefined : reply;
  });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 6 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(golpo.accepted()).toHaveLength(2);
});

test("a finished job whose file shows up a little later is no lost video", async () => {
  let finished = 0;
  const { golpo, videos } = await fronted(async ({ method, path }, pass) => {
    const reply = await pass();
    if (method !== "GET" || path === routes.list || !path.startsWith(routes.list)) return reply;
    if (path.startsWith(routes.status)) {
      return changed(reply, (job) => {
        if (field(job, "status") === "completed") finished += 1;
        return finished === 0 || finished > 3
          ? job
          : { status: field(job, "status"), video_id: field(job, "video_id") };
      });
    }
    return finished > 3 ? reply : json({ video: {}, status: "completed" });
  });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
});

const endless = [
  ["a day", "86400"],
  ["three thousand years", "100000000000"],
  ["more than a number holds", "9".repeat(400)],
  ["until the year 9999", "Fri, 31 Dec 9999 23:59:59 GMT"],
] as const;

test.each(endless)("a submit that is asked to wait %s is left to a later run", async (_how, wait) => {
  let refused = 0;
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    if (path !== routes.generate || refused > 0) return pass();
    refused += 1;
    return json({ detail: "slow down" }, 429, { "retry-after": wait });
  }, both);
  const ran = await videos.reelform(`${reconcile} --json --concurrency 1`);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).not.toMatch(/Warning/);
  expect(golpo.accepted()).toEqual([]);
  expect(Object.values(outcomes(resultIn(ran.stdout)))).not.toContain("generated");
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});

test.each(endless)("a job whose poll is asked to wait %s is left running, and resumed", async (_how, wait) => {
  let refused = 0;
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    if (!path.startsWith(routes.status) || refused > 0) return pass();
    refused += 1;
    return json({ detail: "slow down" }, 429, { "retry-after": wait });
  });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 7 });
  expect(ran.stderr).not.toMatch(/Warning/);
  expect(await videos.reelform("resume --emulate --commit")).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
});

test("a wait that is longer than any timer is still a wait", async () => {
  const golpo = await api();
  const videos = await stage(tides, { api: golpo });
  expect(await videos.reelform(`${reconcile} --wait 99999h`)).toMatchObject({ code: 0 });
});

/** Makes a process's clock stand twenty minutes ahead. */
const ahead = { NODE_OPTIONS: "--import=data:text/javascript,globalThis.n=Date.now;Date.now=()=>n()+1200000" };

test("a claim that somebody with another clock has ended is not sent any more", async () => {
  let posts = 0;
  const { golpo, videos } = await fronted(async ({ path }, pass) => {
    if (path !== routes.generate) return pass();
    posts += 1;
    if (posts > 1) return pass();
    expect(await videos.reelform("resolve tides --emulate --none", ahead)).toMatchObject({ code: 0 });
    return json({ detail: "slow down" }, 429, { "retry-after": "1" });
  });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 7 });
  expect(posts).toBe(1);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
});
