import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { FaultRule } from "../../src/emulator/faults/rule.ts";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, outcomes, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { lockIn, type Stage, stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const reconcile = "reconcile --emulate --yes --commit --push";
const interrupted = { code: 130, signal: null };
const submit = /^POST .*\/generate$/;
const poll = /^GET .*\/videos\/status\//;
const journal = "refs/reelform/journal-emulated";

interface Watched {
  readonly golpo: Api;
  /** Resolves once the API has seen as many requests that fit. */
  saw(request: RegExp, times?: number): Promise<void>;
}

/** Never answered by itself: there is a middle for a signal to come in, however slow the machine is. */
const held = { kind: "slow", milliseconds: 600_000 } as const;
/** Whoever asks for the first time how the two jobs are doing, waits. */
const heldPolls: FaultRule = { on: "poll", ...held, times: 2 };

async function watched(...faults: readonly FaultRule[]): Promise<Watched> {
  const golpo = await api({ faults });
  const saw = (request: RegExp, times = 1) =>
    eventually(() => golpo.seen.filter((seen) => request.test(seen)).length >= times);
  return { golpo, saw };
}

const eventually = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 120_000, interval: 5 });

const states = async (videos: Stage) => [...(await videos.locks()).values()].map(({ state }) => state);

/** The next run, of any kind, ends with every video there, each submitted once, and leaves nothing to do. */
async function allIsWell(videos: Stage, golpo: Api, next = reconcile): Promise<void> {
  const ran = await videos.reelform(next);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await states(videos)).toEqual(["ready", "ready"]);
  expect(golpo.emulator.ledger().map((entry) => ("duplicateOf" in entry ? "twice" : entry.kind))).toEqual([
    "accepted",
    "accepted",
  ]);
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.remote.head("refs/heads/main")).toBe(await videos.git("rev-parse", "HEAD"));
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
}

/** A hook of the remote that says that a push has come, and holds it until it may go on. */
async function doorkeeper(videos: Stage, ref: string) {
  const [come, go] = [join(videos.remote.path, "come"), join(videos.remote.path, "go")];
  await videos.remote.hook(
    "pre-receive",
    `while read -r old new ref; do case "$ref" in ${ref}) touch ${come}; until test -e ${go}; do sleep 0.02; done;; esac; done`,
  );
  return {
    came: () => eventually(() => existsSync(come)),
    opens: () => writeFile(go, ""),
  };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s while jobs run: what is known is written down, committed and pushed, and the next run collects",
  async (signal) => {
    const { golpo, saw } = await watched(heldPolls);
    const videos = await stage(specs, { api: golpo });
    const running = videos.begin(reconcile);
    await saw(poll, 2);
    running.signal(signal);
    const ended = await running.ended;
    expect(ended, ended.stderr).toMatchObject(interrupted);
    expect(ended.stdout).toMatch(/next: reelform resume --emulate/);
    expect(await states(videos)).toEqual(["submitted", "submitted"]);
    expect(await videos.git("status", "--porcelain")).toBe("");
    const there = lockIn("tides", await videos.remote.file("main", "videos/tides.lock.json"));
    expect([...there.values()].map(({ state }) => state)).toEqual(["submitted"]);
    expect(await videos.remote.head(journal)).toBe(await videos.git("rev-parse", journal));
    expect(inWords(await planned(videos))).toEqual({ tides: "resume", winds: "resume" });
    expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 2 });
    await allIsWell(videos, golpo, "resume --emulate --commit --push");
  },
);

test("after an interruption any other machine can collect as well", async () => {
  const { golpo, saw } = await watched(heldPolls);
  const videos = await stage(specs, { api: golpo });
  const running = videos.begin(reconcile, { CI: "true" });
  await saw(poll, 2);
  running.signal("SIGTERM");
  expect(await running.ended).toMatchObject(interrupted);
  await allIsWell(await videos.clone(), golpo);
});

test("a run that only collects can be interrupted too, and loses nothing", async () => {
  const { golpo, saw } = await watched(heldPolls);
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(`${reconcile} --wait 0`)).toMatchObject({ code: 7 });
  const running = videos.begin("resume --emulate --commit --push");
  await saw(poll, 2);
  running.signal("SIGINT");
  expect(await running.ended).toMatchObject(interrupted);
  await allIsWell(videos, golpo);
});

test("a submit that is under way is waited for and its job kept; what comes after it is not begun", async () => {
  const { golpo, saw } = await watched({ on: "submit", kind: "slow", milliseconds: 2_000 });
  const videos = await stage(specs, { api: golpo });
  const running = videos.begin(`${reconcile} --concurrency 1 --json`);
  await saw(submit);
  running.signal("SIGTERM");
  const ended = await running.ended;
  expect(ended, ended.stderr).toMatchObject(interrupted);
  expect(Object.values(outcomes(resultIn(ended.stdout))).sort()).toEqual(["not-begun", "running"]);
  expect(golpo.accepted()).toHaveLength(1);
  expect(await states(videos)).toEqual(["submitted"]);
  await allIsWell(videos, golpo);
});

