import { expect, test } from "vitest";
import type { LockEntry } from "../../src/model/lock.ts";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes --commit";
const prompt = "Why the sea rises and falls";
const lost = { on: "submit", nth: 1, kind: "accept-then-drop" } as const;
const fails = { kind: "fails" } as const;
/** Reelform finds no lost submit in OpenRouter's API: it has no list. */
const listless = (text: string): string =>
  ["provider: openrouter", "with:", "  model: google/veo-3.1-fast", `  prompt: ${text}`, "  duration: 4", ""].join(
    "\n",
  );

async function renamed(videos: Stage): Promise<void> {
  await videos.git("mv", "videos/tides.yaml", "videos/ebb.yaml");
  await videos.commit("rename", false);
}

/** Another clone, whose journal is empty: the first run did not push it. What it committed is there. */
async function elsewhere(videos: Stage, line = reconcile, env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  await videos.reelform(line, env);
  await videos.git("push", "--quiet");
  return videos.clone();
}

const jobOf = (entry: LockEntry | undefined): unknown =>
  entry !== undefined && "job" in entry ? entry.job : undefined;

test("a spec whose request is in doubt is renamed: its lock is not forgotten, and it is not sent again", async () => {
  const apis = await api({ faults: [lost] });
  const videos = await stage({ "videos/tides.yaml": listless(prompt) }, { api: apis });
  const other = await elsewhere(videos);
  await renamed(other);
  expect((await other.reelform("plan --emulate")).stdout).toContain("reelform resolve ebb");
  expect(await other.reelform("resolve ebb --emulate")).toMatchObject({ code: 6 });
  expect(await other.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(await other.reelform(reconcile)).toMatchObject({ code: 6 });
  expect(apis.accepted()).toHaveLength(1);
});

test("a spec whose job runs is renamed: the job is followed, and none is made beside it", async () => {
  const apis = await api({ faults: [{ kind: "stuck" }] });
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: apis });
  const other = await elsewhere(videos, "reconcile --yes --commit --wait 0", apis.real);
  await renamed(other);
  for (let run = 0; run < 2; run += 1) await other.reelform("reconcile --yes --commit --push --wait 0", apis.real);
  expect(apis.accepted()).toHaveLength(1);
});

test("a copy of a spec whose request is in doubt is not sent when the first is edited", async () => {
  const apis = await api({ faults: [lost] });
  const videos = await stage({ "videos/tides.yaml": listless(prompt) }, { api: apis });
  const other = await elsewhere(videos);
  await other.write({ "videos/ebb.yaml": listless(prompt), "videos/tides.yaml": listless("Another prompt") });
  for (let run = 0; run < 2; run += 1) await other.reelform(reconcile);
  expect(apis.accepted()).toHaveLength(2);
});

test("an emulated run forgets no lock of a real job that runs", async () => {
  const [real, emulated] = [await api({ faults: [{ kind: "stuck" }] }), await api()];
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: emulated });
  const other = await elsewhere(videos, "reconcile --yes --commit --wait 0", real.real);
  await other.remove("videos/tides.yaml");
  await other.reelform(reconcile);
  expect((await other.reelform("status")).stdout).toContain("1 job is asked for by no spec here");
});

test.each([
  ["failed", spec(prompt), [fails], []],
  ["was given up", listless(prompt), [lost], ["resolve tides --emulate --abandon"]],
])("what %s is not made again because its spec is renamed", async (_how, text, faults, then) => {
  const apis = await api({ faults });
  const videos = await stage({ "videos/tides.yaml": text }, { api: apis });
  await videos.reelform(reconcile);
  for (const line of then) expect(await videos.reelform(line)).toMatchObject({ code: 0 });
  await videos.commit("the lock");
  const other = await videos.clone();
  await renamed(other);
  expect(await other.reelform(reconcile)).toMatchObject({ code: 1 });
  expect(apis.accepted()).toHaveLength(1);
});

test("a lock that names another's job is not believed, be its own job known to have failed", async () => {
  const apis = await api({ faults: [{ ...fails, prompt: "falls" }] });
  const videos = await stage({ "videos/winds.yaml": spec("Where"), "videos/tides.yaml": spec(prompt) }, { api: apis });
  await videos.reelform(reconcile);
  const text = (await videos.read("videos/tides.lock.json")) ?? "";
  const lock = JSON.parse(text) as { units: { tides: Record<string, unknown> } };
  const { failedAt, class: _class, message: _message, ...rest } = lock.units.tides;
  const job = jobOf((await videos.locks()).get("winds"));
  lock.units.tides = { ...rest, state: "submitted", job, submittedAt: failedAt };
  await videos.write({ "videos/tides.lock.json": `${JSON.stringify(lock, null, 2)}\n` });
  await videos.reelform(reconcile);
  expect((await videos.locks()).get("tides")).not.toMatchObject({ state: "ready" });
});

test("a request whose answer is lost does not get a job that a lock names, nor does a person give it to it", async () => {
  const apis = await api({ faults: [{ on: "submit", nth: 2, kind: "drop-before" }] });
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: apis });
  const other = await elsewhere(videos);
  // Golpo's list does not show how long a video is.
  await other.write({ "videos/long.yaml": spec(prompt, { with: { timing: "0.5" } }) });
  const ran = await other.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 6 });
  expect(ran.stderr).toContain("tides, whose lock names it");
  const locks = await other.locks();
  expect(locks.get("long")).toMatchObject({ state: "unknown" });
  const { id = "" } = (jobOf(locks.get("tides")) ?? {}) as { readonly id?: string };
  expect(await other.reelform(`resolve long --emulate --job ${id}`)).toMatchObject({ code: 64 });
  expect(await other.reelform("resolve long --emulate --none")).toMatchObject({ code: 0 });
  expect(await other.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(2);
});

test("a spec is renamed while another take of it is in doubt: that take is still the one that is meant", async () => {
  const apis = await api({ faults: [{ ...lost, nth: 2 }] });
  const videos = await stage({ "videos/tides.yaml": listless(prompt) }, { api: apis });
  expect(await videos.reelform(`${reconcile} --push`)).toMatchObject({ code: 0 });
  expect(await videos.reelform(`${reconcile} --push --replace tides`)).toMatchObject({ code: 6 });
  await renamed(videos);
  for (let run = 0; run < 2; run += 1) expect(await videos.reelform(`${reconcile} --push`)).toMatchObject({ code: 6 });
  expect(apis.accepted()).toHaveLength(2);
});

test("a clone without a journal begins with its remote's, pushed or not: a lock that is gone is no reason to pay", async () => {
  const apis = await api();
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: apis });
  expect(await videos.reelform("reconcile --yes --commit --push", apis.real)).toMatchObject({ code: 0 });
  const other = await videos.clone();
  await other.remove("videos/tides.lock.json");
  const planned = await other.reelform("plan");
  expect(planned.stderr).not.toContain("there is no journal here");
  expect(await other.reelform("reconcile --yes", apis.real)).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(1);
});
