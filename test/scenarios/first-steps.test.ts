import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const file = "videos/tides.yaml";
const make = "reconcile --emulate --yes --commit";

async function begun(files: Readonly<Record<string, string>>): Promise<Stage> {
  return stage(files, { api: await api(), remote: false });
}

test("a changed prompt is told word by word although its spec was committed after its lock", async () => {
  const videos = await begun({ "README.md": "Our videos" });
  await videos.write({
    [file]: spec("", { with: { prompt: { file: "texts/tides.md" } } }),
    "videos/texts/tides.md": "Why the sea rises and falls",
  });
  expect(await videos.reelform(make)).toMatchObject({ code: 0 });
  await videos.commit("The specs", false);
  await videos.write({ "videos/texts/tides.md": "Why the ocean rises and falls" });
  for (const message of ["not committed", "committed"]) {
    const { stdout } = await videos.reelform("plan --emulate");
    expect(stdout, message).toContain("Why the [-sea-]{+ocean+} rises and falls");
    await videos.commit("The ocean", false);
  }
});

test("what the lock was not made from is not told as what was there before", async () => {
  const videos = await begun({ [file]: spec("Why the sea rises and falls") });
  await videos.write({ [file]: spec("Where the wind comes from") });
  expect(await videos.reelform(make)).toMatchObject({ code: 0 });
  await videos.write({ [file]: spec("What holds the clouds up") });
  const { stdout } = await videos.reelform("plan --emulate");
  expect(stdout).toMatch(/~ tides {2}prompt/);
  expect(stdout).not.toContain("sea");
});

test("an earlier prompt that comes back is told as generated before", async () => {
  const videos = await begun({ [file]: spec("Why the sea rises and falls") });
  expect(await videos.reelform(make)).toMatchObject({ code: 0 });
  await videos.write({ [file]: spec("Where the wind comes from") });
  expect(await videos.reelform(make)).toMatchObject({ code: 0 });
  await videos.write({ [file]: spec("Why the sea rises and falls") });
  expect((await videos.reelform("plan --emulate")).stdout).toMatch(/= tides {2}generated before, \S+Z/);
});

test("check names the next command of an emulated run", async () => {
  const videos = await begun({ [file]: spec("Tides") });
  expect(await videos.reelform("check --emulate")).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("next: reelform plan --emulate"),
  });
});
