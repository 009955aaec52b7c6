import { expect, test } from "vitest";
import type { FaultRule } from "../../src/emulator/faults/rule.ts";
import { memoryState } from "../../src/emulator/state.ts";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const prompt = "Why the sea rises and falls";
const reconcile = "reconcile --emulate --yes --commit";

/** Words that would lead a person to pay twice. */
const invitation = /try again|retry|re-?submit it|run (?:it|this) again/i;

const lost: readonly (readonly [string, FaultRule])[] = [
  ["the connection is reset", { on: "submit", kind: "accept-then-drop" }],
  ["the answer breaks off", { on: "submit", kind: "truncate" }],
  ["the answer is a web page", { on: "submit", kind: "not-json" }],
  ["a gateway answers 502", { on: "submit", kind: "status", status: 502, carriedOut: true }],
  ["the server answers 500", { on: "submit", kind: "status", status: 500, carriedOut: true }],
];

test.each(lost)("when a submit was taken on and %s, its job is found in the list", async (_what, fault) => {
  const golpo = await api({ faults: [fault] });
  const videos = await stage({ "videos/tides.yaml": spec(prompt), "videos/winds.yaml": spec("Wind") }, { api: golpo });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout + ran.stderr).not.toMatch(invitation);
  expect(golpo.accepted()).toHaveLength(2);
  expect([...(await videos.locks()).values()].map(({ state }) => state)).toEqual(["ready", "ready"]);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});

test.each<readonly [string, FaultRule]>([
  ["the connection is reset", { on: "submit", kind: "drop-before" }],
  ["the server answers 500", { on: "submit", kind: "status", status: 500 }],
  ["a gateway answers 504", { on: "submit", kind: "status", status: 504 }],
])(
  "when a submit was not taken on and %s, it is sent again once the list shows that it is not there",
  async (_what, fault) => {
    const golpo = await api({ faults: [fault] });
    const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: golpo });
    expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
    expect(golpo.accepted()).toHaveLength(1);
    // The key's check reads the list once; a lost answer twice more, before anything is sent again.
    const submit = "POST /golpo/api/v1/videos/generate";
    const between = golpo.seen.slice(golpo.seen.indexOf(submit) + 1, golpo.seen.lastIndexOf(submit));
    expect(between.filter((request) => request === "GET /golpo/api/v1/videos")).toHaveLength(2);
  },
);

interface Doubtful {
  readonly videos: Stage;
  readonly golpo: Api;
  /** Somebody else's job, and ours, whose answer was lost. */
  readonly jobs: readonly [string, string];
}

/** A unit whose lost submit could have become either of two jobs. */
async function doubtful(): Promise<Doubtful> {
  const golpo = await api({ faults: [{ on: "submit", nth: 2, kind: "accept-then-drop" }] });
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: golpo });
  const theirs = await fetch(`${golpo.url}/golpo/api/v1/videos/generate`, {
    method: "POST",
    headers: { "x-api-key": "a colleague's", "content-type": "application/json" },
    body: JSON.stringify({ prompt, timing: "0.5" }),
  });
  expect(theirs.status).toBe(201);

  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 6 });
  expect(ran.stdout).toMatch(/reelform resolve tides/);
  expect(ran.stdout + ran.stderr).not.toMatch(invitation);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "unknown" });
  const [first, second] = golpo.accepted().map(({ job }) => job);
  return { videos, golpo, jobs: [first ?? "", second ?? ""] };
}

test("when two jobs could be the lost one, the unit is held for a person and never sent again", async () => {
  const { videos, golpo, jobs } = await doubtful();
  const { stdout } = await videos.reelform("status --emulate");
  expect(stdout).toMatch(/tides\s+unknown/);

  const again = await videos.reelform(reconcile);
  expect(again).toMatchObject({ code: 6 });
  expect(again.stdout + again.stderr).not.toMatch(invitation);
  expect(golpo.accepted()).toHaveLength(2);

  const asked = await videos.reelform("resolve tides --emulate");
  expect(asked).toMatchObject({ code: 6 });
  expect(asked.stdout).not.toMatch(invitation);
  // The list shows videos; ours and theirs are both named, by whatever `--job` takes.
  const rows = asked.stdout.split("\n").filter((line) => line.startsWith("  "));
  expect(rows).toHaveLength(jobs.length);
  expect(asked.stdout).toMatch(/--job <id>[\s\S]*--none[\s\S]*--abandon/);
  expect(golpo.accepted()).toHaveLength(2);
});

