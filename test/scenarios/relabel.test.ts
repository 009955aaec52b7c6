import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { branch, pullRequest, twoVideos } from "../support/cli/pull-request.ts";
import type { Step } from "../support/cli/runner.ts";

const reconcile = { command: "reconcile" };
const oneSlot = { ...twoVideos, "reelform.yaml": "version: 1\nproviders: { golpo: { concurrency: 1 } }\n" };

/** A pull request that was planned, and approved by a label whose run has ended and pushed locks. */
async function begun(golpo: Api, files: Readonly<Record<string, string>>, wait: string) {
  const all = await pullRequest(golpo, { files });
  const { videos, github, runner, opened, labelled, head, real } = all;
  const planned = await runner.step(opened, {}, real);
  expect(planned, planned.log).toMatchObject({ code: 0 });
  await videos.git("checkout", "--quiet", "--detach");
  const first = await runner.step(labelled(head, "grace"), { ...reconcile, wait }, real);
  const locked = (await videos.remote.head(`refs/heads/${branch}`)) ?? "";
  expect(locked, first.log).not.toBe(head);
  github.move(12, locked);
  await videos.git("fetch", "--quiet");
  await videos.git("checkout", "--quiet", "--detach", locked);
  /** The label is taken off and set again: another run, for the commit of the locks. */
  const again = () => runner.step(labelled(locked, "grace"), reconcile, { ...real, GITHUB_RUN_ID: "8" });
  return { ...all, first, locked, again };
}

describe("the label set again over our own locks goes on with the plan that was approved", () => {
  test("where jobs still ran, they are collected", async () => {
    const golpo = await api();
    const { videos, first, again } = await begun(golpo, twoVideos, "0");
    expect(first.outputs).toMatchObject({ "exit-code": "7" });
    const run = await again();
    expect(run, run.log).toMatchObject({ code: 0, outputs: { "exit-code": "0", failed: "0" } });
    expect(golpo.accepted()).toHaveLength(2);
    for (const name of ["tides", "winds"])
      expect(await videos.remote.file(branch, `videos/${name}.lock.json`)).toContain('"ready"');
  });

  test("where some was not begun, it is begun, and nothing is stale", async () => {
    const golpo = await api();
    const { first, again } = await begun(golpo, oneSlot, "0");
    expect(first.outputs).toMatchObject({ "exit-code": "7" });
    expect(golpo.accepted()).toHaveLength(1);
    const run = await again();
    expect(run, run.log).toMatchObject({ code: 0, outputs: { "exit-code": "0" } });
    expect(golpo.accepted()).toHaveLength(2);
  });

  test("where a video failed, it is neither stale nor paid for again", async () => {
    const golpo = await api({ faults: [{ kind: "fails", message: "no voice available", prompt: "wind" }] });
    const { github, first, runner, labelled, locked, real } = await begun(golpo, twoVideos, "");
    expect(first).toMatchObject({ code: 1 });
    const retry = { ...reconcile, retry: "provider" };
    for (const [inputs, code, said] of [
      [retry, 5, "plan again and have that approved"],
      [reconcile, 1, "--retry provider"],
    ] as const) {
      const run = await runner.step(labelled(locked, "grace"), inputs, { ...real, GITHUB_RUN_ID: "8" });
      expect(run, run.log).toMatchObject({ code });
      expect(github.comments(12)[0]?.body).toContain(said);
    }
    expect(golpo.accepted()).toHaveLength(2);
  });

  test("in parts too: those that are left are cut, and each is approved", async () => {
    const golpo = await api();
    const { runner, labelled, locked, real } = await begun(golpo, oneSlot, "0");
    const env = { ...real, GITHUB_RUN_ID: "8" };
    const cut = await runner.step(labelled(locked, "grace"), { shards: "2", comment: "false" }, env);
    expect(cut, cut.log).toMatchObject({ code: 0, outputs: { paid: "1" } });
    const { include } = JSON.parse(cut.outputs.matrix ?? "{}") as {
      readonly include: readonly Readonly<Record<"shard" | "expect", string>>[];
    };
    for (const part of include) {
      const made = await runner.step(labelled(locked, "grace"), { ...reconcile, ...part, commit: "false" }, env);
      expect(made, made.log).toMatchObject({ code: 0 });
    }
    expect(golpo.accepted()).toHaveLength(2);
  });
});

