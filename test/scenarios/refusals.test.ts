import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { inWords, outcomes, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const specs = {
  "videos/rain.yaml": spec("Why it rains"),
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const reconcile = "reconcile --emulate --yes --commit";
const submit = "POST /golpo/api/v1/videos/generate";

test("a provider that asks for time is given it, and fails nobody", async () => {
  const submits: number[] = [];
  const golpo = await api({
    faults: [{ on: "submit", kind: "status", status: 429, retryAfter: 1, times: 2 }],
    watch: (request) => {
      if (request === submit) submits.push(performance.now());
    },
  });
  const videos = await stage({ "videos/rain.yaml": specs["videos/rain.yaml"] }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
  const [first = 0, second = 0, third = 0] = submits;
  expect(second - first).toBeGreaterThanOrEqual(1_000);
  expect(third - second).toBeGreaterThanOrEqual(1_000);
});

test("a provider that is asked too often about a job is left in peace for as long as it says", async () => {
  const polls: number[] = [];
  const golpo = await api({
    faults: [{ on: "poll", kind: "status", status: 429, retryAfter: 1, times: 2 }],
    watch: (request) => {
      if (request.startsWith("GET /golpo/api/v1/videos/status/")) polls.push(performance.now());
    },
  });
  const videos = await stage({ "videos/rain.yaml": specs["videos/rain.yaml"] }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  const [first = 0, second = 0, third = 0] = polls;
  expect(second - first).toBeGreaterThanOrEqual(1_000);
  expect(third - second).toBeGreaterThanOrEqual(1_000);
  expect(golpo.accepted()).toHaveLength(1);
});

test("a request that is refused is told in the provider's words at the field, and held until its spec changes", async () => {
  const detail = [{ loc: ["body", "prompt"], msg: "no prompts about the sea today", type: "value_error" }];
  const golpo = await api({
    faults: [
      { on: "submit", prompt: "sea", kind: "status", status: 422, body: { message: "Validation error", detail } },
    ],
  });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/videos\/tides\.yaml:3:11 error .*no prompts about the sea today/);
  const locks = await videos.locks();
  expect(locks.get("tides")).toMatchObject({ state: "failed", class: "invalid" });
  expect(locks.get("winds")).toMatchObject({ state: "ready" });

  expect(inWords(await planned(videos))).toEqual({ rain: "keep", tides: "hold failed", winds: "keep" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 1 });
  expect(golpo.emulator.ledger()).toHaveLength(3);
  await videos.write({ "videos/tides.yaml": spec("Why the ocean rises and falls") });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
});

test.each([
  ["is wrong", { GOLPO_API_KEY: "invalid" }],
  ["is missing", { GOLPO_API_KEY: "" }],
])("a key that %s stops the run before anything is claimed", async (_what, env) => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform("reconcile --yes --push", { ...golpo.real, ...env });
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(/GOLPO_API_KEY/);
  expect(golpo.emulator.ledger()).toEqual([]);
  expect(golpo.seen).not.toContain(submit);
  expect(await videos.remote.refs()).toEqual(["refs/heads/main"]);
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test("a job that fails is told in the provider's words, its siblings go on, and only a person has it made again", async () => {
  const golpo = await api({ faults: [{ kind: "fails", message: "no voice available", prompt: "wind" }] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(`${reconcile} --json`);
  expect(ran).toMatchObject({ code: 1 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ rain: "generated", tides: "generated", winds: "failed" });
  expect(ran.stdout).toMatch(/no voice available/);

  const held = await videos.reelform(reconcile);
  expect(held).toMatchObject({ code: 1 });
  expect(held.stdout).toMatch(/no voice available/);
  expect(held.stdout).toMatch(/reelform plan --retry provider/);
  expect(golpo.emulator.ledger()).toHaveLength(3);
  expect(await videos.reelform(`${reconcile} --retry auth`)).toMatchObject({ code: 1 });
  expect(golpo.emulator.ledger()).toHaveLength(3);

  expect(await videos.reelform(`${reconcile} --retry provider`)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
});

test("with --fail-fast nothing is submitted after the first failure", async () => {
  const golpo = await api({ faults: [{ kind: "fails", prompt: "rains" }] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(`${reconcile} --concurrency 1 --fail-fast --json`);
  expect(ran).toMatchObject({ code: 1 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ rain: "failed", tides: "not-begun", winds: "not-begun" });
  expect(golpo.emulator.ledger()).toHaveLength(1);
});

test("when the credit is used up nothing more is sent, what is paid for is kept, and the next run goes on", async () => {
  const body = { message: "Insufficient credits" };
  const golpo = await api({ faults: [{ on: "submit", nth: 2, kind: "status", status: 403, body }] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(`${reconcile} --concurrency 1 --json`);
  expect(ran).toMatchObject({ code: 1 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ rain: "generated", tides: "turned-away", winds: "not-begun" });
  expect(ran.stdout).toMatch(/"class": "quota"/);
  expect(golpo.emulator.ledger()).toHaveLength(2);

  expect(inWords(await planned(videos))).toEqual({ rain: "keep", tides: "create", winds: "create" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
});

test("an account that is nearly empty pays for what it can", async () => {
  const golpo = await api({ credits: 0.6 });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(`${reconcile} --concurrency 1`);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stdout).toMatch(/credit/i);
  expect(golpo.accepted()).toHaveLength(1);
  expect([...(await videos.locks()).values()].map(({ state }) => state)).toEqual(["ready"]);
});

test("no more jobs are in flight than somebody allows", async () => {
  const golpo = await api({ faults: [{ kind: "stuck", prompt: "rains" }] });
  const videos = await stage(
    { ...specs, "reelform.yaml": "version: 1\nproviders: { golpo: { concurrency: 1 } }\n" },
    { api: golpo },
  );
  const ran = await videos.reelform(`${reconcile} --wait 1s --json`);
  expect(ran).toMatchObject({ code: 7 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ rain: "running", tides: "not-begun", winds: "not-begun" });
  expect(golpo.accepted()).toHaveLength(1);
});
