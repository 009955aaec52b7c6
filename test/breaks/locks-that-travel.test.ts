import { describe, expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

type Faults = NonNullable<NonNullable<Parameters<typeof api>[0]>["faults"]>;

const reconcile = "reconcile --emulate --yes --commit";
const first = "Why the sea rises and falls";
const second = "What the moon does to the sea";
/** Reelform finds no lost submit in OpenRouter's API: it has no list. */
const listless = (prompt: string): string =>
  ["provider: openrouter", "with:", "  model: google/veo-3.1-fast", `  prompt: ${prompt}`, "  duration: 4", ""].join(
    "\n",
  );
const lost = (nth: number) => ({ on: "submit", nth, kind: "accept-then-drop" }) as const;
const fails = (nth: number) => ({ on: "submit", nth, kind: "fails" }) as const;

interface Two {
  readonly ada: Stage;
  readonly apis: Api;
}

/** Ada's request was refused, which her journal knows. Bob's clone sends it then, and she pulls his lock. */
async function afterRefusal(text: string, faults: Faults, bobs: readonly string[]): Promise<Two> {
  const apis = await api({ faults: [{ on: "submit", nth: 1, kind: "status", status: 402 }, ...faults] });
  const ada = await stage({ "videos/tides.yaml": text }, { api: apis });
  await ada.reelform(reconcile);
  expect(apis.accepted()).toHaveLength(0);
  const bob = await ada.clone();
  for (const line of bobs) await bob.reelform(line);
  await bob.git("add", "--all");
  await bob.git("commit", "--quiet", "--allow-empty", "--message", "Bob's");
  await bob.git("push", "--quiet");
  await ada.git("pull", "--quiet", "--rebase");
  expect(apis.accepted()).toHaveLength(1);
  return { ada, apis };
}

describe("a refusal in one's own journal does not outrank another's lock", () => {
  test("that tells of a job that failed", async () => {
    const { ada, apis } = await afterRefusal(spec(first), [fails(2)], [reconcile]);
    expect(inWords(await planned(ada))).toEqual({ tides: "hold failed" });
    expect(await ada.reelform(reconcile)).toMatchObject({ code: 1 });
    expect(apis.accepted()).toHaveLength(1);
  });

  test("that tells of a request which a person gave up", async () => {
    const given = [reconcile, "resolve tides --emulate --abandon"];
    const { ada, apis } = await afterRefusal(listless(first), [lost(2)], given);
    expect(inWords(await planned(ada))).toEqual({ tides: "hold failed" });
    await ada.reelform(reconcile);
    expect(apis.accepted()).toHaveLength(1);
  });

  test("that has the result, for a copy of its spec", async () => {
    const { ada, apis } = await afterRefusal(spec(first), [], [reconcile]);
    await ada.write({ "videos/ebb.yaml": spec(first) });
    expect(inWords(await planned(ada))).toEqual({ tides: "keep", ebb: "reuse" });
    expect(await ada.reelform(reconcile)).toMatchObject({ code: 0 });
    expect(apis.accepted()).toHaveLength(1);
  });

  test("that tells of a job that runs", async () => {
    const { ada, apis } = await afterRefusal(spec(first), [], [`${reconcile} --wait 0`]);
    expect(inWords(await planned(ada))).toEqual({ tides: "resume" });
    expect((await ada.reelform("status --emulate")).stdout).not.toContain("no spec here");
    const ran = await ada.reelform("resume --emulate --commit");
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect((await ada.locks()).get("tides")).toMatchObject({ state: "ready" });
    expect(apis.accepted()).toHaveLength(1);
  });

  test("that asks a person", async () => {
    const { ada, apis } = await afterRefusal(listless(first), [lost(2)], [reconcile]);
    expect(inWords(await planned(ada))).toEqual({ tides: "hold unknown" });
    expect(await ada.reelform(reconcile)).toMatchObject({ code: 6 });
    expect(apis.accepted()).toHaveLength(1);
  });
});

test("a request that another account's lock holds is not looked for in one's own, nor sent", async () => {
  const ours = await api({ faults: [{ on: "submit", nth: 1, kind: "status", status: 402 }] });
  const theirs = await api({ faults: [lost(1), { on: "list", nth: 2, times: "always", kind: "status", status: 503 }] });
  const ada = await stage({ "videos/tides.yaml": spec(first) });
  const line = "reconcile --yes --commit";
  expect(await ada.reelform(line, ours.real)).toMatchObject({ code: 1 });
  const bob = await ada.clone();
  expect(await bob.reelform(line, { ...theirs.real, GOLPO_API_KEY: "bob" })).toMatchObject({ code: 6 });
  await bob.git("push", "--quiet");
  await ada.git("pull", "--quiet", "--rebase");
  expect(await ada.reelform(line, ours.real)).toMatchObject({ code: 6 });
  expect([ours.accepted(), theirs.accepted()].flat()).toHaveLength(1);
});

/** Bob's clone has Ada's lock and no journal. */
async function cloned(faults: Faults): Promise<{ readonly bob: Stage; readonly apis: Api }> {
  const apis = await api({ faults });
  const ada = await stage({ "videos/tides.yaml": spec(first) }, { api: apis });
  await ada.reelform(reconcile);
  await ada.git("push", "--quiet");
  return { bob: await ada.clone(), apis };
}

async function edited(videos: Stage, prompt: string): Promise<void> {
  await videos.write({ "videos/tides.yaml": spec(prompt) });
  await videos.commit(prompt, false);
}

test.each<[what: string, faults: Faults, action: string]>([
  ["a result", [], "reuse"],
  ["a failed job", [fails(1)], "hold failed"],
])("%s that only a lock knew is known when the prompt comes back", async (_what, faults, action) => {
  const { bob, apis } = await cloned(faults);
  await edited(bob, second);
  expect(await bob.reelform(reconcile)).toMatchObject({ code: 0 });
  await edited(bob, first);
  expect(inWords(await planned(bob))).toEqual({ tides: action });
  await bob.reelform(reconcile);
  expect(apis.accepted()).toHaveLength(2);
});

test("so is a result whose spec was deleted, and its lock forgotten", async () => {
  const { bob, apis } = await cloned([]);
  await bob.remove("videos/tides.yaml");
  await bob.commit("no tides", false);
  expect((await bob.reelform(reconcile)).stdout).toContain("1 forgotten");
  await edited(bob, first);
  expect(await bob.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(1);
});

test("what failed and was made again elsewhere is not made once more for a copy", async () => {
  const apis = await api({ faults: [fails(1)] });
  const ada = await stage({ "videos/tides.yaml": spec(first) }, { api: apis });
  await ada.reelform(reconcile);
  await ada.git("push", "--quiet");
  const bob = await ada.clone();
  await bob.reelform(`${reconcile} --retry failed`);
  await bob.git("push", "--quiet");
  await ada.git("pull", "--quiet", "--rebase");
  await ada.write({ "videos/ebb.yaml": spec(first) });
  expect(inWords(await planned(ada))).toEqual({ tides: "keep", ebb: "reuse" });
  expect(await ada.reelform("reconcile --emulate --yes --retry failed")).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(2);
});

const journal = "refs/reelform/journal-emulated:refs/reelform/journal-emulated";

test("a person's true answer is taken, though a lock has told it before the journal", async () => {
  const apis = await api({ faults: [lost(1)] });
  const ada = await stage({ "videos/tides.yaml": listless(first) }, { api: apis });
  await ada.reelform(`${reconcile} --push`);
  const answer = `resolve tides --emulate --job ${apis.accepted()[0]?.job}`;
  expect(await ada.reelform(answer)).toMatchObject({ code: 0 });
  await ada.commit("resolved");
  const bob = await ada.clone();
  await bob.git("fetch", "--quiet", "origin", journal);
  await bob.reelform(reconcile);
  expect((await bob.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(await bob.reelform(answer)).toMatchObject({ code: 0 });
  expect(await bob.reelform("resume --emulate --commit")).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(1);
});

test("status names what only the journal holds for a person", async () => {
  const apis = await api({ faults: [lost(1)] });
  const ada = await stage({ "videos/tides.yaml": listless(first) }, { api: apis });
  await ada.reelform("reconcile --emulate --yes --push");
  const bob = await ada.clone();
  await bob.git("fetch", "--quiet", "origin", journal);
  expect((await bob.reelform("status --emulate")).stdout).toContain("`reelform resolve tides --emulate`");
});

/** Somebody makes a video with the same account, past our tool. */
async function byHand(golpo: Api, prompt: string): Promise<void> {
  const answer = await fetch(`${golpo.url}/golpo/api/v1/videos/generate`, {
    method: "POST",
    headers: { "x-api-key": "a colleague's", "content-type": "application/json" },
    body: JSON.stringify({ prompt, timing: "0.5" }),
  });
  expect(answer.status).toBe(201);
}

test("of two requests of one unit, the one's job is not taken for the other's", async () => {
  const golpo = await api({ faults: [lost(2), lost(4)] });
  const videos = await stage({ "videos/tides.yaml": spec(first) }, { api: golpo });
  await byHand(golpo, first);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  await edited(videos, second);
  await byHand(golpo, second);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  const [, older, , newer] = golpo.accepted();
  const wrong = await videos.reelform(`resolve tides --emulate --job ${older?.job}`);
  expect(wrong).toMatchObject({ code: 64 });
  expect(wrong.stderr).toMatch(/looks like the request that was sent for tides at \S+, not like the one of/);
  expect(await videos.reelform(`resolve tides --emulate --job ${newer?.job}`)).toMatchObject({ code: 0 });
  expect(await videos.reelform(`resolve tides --emulate --job ${older?.job}`)).toMatchObject({ code: 0 });
  expect((await videos.reelform("resolve tides --emulate")).stdout).toContain("nothing is open");
});
