import { expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, outcomes, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const specs = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const teaser = { "videos/teaser.yaml": spec("Come and see the sea") };
const reconcile = "reconcile --emulate --yes --commit --push";
const resume = "resume --emulate --commit --push";
const journal = "refs/reelform/journal-emulated";

/** Tides are there; on another branch a teaser's job was begun and left. */
async function withBranch(golpo: Api): Promise<Stage> {
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await videos.git("switch", "--quiet", "--create", "teaser");
  await videos.write(teaser);
  await videos.commit("a teaser");
  expect(await videos.reelform(`${reconcile} --wait 0`)).toMatchObject({ code: 7 });
  return videos;
}

test("a job of another branch is collected from main, and is there when the branch is merged", async () => {
  const golpo = await api();
  const videos = await withBranch(golpo);
  const main = await videos.clone();
  const before = await main.git("rev-parse", "HEAD");
  const collected = await main.reelform(`${resume} --json`);
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(collected.stderr).toContain("teaser: no spec here asks for it; its result is kept in the journal");
  const result = resultIn(collected.stdout);
  expect(outcomes(result)).toEqual({ tides: "kept" });
  expect(result.unasked).toMatchObject([{ unit: "teaser", outcome: "generated", outputs: [{ role: "video" }] }]);
  const file = result.unasked?.[0]?.outputs?.[0]?.url ?? "";
  expect(await main.read(file)).toContain("ftyp");

  // Nothing is locked or committed for it, and a second run has nothing to do.
  expect(await main.git("rev-parse", "HEAD")).toBe(before);
  expect(await main.git("status", "--porcelain")).toBe("");
  const [told, asked] = [await videos.remote.head(journal), golpo.seen.length];
  const again = await main.reelform(resume);
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout + again.stderr).not.toContain("teaser");
  expect([await videos.remote.head(journal), golpo.seen.length]).toEqual([told, asked]);

  await main.git("merge", "--quiet", "origin/teaser");
  expect(inWords(await planned(main))).toEqual({ teaser: "reuse", tides: "keep" });
  expect(await main.reelform(reconcile)).toMatchObject({ code: 0 });
  expect((await main.locks()).get("teaser")).toMatchObject({ state: "ready", outputs: [{ url: file }] });
  expect(golpo.emulator.ledger().map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
});

test("a spec that is edited while its job runs has both results in the end, each paid for once", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(`${reconcile} --wait 0`)).toMatchObject({ code: 7 });
  await videos.write({ "videos/tides.yaml": spec("What the moon does to the sea") });
  await videos.commit("another prompt");
  expect(inWords(await planned(videos))).toEqual({ tides: "replace prompt" });

  const status = await videos.reelform("status --emulate");
  expect(status.stdout).toMatch(/\n\n1 job is asked for by no spec here.*`reelform resume --emulate`/);
  const { unasked } = JSON.parse((await videos.reelform("status --emulate --json")).stdout) as { unasked: unknown };
  expect(unasked).toMatchObject([{ unit: "tides", provider: "golpo", job: { id: golpo.accepted()[0]?.job } }]);
  const collected = await videos.reelform(resume);
  expect(collected, collected.stderr).toMatchObject({ code: 0 });
  expect(collected.stdout).toMatch(/✓ tides .*no spec here asks for it/);
  expect(collected.stdout).toContain("1 collected for the journal");
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "submitted" });
  expect((await videos.reelform("status --emulate")).stdout).not.toContain("reelform resume");

  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await videos.write(specs);
  await videos.commit("the first prompt again");
  expect(inWords(await planned(videos))).toEqual({ tides: "reuse" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger().map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
});

test("a job of another branch that still runs is no failure, and a run for chosen videos leaves it alone", async () => {
  const golpo = await api({ faults: [{ kind: "stuck", prompt: "Come and see" }] });
  const videos = await withBranch(golpo);
  await videos.git("switch", "--quiet", "main");
  const chosen = await videos.reelform("resume tides --emulate");
  expect(chosen).toMatchObject({ code: 0 });
  expect(chosen.stderr).not.toContain("teaser");

  const cut = await videos.reelform("resume --emulate --wait 0");
  expect(cut).toMatchObject({ code: 7 });
  expect(cut.stdout).toMatch(/» teaser .*still running, job \S+: no spec here asks for it/);
  expect(cut.stdout).toMatch(/^next: reelform resume --emulate$/m);
  expect(await videos.reelform("resume --emulate --wait 1s")).toMatchObject({ code: 7 });
});

test("a job of another branch that failed is told with its job, and is among the claims", async () => {
  const golpo = await api({ faults: [{ kind: "fails", prompt: "Come and see" }] });
  const videos = await withBranch(golpo);
  await videos.git("switch", "--quiet", "main");
  const failed = await videos.reelform("resume --emulate");
  expect(failed).toMatchObject({ code: 1 });
  const job = golpo.accepted()[1]?.job ?? "none";
  expect(failed.stdout).toMatch(new RegExp(`✗ teaser .*failed \\(.*\\), job ${job}`));
  expect((await videos.reelform("status --claims --emulate")).stdout).toContain(job);
  expect(await videos.reelform("resume --emulate")).toMatchObject({ code: 0 });
});

test("a job whose provider has no key here is left for others, and holds up nothing", async () => {
  const golpo = await api();
  const videos = await stage(specs);
  expect(await videos.reelform("reconcile --yes --wait 0", golpo.real)).toMatchObject({ code: 7 });
  await videos.write({ "videos/tides.yaml": spec("What the moon does to the sea") });
  const ran = await videos.reelform("resume");
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toContain("warning 1 job is asked for by no spec here, and is not collected: GOLPO_API_KEY");
  expect(await videos.reelform("resume", golpo.real)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
});
