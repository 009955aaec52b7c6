import { basename } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Github, type GithubOptions, startGithub } from "../../src/emulator/github.ts";
import { strayings } from "../io/github-description.ts";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const files = {
  "reelform.yaml": "version: 1\nstore: { to: github-release }\n",
  "videos/tides.yaml": spec("Why the sea rises and falls"),
};
const month = new Date().toISOString().slice(0, 7);
const download = `https://github.com/acme/videos/releases/download/reelform-${month}/`;

interface Given {
  readonly github: Github;
  readonly golpo: Awaited<ReturnType<typeof api>>;
  readonly videos: Stage;
  /** What makes runs real, with a GitHub that is none. */
  readonly real: Readonly<Record<string, string>>;
}

async function given(options: Partial<GithubOptions> = {}): Promise<Given> {
  const golpo = await api();
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [],
    accounts: { "token-of-a-test": { login: "reelform[bot]" }, fork: { login: "stranger", mayWrite: false } },
    ...options,
  });
  onTestFinished(async () => {
    expect(github.exchanges().flatMap(strayings)).toEqual([]);
    await github.close();
  });
  const videos = await stage(files, { api: golpo });
  const own = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: "acme/videos", GITHUB_TOKEN: "token-of-a-test" };
  return { github, golpo, videos, real: { ...golpo.real, ...own } };
}

const assetsOf = (github: Github) => github.releases.list().flatMap(({ assets }) => [...assets.values()]);

async function videoOf(videos: Stage, unit = "tides") {
  const entry = (await videos.locks()).get(unit);
  const output = entry?.state === "ready" ? entry.outputs.find(({ role }) => role === "video") : undefined;
  if (output === undefined) throw new Error(`${unit} has no video`);
  return output;
}

test("a real run keeps its files in a release of a private repository, and pull brings them back, checked", async () => {
  const { github, golpo, videos, real } = await given({ private: true });
  expect(await videos.reelform("reconcile --yes --wait 0", real)).toMatchObject({ code: 7 });
  const resumed = await videos.reelform("resume --commit --push", real);
  expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
  const video = await videoOf(videos);
  expect(video.url).toMatch(new RegExp(`^${download}tides\\.video\\.${video.sha256.slice(0, 12)}\\.mp4$`));
  expect(assetsOf(github).map(({ state, sha256 }) => [state, sha256])).toContainEqual(["uploaded", video.sha256]);
  expect(await videos.remote.file("main", "videos/tides.lock.json")).toContain(video.url);

  expect(await videos.reelform("pull --to here", real)).toMatchObject({ code: 0 });
  expect(await videos.read(`here/${basename(video.url)}`)).toBeDefined();
  expect(await videos.reelform("check")).toMatchObject({ code: 0 });
  expect(await videos.reelform("reconcile --yes", real)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);

  // Somebody puts another file in its place.
  const [release] = github.releases.list();
  const [id] = [...(release?.assets ?? [])].find(([, { sha256 }]) => sha256 === video.sha256) ?? [];
  if (release === undefined || id === undefined) throw new Error("there is no such file");
  release.assets.delete(id);
  github.releases.attach(release, { name: basename(video.url) });
  const damaged = await videos.reelform("pull --to there", real);
  expect(damaged).toMatchObject({ code: 1 });
  expect(damaged.stderr).toContain("is not what was kept there");
  expect(await videos.read(`there/${basename(video.url)}`)).toBeUndefined();
});

test("an upload that a killed run left behind is finished by the next, and nothing is submitted again", async () => {
  const stalled = { method: "POST", path: /assets$/, does: { kind: "stalled" } } as const;
  const { github, golpo, videos, real } = await given({ faults: [stalled] });
  expect(await videos.reelform("reconcile --yes --wait 0", real)).toMatchObject({ code: 7 });
  const running = videos.begin("resume", real);
  await vi.waitFor(() => expect(assetsOf(github).map(({ state }) => state)).toEqual(["starter"]), {
    timeout: 120_000,
    interval: 5,
  });
  running.kill();
  await running.ended;

  const next = await videos.reelform("reconcile --yes", real);
  expect(next, next.stderr).toMatchObject({ code: 0 });
  const { url, sha256 } = await videoOf(videos);
  expect(url).toContain(download);
  expect(new Set(assetsOf(github).map(({ state }) => state))).toEqual(new Set(["uploaded"]));
  expect(assetsOf(github).filter((asset) => asset.sha256 === sha256)).toHaveLength(1);
  expect(golpo.accepted()).toHaveLength(1);
  expect(await videos.reelform("pull --to here", real)).toMatchObject({ code: 0 });
});

