import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { GithubFault } from "../../src/emulator/github.ts";
import { type AtGithub, atGithub, signedOnly } from "../support/cli/at-github.ts";
import { spec } from "../support/cli/spec.ts";
import { lockIn, type Stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const pushing = "reconcile --emulate --yes --commit --push";
const signing = `${pushing} --commit-via api`;
const head = ({ git }: Stage) => git("rev-parse", "HEAD");
const main = ({ videos }: AtGithub) => videos.remote.head("refs/heads/main");
const log = ({ videos }: AtGithub, format = "%s") =>
  videos.git("--git-dir", videos.remote.path, "log", `--format=${format}`, "main");

/** Specs and locks agree, for others too, and a run finds nothing to spend on. */
async function nothingIsLeft(there: AtGithub): Promise<void> {
  const paid = there.golpo.accepted().length;
  for (const videos of [there.videos, await there.runner()]) {
    expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
    expect(await videos.reelform(signing, there.env)).toMatchObject({ code: 0 });
  }
  expect(there.golpo.accepted()).toHaveLength(paid);
}

test("a branch that takes signed commits alone gets the locks in a commit of GitHub's, and the branch here follows", async () => {
  const there = await atGithub(specs);
  const { videos, env, golpo } = there;
  await videos.remote.hook("pre-receive", signedOnly);
  const before = await head(videos);
  const ran = await videos.reelform(signing, env);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(there.asked()).toBe(1);

  expect(await videos.git("cat-file", "commit", "origin/main")).toMatch(/^gpgsig /m);
  expect(await log(there, "%an|%cn|%s|%(trailers:key=Reelform-Units,valueonly,separator=)")).toMatch(
    /^reelform-bot\|GitHub\|videos: 2 generated\|2\n/,
  );
  expect(await head(videos)).toBe(await main(there));
  expect(await videos.git("rev-parse", "HEAD^", "origin/main")).toBe(`${before}\n${await main(there)}`);
  expect(await videos.git("show", "--format=", "--name-only")).toBe("videos/tides.lock.json\nvideos/winds.lock.json");
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.remote.refs()).toEqual(["refs/heads/main", "refs/reelform/journal-emulated"]);
  expect(golpo.accepted()).toHaveLength(2);

  await videos.remove("videos/winds.yaml");
  await videos.remote.hook("pre-receive", undefined);
  await videos.commit("no wind");
  await videos.remote.hook("pre-receive", signedOnly);
  const fewer = await videos.reelform(signing, env);
  expect(fewer, fewer.stderr).toMatchObject({ code: 0 });
  expect(await videos.remote.file("main", "videos/winds.lock.json")).toBeUndefined();
  await nothingIsLeft(there);
});

