import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type GithubOptions, startGithub } from "../../src/emulator/github.ts";
import type { Output } from "../../src/model/output.ts";
import { strayings } from "../io/github-description.ts";
import { api } from "../support/cli/api.ts";
import { draws, machineWith } from "../support/cli/ffmpeg.ts";
import { changed, impostor, type Reply, routes } from "../support/cli/impostor.ts";
import { inWords, outcomes, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const release = "version: 1\nstore: { to: github-release }\n";
const tides = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const token = "token-of-a-test";

/** A pull request whose runs are real, against APIs and a GitHub that are none. */
async function given(options: Partial<GithubOptions> = {}, files: Readonly<Record<string, string>> = tides) {
  const golpo = await api();
  const videos = await stage({ "reelform.yaml": release, ...files }, { api: golpo });
  const head = await videos.git("rev-parse", "HEAD");
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [{ number: 12, head, author: "ada", fork: false }],
    accounts: { [token]: { login: "reelform[bot]" } },
    ...options,
  });
  onTestFinished(async () => {
    expect(github.exchanges().flatMap(strayings)).toEqual([]);
    await github.close();
  });
  const own = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: "acme/videos", GITHUB_TOKEN: token };
  const real = { ...golpo.real, ...own, GITHUB_REF: "refs/pull/12/merge" };
  return { golpo, videos, github, real, comment: () => github.comments(12)[0]?.body ?? "" };
}

async function outputsOf(videos: Stage, unit = "tides"): Promise<readonly Output[]> {
  const entry = (await videos.locks()).get(unit);
  return entry?.state === "ready" ? entry.outputs : [];
}

const rolesOf = async (videos: Stage, unit?: string) => (await outputsOf(videos, unit)).map(({ role }) => role);

const commented = "reconcile --yes --commit --push --comment";
const without = /no picture in the comment: neither ffmpeg nor Chrome is on the PATH/;

test("a comment shows a picture of a new video that leads to it, and the poster is an output like any other", async () => {
  const { golpo, videos, real, comment } = await given();
  const { PATH } = await machineWith(draws);
  const ran = await videos.reelform(commented, { ...real, PATH });
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const [video, poster] = await outputsOf(videos);
  expect(poster).toMatchObject({ role: "poster", mediaType: "image/jpeg" });
  expect(comment()).toContain(`<a href="${video?.url}"><img src="${poster?.url}" alt="tides" width="240"></a>`);
  expect(poster?.url).toMatch(
    /^https:\/\/github\.com\/acme\/videos\/releases\/download\/.*\/tides\.poster\.\w{12}\.jpg$/,
  );
  expect(comment()).toContain(`[video](${video?.url})`);
  expect(comment()).not.toContain("[poster]");

  const pulled = await videos.reelform("pull --to here", real);
  expect(pulled, pulled.stderr).toMatchObject({ code: 0 });
  expect(await videos.read(`here/${basename(poster?.url ?? "")}`)).toBeDefined();
  expect((await videos.reelform("status", real)).stdout).toContain(video?.url);
  expect(await videos.reelform("why tides", real)).toMatchObject({ code: 0 });
  expect(inWords(await planned(videos, ""))).toEqual({ tides: "keep" });
  expect(golpo.accepted()).toHaveLength(1);
});

test("of a private repository no picture is taken, since its comment could show none to everybody", async () => {
  const { videos, real, comment } = await given({ private: true });
  const { PATH } = await machineWith(draws);
  expect(await videos.reelform(commented, { ...real, PATH })).toMatchObject({ code: 0 });
  expect(await rolesOf(videos)).toEqual(["video"]);
  expect(comment()).toContain("[video](");
  expect(comment()).not.toContain("<img");
});

test("where no program takes pictures it is said once, to those who would see them", async () => {
  const two = { ...tides, "videos/winds.yaml": spec("Where the wind comes from") };
  const { videos, real, comment } = await given({}, two);
  const ran = await videos.reelform(commented, real);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(ran.stderr.match(new RegExp(without, "g"))).toHaveLength(1);
  expect(ran.stderr).toContain("note: 2 new videos have no picture");
  expect(comment()).not.toContain("<img");
  expect(await rolesOf(videos)).toEqual(["video"]);

  // Nothing is new, then nobody comments, then nobody could see it.
  expect((await videos.reelform(commented, real)).stderr).not.toMatch(without);
  await videos.write({ "videos/tides.yaml": spec("Why the sea is salty") });
  expect((await videos.reelform("reconcile --yes", real)).stderr).not.toMatch(without);
  await videos.write({ "videos/tides.yaml": spec("Why the sea is blue") });
  expect((await videos.reelform(`${commented} --emulate`, real)).stderr).not.toMatch(without);
});

test("of files that stay on this disk no picture is taken, and no program is started", async () => {
  const videos = await stage(tides, { api: await api() });
  const { place, PATH } = await machineWith("echo asked >> HERE/asked; exit 1");
  expect(await videos.reelform("reconcile --emulate --yes --commit", { PATH })).toMatchObject({ code: 0 });
  expect(await rolesOf(videos)).toEqual(["video"]);
  expect(existsSync(join(place, "asked"))).toBe(false);
});