test("a person who knows the job says so, and it is fetched", async () => {
  const { videos, golpo } = await doubtful();
  const asked = await videos.reelform("resolve tides --emulate");
  const [, shown] = /^ {2}(\S+) /m.exec(asked.stdout) ?? [];
  expect(await videos.reelform(`resolve tides --emulate --job ${shown}`)).toMatchObject({ code: 0 });
  expect(await videos.reelform("resume --emulate --commit")).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});

test("a person who knows that it was never taken on says so, and it is submitted", async () => {
  const { videos, golpo } = await doubtful();
  expect(await videos.reelform("resolve tides --emulate --none")).toMatchObject({ code: 0 });
  expect(inWords(await planned(videos))).toEqual({ tides: "create" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
});

test("what a person gives up stays as it is until its spec changes", async () => {
  const { videos, golpo } = await doubtful();
  expect(await videos.reelform("resolve tides --emulate --abandon")).toMatchObject({ code: 0 });
  const held = await videos.reelform(reconcile);
  expect(held).toMatchObject({ code: 1 });
  expect(golpo.accepted()).toHaveLength(2);
  await videos.write({ "videos/tides.yaml": spec("Why the ocean rises and falls") });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
});

test("where nothing is open there is nothing to resolve", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  const ran = await videos.reelform("resolve tides --emulate --none");
  expect(ran).toMatchObject({ code: 0, stdout: "tides: nothing is open\n" });
});

test("while the provider cannot be asked the unit waits, and the next run asks by itself", async () => {
  const state = memoryState();
  const deaf = await api({
    state,
    faults: [
      { on: "submit", kind: "accept-then-drop" },
      { on: "list", nth: 2, times: "always", kind: "status", status: 503 },
    ],
  });
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: deaf });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 6 });
  expect(ran.stdout + ran.stderr).not.toMatch(invitation);

  const well = await api({ state });
  expect(await videos.reelform(reconcile, { REELFORM_EMULATOR_URL: well.url })).toMatchObject({ code: 0 });
  expect(well.accepted()).toHaveLength(1);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
});

/** PhotoGPT lists finished jobs alone, so its list proves no absence. */
const photogpt = "provider: photogpt\nwith: { modelID: veo-3.1, prompt: Why the sea rises and falls }\n";
const photogptPrices = "version: 1\nproviders: { photogpt: { prices: { veo-3.1: { perSecond: 0.1 } } } }\n";
const bothFiles = { "reelform.yaml": photogptPrices, "videos/tides.yaml": photogpt };

test("a submit that a list cannot show yet is looked for by every run, for nothing, and never sent again", async () => {
  const slow = await api({ speed: 1, faults: [{ on: "submit", kind: "accept-then-drop" }] });
  const videos = await stage(bothFiles, { api: slow });
  const looks = (): number => slow.seen.filter((request) => request === "GET /photogpt/api/videos").length;
  const commands = [reconcile, "resume --emulate --commit", "reconcile --emulate --commit"];
  for (const [before, command] of commands.entries()) {
    const ran = await videos.reelform(command);
    expect(ran, command).toMatchObject({ code: 6 });
    expect(ran.stdout).toContain("reelform resolve tides --emulate");
    expect(ran.stdout + ran.stderr).not.toMatch(invitation);
    expect(looks(), command).toBe(before + 1);
    expect((await videos.locks()).get("tides")).toMatchObject({ state: "unknown" });
    const plan = await planned(videos);
    expect(inWords(plan)).toEqual({ tides: "resume" });
    expect(plan.totals.high).toBe("0.00");
  }
  expect(slow.accepted()).toHaveLength(1);
  expect(await videos.reelform("resolve tides --emulate --none")).toMatchObject({ code: 0 });
  expect(inWords(await planned(videos))).toEqual({ tides: "create" });
});

test("a lost job that turns up in the list is adopted by the next run", async () => {
  const served = await api({ speed: 20, faults: [{ on: "submit", kind: "accept-then-drop" }] });
  const videos = await stage(bothFiles, { api: served });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  for (let listed = false; !listed; ) {
    const headers = { authorization: "Bearer a colleague's", "api-version": "1" };
    const answer = await fetch(`${served.url}/photogpt/api/videos?videoType=all&pageNum=1&pageSize=20`, { headers });
    listed = (await answer.text()).includes("jobId");
  }
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(served.accepted()).toHaveLength(1);
});
