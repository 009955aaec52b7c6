import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { front } from "../campaign/front.ts";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, planned, resultIn } from "../support/cli/plans.ts";
import type { Running } from "../support/cli/process.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes --commit --push";
const resume = "resume --emulate --commit --push";
const first = "Why the sea rises and falls";
const second = "What the moon does to the sea";
/** Reelform finds no lost submit in OpenRouter's API: it has no list. */
const listless = (prompt: string): string =>
  ["provider: openrouter", "with:", "  model: google/veo-3.1-fast", `  prompt: ${prompt}`, "  duration: 4", ""].join(
    "\n",
  );

/** The first request never arrives. */
const lost = { on: "submit", nth: 1, kind: "hang", milliseconds: 1_000 } as const;

/** A run that was killed while it waited for the answer to its request, which had been taken on unless it was lost. */
async function killed(
  text: string,
  faults: NonNullable<Parameters<typeof api>[0]>["faults"] = [],
): Promise<{ readonly videos: Stage; readonly apis: Api }> {
  const apis = await api({ faults });
  const moment = faults.includes(lost) ? "before" : "processed";
  let run: Running | undefined;
  const url = await front(apis.url, (_nth, at, method) => {
    if (at !== moment || method !== "POST") return;
    run?.kill();
    run = undefined;
  });
  const videos = await stage({ "videos/tides.yaml": text }, { api: { url } });
  run = videos.begin(reconcile);
  expect(await run.ended).toMatchObject({ signal: "SIGKILL" });
  expect(apis.accepted()).toHaveLength(moment === "processed" ? 1 : 0);
  return { videos, apis };
}

async function rewritten(videos: Stage, text: string): Promise<void> {
  await videos.write({ "videos/tides.yaml": text });
  await videos.commit("another prompt");
}

test("what was sent when a run was killed is found and collected, though its spec asks for something else by then", async () => {
  const { videos, apis } = await killed(spec(first));
  expect((await videos.reelform("status --emulate")).stdout).toContain(
    "a request for tides may be paid for, and its run ended before it heard: `reelform resume --emulate`",
  );
  await rewritten(videos, spec(second));
  expect((await videos.reelform("status --emulate")).stdout).toMatch(
    /1 request may be paid for and is asked for by no spec here: `reelform resume --emulate`/,
  );

  const collected = await videos.reelform(`${resume} --json`);
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(resultIn(collected.stdout).unasked).toMatchObject([
    { unit: "tides", outcome: "generated", outputs: [{ role: "video" }] },
  ]);
  expect(apis.accepted()).toHaveLength(1);

  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await rewritten(videos, spec(first));
  expect(inWords(await planned(videos))).toEqual({ tides: "reuse" });
  expect(apis.accepted()).toHaveLength(2);
});

test("so it is where the spec is gone, from another clone", async () => {
  const { videos, apis } = await killed(spec(first));
  await videos.remove("videos/tides.yaml");
  await videos.commit("no tides");
  const other = await videos.clone();
  // Its claim was made on this very machine, whose processes are known.
  const collected = await other.reelform(resume);
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(collected.stdout).toContain("1 collected for the journal");
  expect(apis.accepted()).toHaveLength(1);
});

test("what was never sent is settled, and is nobody's loss", async () => {
  const { videos, apis } = await killed(spec(first), [lost]);
  expect((await videos.reelform("status --claims --emulate")).stdout).toContain("it may have been taken on, or not");
  await rewritten(videos, spec(second));
  const settled = await videos.reelform(resume);
  expect(settled, settled.stderr).toMatchObject({ code: 0 });
  expect(settled.stdout).toContain("never taken on, nothing was billed");
  expect((await videos.reelform("status --claims --emulate")).stdout).toMatch(/^nothing to claim/);
  expect((await videos.reelform("status --emulate")).stdout).not.toContain("no spec here");
  expect(apis.accepted()).toHaveLength(0);
});

test("a list that lacks it settles nothing as long as the remote takes no news of the journal", async () => {
  const { videos, apis } = await killed(spec(first), [lost]);
  await videos.remote.hook("pre-receive", "echo the journal is closed >&2; exit 1");
  const held = await videos.reelform(resume);
  expect(held).toMatchObject({ code: 1 });
  expect(held.stdout).toContain("believed only once the remote takes the journal; then the next run looks again");
  expect(held.stderr).toContain("the journal is not pushed yet");
  expect((await videos.locks()).get("tides")).toBeUndefined();
  await videos.remote.hook("pre-receive", undefined);
  const settled = await videos.reelform(resume);
  expect(settled, settled.stderr).toMatchObject({ code: 7 });
  expect(settled.stdout).toContain("reconcile submits it");
  expect(apis.accepted()).toHaveLength(0);
});

