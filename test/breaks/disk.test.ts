import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const tides = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const reconcile = "reconcile --emulate --yes --commit";

test("something else in the place of unfinished files is told before anything is paid for, and is no bug", async () => {
  const golpo = await api();
  const videos = await stage(tides, { api: golpo });
  await videos.write({ ".git/reelform": "mine" });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/^error ENOTDIR[\s\S]*nothing that was paid for is lost/);
  expect(golpo.accepted()).toEqual([]);
});

test("a disk that does not take a lockfile is no bug, and what was paid for is finished when it does", async () => {
  const videosFolder: { path?: string } = {};
  const golpo = await api({
    watch: (request) => {
      // A folder of the same name comes in the way after everything was checked.
      if (request.startsWith("POST") && videosFolder.path !== undefined)
        mkdirSync(join(videosFolder.path, "videos/tides.lock.json"), { recursive: true });
    },
  });
  const videos = await stage(tides, { api: golpo });
  videosFolder.path = videos.path;
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/^error EISDIR/m);
  await videos.remove("videos/tides.lock.json");
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
});

test.each([
  ["store: { to: directory, path: videos }", "2:8"],
  ["videos: films/all\nstore: { to: directory, path: films }", "3:8"],
])("a store that would hide the specs from Git is refused: %s", async (project, at) => {
  const golpo = await api();
  const videos = await stage({ ...tides, "reelform.yaml": `version: 1\n${project}\n` }, { api: golpo });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr).toMatch(new RegExp(`^reelform\\.yaml:${at} error .*Git would pass over them`, "m"));
  expect(await videos.git("status", "--porcelain", "--ignored")).toBe("");
});

test("a videos folder that is a file is a mistake, and no bug", async () => {
  const videos = await stage({ ...tides, "reelform.yaml": "version: 1\nvideos: videos/tides.yaml\n" });
  const ran = await videos.reelform("plan");
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr).toMatch(/^videos\/tides\.yaml:1:1 error the videos folder is a file/m);
});