test("a submit that is not answered in time is left to the next run, which finds its job and does not pay again", async () => {
  const { golpo, saw } = await watched({ on: "submit", ...held });
  const videos = await stage(specs, { api: golpo });
  const running = videos.begin(reconcile);
  await saw(submit, 2);
  running.signal("SIGTERM");
  expect(await running.ended).toMatchObject(interrupted);
  await eventually(() => golpo.accepted().length === 2);
  await allIsWell(videos, golpo);
});

test("a second signal ends the run in the middle of a submit, and the next run finds what became of it", async () => {
  const { golpo, saw } = await watched({ on: "submit", ...held });
  const videos = await stage(specs, { api: golpo });
  const running = videos.begin(reconcile);
  await saw(submit, 2);
  running.signal("SIGINT");
  running.signal("SIGTERM");
  const ended = await running.ended;
  expect(ended).toMatchObject(interrupted);
  expect(ended.stdout).not.toMatch(/next:/);
  await eventually(() => golpo.accepted().length === 2);
  await allIsWell(videos, golpo);
});

test("a second signal ends the run while it pushes, and nothing is torn", async () => {
  const { golpo, saw } = await watched(heldPolls);
  const videos = await stage(specs, { api: golpo });
  const door = await doorkeeper(videos, "refs/heads/main");
  const running = videos.begin(reconcile);
  await saw(poll, 2);
  running.signal("SIGTERM");
  await door.came();
  running.signal("SIGINT");
  expect(await running.ended).toMatchObject(interrupted);
  await door.opens();
  expect(await states(videos)).toEqual(["submitted", "submitted"]);
  await videos.git("fsck", "--strict");
  await allIsWell(videos, golpo);
});

test("a push that hangs does not keep an interrupted run from ending", async () => {
  const { golpo } = await watched();
  const videos = await stage(specs, { api: golpo });
  const door = await doorkeeper(videos, "refs/heads/main");
  const running = videos.begin(reconcile);
  await door.came();
  running.signal("SIGTERM");
  expect(await running.ended).toMatchObject(interrupted);
  await door.opens();
  await allIsWell(videos, golpo);
});

test("a signal during a download leaves no half file, and the next run fetches it whole", async () => {
  const { golpo, saw } = await watched({ on: "download", ...held, times: 2 });
  const videos = await stage(specs, { api: golpo });
  const running = videos.begin(reconcile);
  await saw(/^GET .*\.mp4$/, 2);
  running.signal("SIGINT");
  expect(await running.ended).toMatchObject(interrupted);
  expect(existsSync(join(videos.path, "out"))).toBe(false);
  expect(await states(videos)).toEqual(["submitted", "submitted"]);
  await allIsWell(videos, golpo);
  for (const entry of (await videos.locks()).values()) {
    const [output] = entry.state === "ready" ? entry.outputs : [];
    const content = await readFile(join(videos.path, output?.url ?? "nowhere"));
    expect(createHash("sha256").update(content).digest("hex")).toBe(output?.sha256);
  }
});

test("SIGTERM before anything is asked for: nothing is submitted, nothing is changed, and no key is blamed", async () => {
  const { golpo, saw } = await watched({ on: "list", ...held });
  const videos = await stage(specs, { api: golpo });
  const before = await videos.git("rev-parse", "HEAD");
  const running = videos.begin(reconcile);
  await saw(/^GET .*\/videos$/);
  running.signal("SIGTERM");
  const ended = await running.ended;
  expect(ended, ended.stderr).toMatchObject(interrupted);
  expect(ended.stderr).not.toMatch(/GOLPO_API_KEY|hint/);
  expect(golpo.emulator.ledger()).toEqual([]);
  expect(await videos.git("rev-parse", "HEAD")).toBe(before);
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(inWords(await planned(videos))).toEqual({ tides: "create", winds: "create" });
  await allIsWell(videos, golpo);
});

test("SIGTERM while the claims are on their way: they are taken back, and the next run submits without asking around", async () => {
  const { golpo } = await watched();
  const videos = await stage(specs, { api: golpo });
  const door = await doorkeeper(videos, "refs/reelform/*");
  const running = videos.begin(reconcile);
  await door.came();
  running.signal("SIGTERM");
  await door.opens();
  const ended = await running.ended;
  expect(ended, ended.stderr).toMatchObject(interrupted);
  expect(golpo.emulator.ledger()).toEqual([]);
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(inWords(await planned(videos))).toEqual({ tides: "create", winds: "create" });
  await allIsWell(videos, golpo);
});

test("Ctrl-C in a terminal, which also ends the Git that pushes the claims, spends nothing and blocks nobody", async () => {
  const { golpo } = await watched();
  const videos = await stage(specs, { api: golpo });
  const door = await doorkeeper(videos, "refs/reelform/*");
  const running = videos.begin(reconcile);
  await door.came();
  running.ctrlC();
  await door.opens();
  const ended = await running.ended;
  expect(ended, ended.stderr).toMatchObject(interrupted);
  expect(golpo.emulator.ledger()).toEqual([]);
  await allIsWell(videos, golpo);
});

test("Ctrl-C in a terminal while jobs run, which also ends every Git that is at work, loses none of them", async () => {
  const { golpo, saw } = await watched(heldPolls);
  const videos = await stage(specs, { api: golpo });
  const running = videos.begin(reconcile);
  await saw(poll, 2);
  running.ctrlC();
  expect(await running.ended).toMatchObject(interrupted);
  await allIsWell(videos, golpo);
});
