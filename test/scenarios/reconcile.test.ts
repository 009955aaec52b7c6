import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { lockIn, stage } from "../support/cli/stage.ts";

const emulated = "refs/reelform/journal-emulated";
const real = "refs/reelform/journal";

// biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
const cell = "${{ matrix.about }} for beginners";
const specs = {
  "reelform.yaml": "version: 1\n",
  "videos/tides.yaml": spec("Why the sea rises and falls", { head: { title: "Tides" } }),
  "videos/weather/kinds.yaml": spec(cell, {
    head: { matrix: { about: ["wind", "rain"] } },
  }),
};

test("one reconcile makes every video and shares it; a second one submits nothing and changes nothing", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });

  const first = await videos.reelform("reconcile --emulate --yes --commit --push");
  expect(first).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
  const locks = await videos.locks();
  expect([...locks.keys()].sort()).toEqual(["tides", "weather/kinds@rain", "weather/kinds@wind"]);
  for (const entry of locks.values()) expect(entry).toMatchObject({ state: "ready", origin: "emulated" });
  expect(await videos.git("status", "--porcelain")).toBe("");

  const message = await videos.git("log", "-1", "--format=%B", "origin/main");
  expect(message).toMatch(/^videos: 3 generated\n/);
  expect(message).toMatch(/^Reelform-Plan: [0-9a-f]{10,}$/m);
  expect(message).toMatch(/^Reelform-Units: 3$/m);
  expect(message).toMatch(/^Reelform-Emulated: true$/m);
  const head = await videos.remote.head("refs/heads/main");
  expect(head).toBe(await videos.git("rev-parse", "HEAD"));
  for (const path of ["videos/tides.lock.json", "videos/weather/kinds.lock.json"]) {
    const there = lockIn(path, await videos.remote.file("main", path));
    expect([...there.values()].map(({ state }) => state)).not.toContain("submitted");
    expect(there).toEqual(await videos.lock(path));
  }
  const refs = await videos.remote.refs();
  expect(refs).toContain(emulated);
  expect(refs).not.toContain(real);

  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
  expect(await videos.reelform("plan --detailed-exitcode")).toMatchObject({ code: 2 });

  const second = await videos.reelform("reconcile --emulate --yes --commit --push");
  expect(second).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger()).toHaveLength(3);
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.remote.head("refs/heads/main")).toBe(head);
});

test("a fresh clone knows what was made, and makes nothing again", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes --commit --push")).toMatchObject({ code: 0 });

  const copy = await videos.clone();
  expect(await copy.reelform("check --emulate")).toMatchObject({ code: 0 });
  expect(await copy.reelform("reconcile --emulate --yes --commit --push", { CI: "true" })).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
});

test("a run that is not emulated writes the journal of real results, and sees no emulated one", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": spec("Why the sea rises and falls") }, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes --commit --push")).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);

  expect((await videos.reelform("plan")).stdout).toMatch(/\+ tides {2}only emulated so far +\$0\.50/);
  expect((await videos.reelform("plan --format markdown")).stdout).toContain("| only emulated so far | $0.50 |");

  const detached = await videos.reelform("reconcile --yes --push --wait 0", golpo.real);
  expect(detached).toMatchObject({ code: 7 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.remote.refs()).toEqual(expect.arrayContaining([emulated, real]));
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "submitted", origin: "generated" });
});

test("without --push the journal and the commit stay on this machine, and the run says who cannot see them", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": spec("Why the sea rises and falls") }, { api: golpo });
  const before = await videos.remote.refs();
  const ran = await videos.reelform("reconcile --yes --wait 0", golpo.real);
  expect(ran).toMatchObject({ code: 7 });
  expect(ran.stderr).toMatch(/without --push, other machines cannot see/);
  expect(await videos.remote.refs()).toEqual(before);
  expect(await videos.git("for-each-ref", "--format=%(refname)", "refs/reelform")).toBe(real);
});
