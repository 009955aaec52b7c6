import { execFile } from "node:child_process";
import { chmod, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes --commit";
const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const lock = "videos/tides.lock.json";
const journal = "refs/reelform/journal-emulated";

async function made() {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  return { golpo, videos, text: (await videos.read(lock)) ?? "" };
}

test.each<readonly [string, (text: string) => string]>([
  ["cut short", (text) => text.slice(0, text.length / 2)],
  ["full of zeros, as after a power cut", (text) => "\0".repeat(text.length)],
])(
  "a lockfile that is %s is told with its place, nothing is paid for, and the journal makes it anew",
  async (_how, tear) => {
    const { golpo, videos, text } = await made();
    await videos.write({ [lock]: tear(text) });
    const ran = await videos.reelform(reconcile);
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stderr).toMatch(/^videos\/tides\.lock\.json:\d+:\d+ error /m);
    await videos.remove(lock);
    expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
    expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
    expect(golpo.accepted()).toHaveLength(2);
  },
);

/** The file in which Git keeps an object that stands by itself. */
async function fileOf(videos: Stage, object: string): Promise<string> {
  const name = await videos.git("rev-parse", object);
  return join(videos.path, ".git/objects", name.slice(0, 2), name.slice(2));
}

test.each([
  ["commit", journal],
  ["tree", `${journal}^{tree}`],
])("a journal whose %s is torn stops every run before it spends, until the object is mended", async (_what, object) => {
  const { golpo, videos } = await made();
  const file = await fileOf(videos, object);
  const whole = await readFile(file);
  await chmod(file, 0o644);
  await truncate(file, Math.floor(whole.length / 2));
  await videos.write({ "videos/rain.yaml": spec("Why it rains") });
  const ran = await videos.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/^error nothing was submitted: the journal[\s\S]*^hint: /m);
  expect(golpo.accepted()).toHaveLength(2);
  await writeFile(file, whole);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
});

/** Types what the hint says, line by line, into one shell. */
async function doAsTold(stderr: string): Promise<void> {
  const [, told = ""] = stderr.split(/^hint: .*$/m);
  const commands = told.split("\n").filter((line) => line.startsWith("  "));
  expect(commands.length, stderr).toBeGreaterThan(2);
  const { PATH = "" } = process.env;
  const env = { PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
  await promisify(execFile)("sh", ["-c", commands.join("\n")], { env });
}

async function cut(file: string): Promise<void> {
  const { length } = await readFile(file);
  await chmod(file, 0o644);
  await truncate(file, Math.floor(length / 2));
}

type Tear = (videos: Stage) => Promise<void>;

const tears: readonly (readonly [string, Tear])[] = [
  ["commit is torn", async (videos) => cut(await fileOf(videos, journal))],
  ["tree is torn", async (videos) => cut(await fileOf(videos, `${journal}^{tree}`))],
  ["entry is torn", async (videos) => cut(await anEntry(videos))],
  ["entry is gone", async (videos) => rm(await anEntry(videos))],
  ["ref is torn", async ({ path }) => cut(join(path, ".git", journal))],
  ["ref is empty", async ({ path }) => writeFile(join(path, ".git", journal), "")],
];

/** What the last write brought. */
async function anEntry(videos: Stage): Promise<string> {
  const [name = ""] = (await videos.git("diff", "--name-only", `${journal}~1`, journal)).split("\n");
  return fileOf(videos, `${journal}:${name}`);
}

test.each(
  tears.flatMap(([what, tear]) => [
    [what, "the copy of the remote", "--push", tear] as const,
    [what, "an earlier state", "", tear] as const,
  ]),
)(
  "where the %s, the hint's own commands bring %s back, and nothing is paid for twice",
  async (_what, _to, flags, tear) => {
    const golpo = await api();
    const videos = await stage(specs, { api: golpo, ...(flags === "" ? { remote: false } : {}) });
    expect(await videos.reelform(`${reconcile} ${flags}`)).toMatchObject({ code: 0 });
    await tear(videos);
    await videos.write({ "videos/rain.yaml": spec("Why it rains") });
    const torn = await videos.reelform(`${reconcile} ${flags}`);
    expect(torn, torn.stderr).toMatchObject({ code: 1 });
    expect(torn.stderr).not.toContain("--allow-unjournaled");
    await doAsTold(torn.stderr);
    const mended = await videos.reelform(`${reconcile} ${flags}`);
    expect(mended, mended.stderr).toMatchObject({ code: 0 });
    expect(golpo.accepted()).toHaveLength(3);
  },
);