test("where the provider has no list a person is asked, and says which job it is", async () => {
  const { videos, apis } = await killed(listless(first));
  await rewritten(videos, listless(second));
  const asked = await videos.reelform(resume);
  expect(asked).toMatchObject({ code: 6 });
  expect(asked.stdout).toContain("? tides");
  expect(asked.stdout).toMatch(/^next: reelform resolve tides --emulate$/m);
  expect((await videos.reelform("status --emulate")).stdout).toContain("`reelform resolve tides --emulate`");
  expect((await videos.reelform("status --claims --emulate")).stdout).toContain("no job id");

  const question = await videos.reelform("resolve tides --emulate");
  expect(question).toMatchObject({ code: 6 });
  expect(question.stdout).toContain("No spec here asks for it any more.");
  const job = apis.accepted()[0]?.job ?? "";
  // The API's own address: it gives its key to no other.
  const direct = { REELFORM_EMULATOR_URL: apis.url };
  expect(await videos.reelform(`resolve tides --emulate --push --job ${job}`, direct)).toMatchObject({ code: 0 });
  const collected = await videos.reelform(resume, direct);
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(collected.stdout).toContain("1 collected for the journal");
  expect(apis.accepted()).toHaveLength(1);
});

test.each([
  ["--none", "recorded as never accepted; no spec here asks for it any more"],
  ["--abandon", "recorded as failed; no spec here asks for it any more"],
])("%s ends it where even the spec is gone", async (word, said) => {
  const { videos } = await killed(listless(first));
  await videos.remove("videos/tides.yaml");
  await videos.commit("no tides");
  expect(await videos.reelform(resume)).toMatchObject({ code: 6 });
  const settled = await videos.reelform(`resolve tides --emulate ${word}`);
  expect(settled).toMatchObject({ code: 0, stdout: `tides: ${said}\n` });
  expect(await videos.reelform(resume)).toMatchObject({ code: 0 });
});

test("two lost requests of one unit are asked about one after the other, and each question says which it is", async () => {
  const { videos, apis } = await killed(listless(first), [{ on: "submit", nth: 2, kind: "accept-then-drop" }]);
  await rewritten(videos, listless(second));
  // A question says by the second when its request was sent.
  await setTimeout(1_000);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  const [older, newer] = apis.accepted();
  const question = await videos.reelform("resolve tides --emulate");
  expect(question.stdout).toMatch(/^1 more for tides is open and asked about next\.$/m);
  const times: string[] = [];
  for (let left = 1; left >= 0; left -= 1) {
    const asked = JSON.parse((await videos.reelform("resolve tides --emulate --json")).stdout);
    expect(asked).toMatchObject(left === 0 ? { unasked: true } : { others: left });
    expect(question.stdout.includes(asked.claimedAt)).toBe(left === 1);
    times.push(asked.claimedAt);
    // What the spec asks for now comes first.
    const job = left === 1 ? newer?.job : older?.job;
    expect(await videos.reelform(`resolve tides --emulate --push --job ${job}`)).toMatchObject({ code: 0 });
  }
  expect(times[0]).not.toBe(times[1]);
  expect((await videos.reelform("resolve tides --emulate")).stdout).toContain("nothing is open");
});

test("a dead claim of another prompt is no rival of a request whose answer is lost", async () => {
  const { videos, apis } = await killed(spec(first), [
    { on: "submit", kind: "accept-then-drop", prompt: "What the moon" },
  ]);
  await rewritten(videos, spec(second));
  const ran = await videos.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready", job: { id: expect.any(String) } });
  expect(apis.accepted()).toHaveLength(2);
  expect(await videos.reelform(resume)).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(2);
});

test("a dead claim of the same prompt is one: a person says whose the job is", async () => {
  const { videos, apis } = await killed(spec(first), [lost, { on: "submit", nth: 2, kind: "accept-then-drop" }]);
  // The list does not show how long a video is.
  await rewritten(videos, spec(first, { with: { timing: "0.5" } }));
  const ran = await videos.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 6 });
  expect(ran.stderr).toMatch(/may belong to tides, which another run has begun/);
  expect(apis.accepted()).toHaveLength(1);
});

test("a job that only a lock tells of is collected, though its spec asks for something else in that clone", async () => {
  const apis = await api();
  const videos = await stage({ "videos/tides.yaml": spec(first) }, { api: apis });
  expect(await videos.reelform("reconcile --emulate --yes --commit --wait 0")).toMatchObject({ code: 7 });
  await videos.git("push", "--quiet");
  const other = await videos.clone();
  await rewritten(other, spec(second));
  const ran = await other.reelform("reconcile --emulate --yes --commit");
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const collected = await other.reelform("resume --emulate");
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(collected.stdout).toContain("1 collected for the journal");
  await rewritten(other, spec(first));
  expect(inWords(await planned(other))).toEqual({ tides: "reuse" });
  expect(apis.accepted()).toHaveLength(2);
});

test("a doubt that only a lock tells of is settled by name, though its spec is gone in that clone", async () => {
  const apis = await api({ faults: [{ on: "submit", kind: "accept-then-drop" }] });
  const videos = await stage({ "videos/tides.yaml": listless(first) }, { api: apis });
  expect(await videos.reelform("reconcile --emulate --yes --commit")).toMatchObject({ code: 6 });
  await videos.git("push", "--quiet");
  const other = await videos.clone();
  await other.remove("videos/tides.yaml");
  expect((await other.reelform("status --emulate")).stdout).toContain("`reelform resolve tides --emulate`");
  expect(await other.reelform("resolve tides --emulate")).toMatchObject({ code: 6 });
  const settled = await other.reelform(`resolve tides --emulate --job ${apis.accepted()[0]?.job}`);
  expect(settled, settled.stderr).toMatchObject({ code: 0 });
  const collected = await other.reelform("resume --emulate");
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(collected.stdout).toContain("1 collected for the journal");
});