test("parts are cut as long as anything is to be finished, though nothing is left to be paid for", async () => {
  const golpo = await api();
  const { runner, again, labelled, locked, opened, real } = await begun(golpo, twoVideos, "0");
  const parts = { shards: "2", comment: "false" };
  const rows = ({ outputs }: Step): number => (JSON.parse(outputs.matrix ?? "") as { include: [] }).include.length;
  const cut = await runner.step(labelled(locked, "grace"), parts, { ...real, GITHUB_RUN_ID: "8" });
  expect(cut, cut.log).toMatchObject({ code: 0, outputs: { paid: "0" } });
  expect(rows(cut)).toBeGreaterThan(0);
  expect(await again()).toMatchObject({ code: 0 });

  const over = await runner.step(opened, parts, real);
  const page = readFileSync("docs/github.md", "utf8");
  expect(page).toContain(`if: needs.cut.outputs.matrix != '${over.outputs.matrix}'`);
});

test("a failed video is tried again by a run that somebody starts for that", async () => {
  const golpo = await api({ faults: [{ kind: "fails", message: "no voice available", prompt: "wind", times: 1 }] });
  const { videos, runner, real } = await begun(golpo, twoVideos, "");
  await videos.git("checkout", "--quiet", branch);
  await videos.git("reset", "--quiet", "--hard", `origin/${branch}`);
  const click = { name: "workflow_dispatch", payload: { ref: `refs/heads/${branch}` } };
  const planned = await runner.step(click, {}, real);
  expect(planned.outputs).toMatchObject({ paid: "0" });
  const asked = { retry: "provider expired", replace: "tides", "max-cost": "1" };
  const again = await runner.step(click, asked, real);
  expect(again.outputs).toMatchObject({ paid: "2" });
  const without = await runner.step(
    click,
    { ...reconcile, ...asked, expect: planned.outputs["plan-digest"] ?? "" },
    real,
  );
  expect(without, without.log).toMatchObject({ code: 5 });
  const expected = { ...reconcile, ...asked, expect: again.outputs["plan-digest"] ?? "" };
  const made = await runner.step(click, expected, { ...real, GITHUB_RUN_ID: "8" });
  expect(made, made.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
});

test("the locks go to the pull request's branch whatever event of it a run is for", async () => {
  const { videos, runner, head, at, env } = await pullRequest(await api());
  await videos.git("checkout", "--quiet", "--detach");
  const { payload } = at(head, { action: "submitted" });
  const run = await runner.step({ name: "pull_request_review", payload }, { emulate: "true" }, env);
  const ref = { GITHUB_REF: "refs/pull/12/merge", GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "12/merge" };
  const expected = { ...reconcile, emulate: "true", expect: run.outputs["plan-digest"] ?? "" };
  const made = await runner.step({ name: "pull_request_review", payload }, expected, { ...env, ...ref });
  expect(made, made.log).toMatchObject({ code: 0 });
  expect(await videos.remote.file(branch, "videos/tides.lock.json")).toContain('"emulated"');
});

test("over our own locks a plan that is made again offers the label, which approves it", async () => {
  const golpo = await api();
  const { github, runner, opened, real, again } = await begun(golpo, oneSlot, "0");
  const planned = await runner.step(opened, {}, { ...real, GITHUB_RUN_ID: "9" });
  expect(planned, planned.log).toMatchObject({ code: 0, outputs: { paid: "1" } });
  expect(github.comments(12)[0]?.body).toContain("approve with label `reelform:apply`");
  const run = await again();
  expect(run, run.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});