test("in a workflow's checkout, which is shallow and on no branch, it works the same", async () => {
  const there = await atGithub(specs);
  const { videos, env } = there;
  await videos.remote.hook("pre-receive", signedOnly);
  const job = await there.runner("--depth=1");
  await job.git("checkout", "--quiet", "--detach");
  const on = { ...env, GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" };
  // What a run could not push with Git goes along with what the next one has to say.
  expect(await job.reelform(`${pushing} --wait 0`, on)).toMatchObject({ code: 1 });
  expect(await job.git("rev-list", "--count", "origin/main..")).toBe("1");
  const late = await job.reelform("resume --emulate --commit --push --commit-via api", on);
  expect(late, late.stderr).toMatchObject({ code: 0 });
  expect(await head(job)).toBe(await main(there));
  expect(await log(there)).toBe("videos: 2 generated\nbegin");
  await videos.git("pull", "--quiet");
  await nothingIsLeft(there);
});

test("where others push at the same moment the locks are merged anew on their head, and nobody's are lost", async () => {
  let meanwhile = (): void => {};
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const text = spec("${{ matrix.about }} for beginners", { head: { matrix: { about: ["rain", "snow"] } } });
  const there = await atGithub(
    { "videos/weather.yaml": text },
    { onRequest: ({ path }) => (path === "/graphql" ? meanwhile() : undefined) },
  );
  const { videos, env, github, golpo } = there;
  const colleague = await there.runner();
  await colleague.write({ "README.md": "theirs\n" });
  await colleague.commit("their words", false);
  expect(await colleague.reelform("reconcile weather@snow --emulate --yes --commit")).toMatchObject({ code: 0 });
  meanwhile = () => {
    meanwhile = () => {};
    execFileSync("git", ["push", "--quiet", `file://${videos.remote.path}`, "HEAD:main"], { cwd: colleague.path });
  };

  const ran = await videos.reelform(`${signing} weather@rain`, env);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const answers = github.exchanges().filter(({ path }) => path === "/graphql");
  expect(answers.map(({ answer }) => answer)).toMatchObject([
    { data: { createCommitOnBranch: null }, errors: [{ type: "STALE_DATA" }] },
    { data: { createCommitOnBranch: { commit: { oid: await main(there) } } } },
  ]);
  expect(await log(there)).toBe("videos: 1 generated\nvideos: 1 generated\ntheir words\nbegin");
  const merged = lockIn("weather", await videos.remote.file("main", "videos/weather.lock.json"));
  expect([...merged].map(([unit, { state }]) => [unit, state])).toEqual([
    ["weather@rain", "ready"],
    ["weather@snow", "ready"],
  ]);
  expect(await head(videos)).toBe(await main(there));
  expect(await videos.read("README.md")).toBe("theirs\n");
  expect(golpo.accepted()).toHaveLength(2);
  await nothingIsLeft(there);
});

test.each([
  ["took effect and was lost", { kind: "lost" }, 1],
  ["took effect and came by half", { kind: "truncated" }, 1],
  ["had no effect", { kind: "answer", status: 502, message: "Bad Gateway" }, 2],
] as const)(
  "an answer that %s is looked up before anything is sent again: there is one commit",
  async (_, does, times) => {
    const there = await atGithub(specs, { faults: [{ method: "POST", path: /graphql/, does }] });
    const ran = await there.videos.reelform(signing, there.env);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(there.asked()).toBe(times);
    expect(await log(there)).toBe("videos: 2 generated\nbegin");
    expect(await head(there.videos)).toBe(await main(there));
    await nothingIsLeft(there);
  },
);

const fault = (does: GithubFault["does"]): readonly GithubFault[] => [
  { method: "POST", path: /graphql/, does, times: 9 },
];

test.each([
  ["401", { kind: "answer", status: 401, message: "Bad credentials" }, /GitHub answered 401: Bad credentials/],
  [
    "403",
    { kind: "answer", status: 403, message: "Resource not accessible by integration" },
    /GitHub answered 403: Resource not accessible/,
  ],
  [
    "503",
    { kind: "answer", status: 503, message: "No server is currently available" },
    /GitHub answered 503: No server/,
  ],
  ["a limit", { kind: "limited", retryAfter: 3_600 }, /secondary rate limit.*longer wait than a run can have/],
] as const)(
  "%s is told in plain words, and what was paid for is brought there by the next run",
  async (_, does, words) => {
    const there = await atGithub(specs, { faults: fault(does) });
    const { videos, env } = there;
    const ran = await videos.reelform(signing, env);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toMatch(/^hint: nothing is lost: the results are committed here and in the journal/m);
    expect(await log(there)).toBe("begin");
    expect(await videos.remote.refs()).toEqual(["refs/heads/main", "refs/reelform/journal-emulated"]);

    const again = await videos.reelform(pushing, env);
    expect(again, again.stderr).toMatchObject({ code: 0 });
    expect(await log(there)).toBe("videos: 2 generated\nbegin");
    await nothingIsLeft(there);
  },
);

test("commits of one's own that nobody has yet go first: GitHub makes one at a time", async () => {
  const there = await atGithub(specs);
  const { videos, env } = there;
  await videos.commit("mine", false);
  const ran = await videos.reelform(signing, env);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/origin\/main lacks commits of yours/);
  await videos.git("push", "--quiet", "origin", "HEAD~1:main");
  const again = await videos.reelform(signing, env);
  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(await log(there)).toBe("videos: 2 generated\nmine\nbegin");
  await nothingIsLeft(there);
});

test("where GitHub cannot be asked nothing is spent", async () => {
  const { videos, env, golpo, github } = await atGithub(specs);
  for (const [line, changes, why] of [
    [signing, { GITHUB_TOKEN: "" }, /--commit-via api: GITHUB_TOKEN is not set/],
    [signing, { GITHUB_REPOSITORY: "acme/shop" }, /--commit-via api: origin is not acme\/shop/],
    [signing, { GITHUB_API_URL: "http://github.example" }, /--commit-via api: origin is not acme\/videos/],
    ["reconcile --emulate --yes --commit-via api", {}, /--commit-via api: there is nothing to bring to a branch/],
    ["resume --emulate --commit --push --commit-via api", { GITHUB_TOKEN: "" }, /GITHUB_TOKEN is not set/],
    [`${pushing} --commit-via carrier-pigeon`, {}, /Allowed choices are git, api/],
  ] as const) {
    const ran = await videos.reelform(line, { ...env, ...changes });
    expect(ran, ran.stderr).toMatchObject({ code: 64 });
    expect(ran.stderr).toMatch(why);
  }
  expect(golpo.seen).toEqual([]);
  expect(github.exchanges()).toEqual([]);
});