test("a program that fails costs nobody a video, and is not asked for ever", async () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const files = Object.fromEntries(names.map((name) => [`videos/${name}.yaml`, spec(`A film of ${name}`)]));
  const { videos, real } = await given({}, files);
  const { place, PATH } = await machineWith("echo asked >> HERE/asked; exit 1");
  const ran = await videos.reelform("reconcile --yes --commit", { ...real, PATH });
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(/^[a-f] no poster: ffmpeg ended with code 1$/m);
  expect([...(await videos.locks()).values()].map(({ state }) => state)).toEqual(names.map(() => "ready"));
  const asked = (await readFile(join(place, "asked"), "utf8")).split("\n").length - 1;
  expect(asked).toBeGreaterThanOrEqual(3);
  expect(asked).toBeLessThan(names.length);
});

test("a run that is interrupted while a picture is taken ends the program and keeps the video", async () => {
  const { golpo, videos, real } = await given();
  const { place, PATH } = await machineWith("echo $$ > HERE/pid; exec sleep 600");
  const running = videos.begin("reconcile --yes --commit", { ...real, PATH });
  await vi.waitFor(() => expect(existsSync(join(place, "pid"))).toBe(true), { timeout: 120_000, interval: 5 });
  running.signal("SIGTERM");
  expect(await running.ended).toMatchObject({ code: 130 });
  const status = await readFile(`/proc/${(await readFile(join(place, "pid"), "utf8")).trim()}/status`, "utf8").catch(
    () => "State:\tZ",
  );
  expect(status).toMatch(/^State:\s+Z/m);
  expect(await rolesOf(videos)).toEqual(["video"]);
  expect(await videos.reelform("reconcile --yes", real)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
});

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

/** An API that names a picture of its video, and answers so when it is asked for it. */
async function pictured(answer: Reply) {
  const golpo = await api();
  const front = await impostor(golpo.url, async ({ path }, pass) => {
    if (path === "/thumbnail") return answer;
    const reply = await pass();
    if (!path.startsWith(routes.status)) return reply;
    return changed(reply, (value) => ({ ...(value as object), thumbnail_url: `${front.url}/thumbnail` }));
  });
  return { golpo, front, videos: await stage(tides, { api: front }) };
}

const aPicture = { status: 200, headers: { "content-type": "image/png" }, body: png };

test.each([
  ["a picture", aPicture, "image/png", undefined],
  ["none after all", { status: 404, body: "gone" }, undefined, /tides no poster: .*404/],
  ["a page", { status: 200, body: "<html>Not today</html>" }, undefined, /tides no poster: /],
])("of a video for which the provider has a picture it gives %s", async (_what, answer, mediaType, trouble) => {
  const { golpo, front, videos } = await pictured(answer);
  const ran = await videos.reelform("reconcile --emulate --yes --commit");
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect((await outputsOf(videos)).map((output) => output.mediaType)).toEqual(
    ["video/mp4", mediaType].filter((one) => one !== undefined),
  );
  if (trouble === undefined) expect(ran.stderr).not.toContain("no poster");
  else expect(ran.stderr).toMatch(trouble);
  expect(front.asked.filter(({ path }) => path === "/thumbnail")).toHaveLength(1);
  expect(golpo.accepted()).toHaveLength(1);
});

test("a poster moves with its video, is reused with it, and one that is lost costs nothing", async () => {
  const { golpo, videos } = await pictured(aPicture);
  const reconcile = () => videos.reelform("reconcile --emulate --yes --commit --json");
  await reconcile();
  const made = await outputsOf(videos);
  expect(made.map(({ role }) => role)).toEqual(["video", "poster"]);

  await videos.git("mv", "videos/tides.yaml", "videos/sea.yaml");
  expect(outcomes(resultIn((await reconcile()).stdout))).toMatchObject({ sea: "moved" });
  expect(await outputsOf(videos, "sea")).toEqual(made);

  await videos.write({ "videos/copy.yaml": spec("Why the sea rises and falls") });
  expect(outcomes(resultIn((await reconcile()).stdout))).toMatchObject({ copy: "reused" });
  expect(await outputsOf(videos, "copy")).toEqual(made);

  await videos.remove(made[1]?.url ?? "");
  const pulled = await videos.reelform("pull --to here");
  expect(pulled).toMatchObject({ code: 0, stderr: expect.stringMatching(/sea: .*\.poster\..* is gone/) });
  expect(pulled.stderr).not.toContain("hint:");
  expect((await videos.reelform("status")).stderr).toBe("");
  await videos.remove("videos/copy.lock.json");
  expect(outcomes(resultIn((await reconcile()).stdout))).toMatchObject({ copy: "reused" });
  expect(await outputsOf(videos, "copy")).toEqual(made.slice(0, 1));
  expect(golpo.accepted()).toHaveLength(1);
});
