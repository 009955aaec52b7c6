import { createHash } from "node:crypto";
import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FaultRule } from "../../src/emulator/faults/rule.ts";
import { memoryState } from "../../src/emulator/state.ts";
import type { Output } from "../../src/model/output.ts";
import { api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const specs = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const reconcile = "reconcile --emulate --yes --commit";

async function outputOf(videos: Stage, unit: string): Promise<Output> {
  const entry = (await videos.locks()).get(unit);
  const [output] = entry?.state === "ready" ? entry.outputs : [];
  if (output === undefined) throw new Error(`${unit} has no output`);
  return output;
}

async function isWhole(path: string, { sha256, bytes }: Output): Promise<boolean> {
  const content = await readFile(path);
  return content.length === bytes && createHash("sha256").update(content).digest("hex") === sha256;
}

test("a finished video is on disk as its lock says, and Git does not see it", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  const output = await outputOf(videos, "tides");
  expect(output).toMatchObject({ role: "video", mediaType: "video/mp4", width: 480, height: 320, audio: true });
  expect(output.seconds).toBeCloseTo(15, 1);
  expect(await isWhole(join(videos.path, output.url), output)).toBe(true);
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test.each<readonly [string, FaultRule]>([
  ["a link that has expired", { kind: "expired-link" }],
  ["a download that breaks off", { on: "download", kind: "truncate", times: 2 }],
  ["a download that is reset", { on: "download", kind: "drop-before", times: 2 }],
  ["a storage that has trouble", { on: "download", kind: "status", status: 503 }],
  ["an answer without the file's address", { kind: "no-url" }],
  ["a status that nobody knows", { on: "poll", kind: "unknown-status", word: "rendering_v2", times: 2 }],
  ["polls that fail", { on: "poll", kind: "status", status: 500, times: 2 }],
])("%s does not lose a video, and nothing is paid again", async (_what, fault) => {
  const golpo = await api({ faults: [fault] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger()).toHaveLength(1);
  const output = await outputOf(videos, "tides");
  expect(await isWhole(join(videos.path, output.url), output)).toBe(true);
});

test("a file that cannot be fetched today is fetched by the next run", async () => {
  const state = memoryState();
  const broken = await api({ state, faults: [{ on: "download", kind: "status", status: 404, times: "always" }] });
  const videos = await stage(specs, { api: broken });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 7 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "submitted" });
  const whole = await api({ state });
  expect(await videos.reelform("resume --emulate --commit", { REELFORM_EMULATOR_URL: whole.url })).toMatchObject({
    code: 0,
  });
  expect(whole.emulator.ledger()).toHaveLength(1);
  const output = await outputOf(videos, "tides");
  expect(await isWhole(join(videos.path, output.url), output)).toBe(true);
});

test("pull copies what is stored, and tells of what is not what was made", async () => {
  const golpo = await api();
  const videos = await stage({ ...specs, "videos/winds.yaml": spec("Where the wind comes from") }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(await videos.reelform("pull --to ../here")).toMatchObject({ code: 0 });
  const here = join(videos.path, "..", "here");
  const [tides, winds] = [await outputOf(videos, "tides"), await outputOf(videos, "winds")];
  for (const output of [tides, winds])
    expect(await isWhole(join(here, output.url.replace(/^.*\//, "")), output)).toBe(true);

  await writeFile(join(videos.path, tides.url), "not a video");
  const ran = await videos.reelform("pull --to ../there --json");
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/^tides: /m);
  const { files } = JSON.parse(ran.stdout) as {
    readonly files: readonly { readonly unit: string; readonly ok: boolean }[];
  };
  expect(files.map(({ unit, ok }) => [unit, ok])).toEqual([
    ["tides", false],
    ["winds", true],
  ]);
  expect(await readdir(join(videos.path, "..", "there"))).toEqual([winds.url.replace(/^.*\//, "")]);
});

test("a stored file that was cut short is never handed out as whole", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  const output = await outputOf(videos, "tides");
  await truncate(join(videos.path, output.url), output.bytes - 1);
  expect(await videos.reelform("pull")).toMatchObject({ code: 1 });
});

test("a result whose file is gone is fetched from the provider, and not made again", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  const output = await outputOf(videos, "tides");
  await videos.remove("out");
  await videos.git("rm", "--quiet", "videos/tides.lock.json");
  expect(inWords(await planned(videos))).toEqual({ tides: "reuse" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger()).toHaveLength(1);
  expect(await isWhole(join(videos.path, output.url), output)).toBe(true);
});

const committing = { ...specs, "reelform.yaml": "version: 1\nstore: { to: directory, path: media, commit: true }\n" };

test("files that are to be committed are committed with their locks", async () => {
  const golpo = await api();
  const videos = await stage(committing, { api: golpo });
  expect(await videos.reelform(`${reconcile} --push`)).toMatchObject({ code: 0 });
  const output = await outputOf(videos, "tides");
  expect(output.url).toMatch(/^media\//);
  expect(await videos.git("status", "--porcelain")).toBe("");
  const copy = await videos.clone();
  expect(await isWhole(join(copy.path, output.url), output)).toBe(true);
});

test("files that are to be committed go along, byte for byte, when the branch has moved", async () => {
  const golpo = await api();
  const videos = await stage(committing, { api: golpo });
  const colleague = await videos.clone();
  await colleague.write({ "README.md": "ours\n" });
  await colleague.commit();
  expect(await videos.reelform(`${reconcile} --push`)).toMatchObject({ code: 0 });
  const copy = await videos.clone();
  const output = await outputOf(copy, "tides");
  expect(await isWhole(join(copy.path, output.url), output)).toBe(true);
  expect(await copy.read("README.md")).toBe("ours\n");
  expect(await isWhole(join(videos.path, output.url), output)).toBe(true);
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test("a folder that pull makes in the repository is passed over by Git; one that was there is its owner's", async () => {
  const golpo = await api();
  const videos = await stage({ ...specs, "theirs/readme.md": "" }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(await videos.reelform("pull")).toMatchObject({ code: 0 });
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.reelform("pull --to theirs")).toMatchObject({ code: 0 });
  expect(await videos.git("status", "--porcelain")).toMatch(/^\?\? theirs\/tides\.video\.\w+\.mp4$/);
  expect(await videos.reelform("pull --to ../outside")).toMatchObject({ code: 0 });
  expect(await videos.read("../outside/.gitignore")).toBeUndefined();
});

test("status and check say which files are not here, which changes nothing of their answer", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes --commit --push")).toMatchObject({ code: 0 });
  const copy = await videos.clone();
  for (const line of ["status --json", "check --emulate"]) {
    const here = await videos.reelform(line);
    expect(here).toMatchObject({ code: 0, stderr: "" });
    const there = await copy.reelform(line);
    expect(there).toMatchObject({ code: 0, stdout: here.stdout });
    expect(there.stderr).toMatch(/^note: out\/ does not have what these locks name: tides\nhint: .*reelform pull/);
    expect(await copy.reelform(`${line} --quiet`)).toMatchObject({ code: 0, stderr: "" });
  }
});

test("where the disk goes with the runner, a run says so once, and not where the files are kept or emulated", async () => {
  const golpo = await api();
  const warned = /^warning finished files go to out\/ on this runner alone[\s\S]*commit: true[\s\S]*artifact/m;
  const env = { ...golpo.real, CI: "true" };
  const videos = await stage({ ...specs, "videos/winds.yaml": spec("Where the wind comes from") }, { api: golpo });
  const ran = await videos.reelform("reconcile --yes --commit --push --wait 0", env);
  expect(ran).toMatchObject({ code: 7 });
  expect(ran.stderr).toMatch(warned);
  expect(ran.stderr.match(/on this runner alone/g)).toHaveLength(1);
  expect((await videos.reelform("resume --commit --push --wait 0", env)).stderr).toMatch(warned);
  expect((await videos.reelform("reconcile --emulate --wait 0", env)).stderr).not.toMatch(warned);

  await videos.write({ "reelform.yaml": "version: 1\nstore: { to: directory, commit: true }\n" });
  expect((await videos.reelform("resume --commit --push --wait 0", env)).stderr).not.toMatch(warned);
});