test("what could not be kept is not paid for", async () => {
  const { github, golpo, videos, real } = await given();
  for (const [env, why] of [
    [{ GITHUB_TOKEN: "" }, /GITHUB_TOKEN is not set/],
    [{ GITHUB_TOKEN: "fork" }, /GITHUB_TOKEN must be allowed to write contents/],
    [{ GITHUB_TOKEN: "stolen" }, /Bad credentials/],
  ] as const) {
    const ran = await videos.reelform("reconcile --yes", { ...real, ...env });
    expect(ran).toMatchObject({ code: 4 });
    expect(ran.stderr).toMatch(why);
    expect(ran.stdout + ran.stderr).not.toMatch(/stolen/);
  }
  expect(golpo.seen.filter((request) => request.startsWith("POST"))).toEqual([]);
  expect(github.releases.list()).toEqual([]);
});

test("which repository it is, is said by the project, the workflow or the remote, or asked for", async () => {
  const { golpo, videos, real } = await given();
  const { GITHUB_REPOSITORY: _, ...elsewhere } = real;
  const ran = await videos.reelform("reconcile --yes", elsewhere);
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr).toMatch(/hint: name it as `repository: owner\/name`/);
  expect(golpo.accepted()).toEqual([]);

  await videos.write({
    "reelform.yaml": "version: 1\nstore: { to: github-release, repository: acme/videos, tag: films }\n",
  });
  expect(await videos.reelform("reconcile --yes --wait 0", elsewhere)).toMatchObject({ code: 7 });
  await videos.git("remote", "set-url", "origin", `${new URL(real.GITHUB_API_URL ?? "").origin}/acme/videos.git`);
  await videos.write({ "reelform.yaml": "version: 1\nstore: { to: github-release, tag: films }\n" });
  expect(await videos.reelform("resume", elsewhere)).toMatchObject({ code: 0 });
  expect((await videoOf(videos)).url).toContain(`/acme/videos/releases/download/films-${month}/`);
});

test("an emulated run keeps its files in the folder `out`, and GitHub never hears of them", async () => {
  const { github, videos, real } = await given();
  expect(await videos.reelform("reconcile --emulate --yes", real)).toMatchObject({ code: 0 });
  const { url } = await videoOf(videos);
  expect(url).toMatch(/^out\/tides\.video\.[0-9a-f]{12}\.mp4$/);
  expect(await videos.reelform("pull --to here", real)).toMatchObject({ code: 0 });
  expect(await videos.read(`here/${basename(url)}`)).toBeDefined();
  expect(github.exchanges()).toEqual([]);
  expect((await videos.git("status", "--porcelain", "--", "out")).trim()).toBe("");
});

test("a GitHub that cannot be asked for a file has not lost it: nothing is fetched again, and the next run finds it", async () => {
  let isDown = false;
  const download = /\/assets\/\d+$/;
  const path = Object.assign(/./, { test: (text: string) => isDown && download.test(text) });
  const trouble = { kind: "answer", status: 503, message: "Service unavailable" } as const;
  // Without a digest a file is looked at to know it.
  const faults = [{ method: "GET", path, does: trouble, times: Number.POSITIVE_INFINITY }] as const;
  const { golpo, videos, real } = await given({ digests: false, faults });
  expect(await videos.reelform("reconcile --yes --wait 0", real)).toMatchObject({ code: 7 });
  expect(await videos.reelform("resume", real)).toMatchObject({ code: 0 });
  const video = await videoOf(videos);
  await videos.remove("videos/tides.lock.json");

  isDown = true;
  const polls = () => golpo.seen.filter((request) => request.startsWith("GET /golpo/api/v1/videos/"));
  const before = polls().length;
  const ran = await videos.reelform("reconcile --yes", real);
  expect(ran).toMatchObject({ code: 7 });
  expect(ran.stdout).toContain("its files could not be looked for: releases of acme/videos");
  expect(polls()).toHaveLength(before);
  expect((await videos.locks()).get("tides")).toBeUndefined();

  isDown = false;
  expect(await videos.reelform("reconcile --yes", real)).toMatchObject({ code: 0 });
  expect(await videoOf(videos)).toEqual(video);
  expect(golpo.accepted()).toHaveLength(1);
});
