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

test("a folder without specs is told with where they are looked for", async () => {
  const videos = await begun({ "README.md": "Our videos" });
  const looked = `below ${videos.path}/videos\nhint: \`videos\` in reelform.yaml names another folder`;
  for (const line of ["plan", "check", "status", "validate", "reconcile --emulate", "resume --emulate"]) {
    const ran = await videos.reelform(line);
    expect(ran, line).toMatchObject({ code: 0 });
    expect(ran.stderr, line).toContain(looked);
    expect((await videos.reelform(`${line} --quiet`)).stderr, line).not.toContain("hint");
  }
  expect((await videos.reelform("plan")).stdout).toContain("nothing to do · costs nothing");
});

test("resume says that nothing is open, and what would begin something", async () => {
  const videos = await begun({ [file]: spec("Tides") });
  const ran = await videos.reelform("resume --emulate");
  expect(ran).toMatchObject({ code: 0, stdout: "nothing to do · emulated: nothing was paid\n" });
  expect(ran.stderr).toMatch(/^note: nothing is open: .*\nhint: `reelform plan` shows/m);
});

test("check names the next command of an emulated run", async () => {
  const videos = await begun({ [file]: spec("Tides") });
  expect(await videos.reelform("check --emulate")).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("next: reelform plan --emulate"),
  });
});

test("a lock that is committed without what it was made from is told with the names", async () => {
  const videos = await begun({ [file]: spec("Tides"), "videos/winds.yaml": spec("Wind") });
  expect((await videos.reelform(make)).stderr).not.toContain("what is locked");
  await videos.write({
    [file]: spec("", { with: { prompt: { file: "texts/tides.md" } } }),
    "videos/texts/tides.md": "Why the sea rises and falls",
    "videos/rain.yaml": spec("Rain"),
    "videos/notes.txt": "no input of any spec",
  });
  const ran = await videos.reelform(make);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(
    /^warning what is locked is not what is committed: videos\/rain\.yaml, videos\/texts\/tides\.md, videos\/tides\.yaml\nhint: commit these too/m,
  );
  expect((await videos.reelform(make)).stderr).not.toContain("what is locked");
});
