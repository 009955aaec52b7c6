import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { outcomes, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};

test("a run that does not wait leaves its jobs running, and resume collects them", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const detached = await videos.reelform("reconcile --emulate --yes --commit --push --wait 0");
  expect(detached).toMatchObject({ code: 7 });
  expect(detached.stdout).toMatch(/next: reelform resume/);
  expect([...(await videos.locks()).values()].map(({ state }) => state)).toEqual(["submitted", "submitted"]);

  const collected = await videos.reelform("resume --emulate --commit --push --json");
  expect(collected).toMatchObject({ code: 0 });
  expect(outcomes(resultIn(collected.stdout))).toEqual({ tides: "generated", winds: "generated" });
  expect(golpo.emulator.ledger()).toHaveLength(2);
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test("another machine collects what a first one began", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes --commit --push --wait 0")).toMatchObject({ code: 7 });
  const copy = await videos.clone();
  expect(await copy.reelform("resume --emulate --commit --push", { CI: "true" })).toMatchObject({ code: 0 });
  expect([...(await copy.locks()).values()].map(({ state }) => state)).toEqual(["ready", "ready"]);
  expect(golpo.emulator.ledger()).toHaveLength(2);
});

test("resume submits nothing, whatever there is to do", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("resume --emulate")).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger()).toEqual([]);

  expect(await videos.reelform("reconcile tides --emulate --yes --wait 0")).toMatchObject({ code: 7 });
  await videos.write({ "videos/copy.yaml": specs["videos/tides.yaml"], "videos/rain.yaml": spec("Why it rains") });
  await videos.reelform("resume --emulate");
  expect(golpo.emulator.ledger()).toHaveLength(1);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect([...(await videos.locks()).keys()]).not.toContain("rain");
});

test("a job that takes longer than anybody waits is still running, and not failed", async () => {
  const golpo = await api({ faults: [{ kind: "stuck", prompt: "sea" }] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform("reconcile --emulate --yes --wait 1s");
  expect(ran).toMatchObject({ code: 7 });
  const locks = await videos.locks();
  expect(locks.get("tides")).toMatchObject({ state: "submitted" });
  expect(locks.get("winds")).toMatchObject({ state: "ready" });
});
