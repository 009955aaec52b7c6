import { describe, expect, test } from "vitest";
import { effectsOf } from "../report/effects.ts";
import { type AtGithub, atGithub, protecting, signedOnly } from "../support/cli/at-github.ts";
import { runnerIn } from "../support/cli/runner.ts";
import { spec } from "../support/cli/spec.ts";
import type { Stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const pushing = "reconcile --emulate --yes --commit --push";
const beside = "reelform/locks-main";
const protectedMain = protecting("refs/heads/main");

const branches = async ({ remote }: Stage) => (await remote.refs()).filter((ref) => ref.startsWith("refs/heads/"));
const locks = ["refs/heads/main", `refs/heads/${beside}`];
const on = ({ remote }: Stage) => remote.head(`refs/heads/${beside}`);
const onRemote = ({ git, remote }: Stage, ...args: readonly string[]) => git("--git-dir", remote.path, ...args);

/** Whoever merges the branch, as GitHub does it, past the rule. */
async function merged({ videos, runner }: AtGithub, how: "--no-ff" | "--squash"): Promise<void> {
  await videos.remote.hook("pre-receive", undefined);
  const reviewer = await runner();
  await reviewer.git("merge", "--quiet", how, `origin/${beside}`);
  await reviewer.commit("reviewed");
  await videos.remote.hook("pre-receive", protectedMain);
}

describe.each([
  ["pushed with Git", pushing],
  ["made by GitHub", `${pushing} --commit-via api`],
])("a protected branch, where the commit is %s,", (_, line) => {
  test("gets one branch beside it and one pull request, however many fresh runners come by", async () => {
    const there = await atGithub(specs);
    const { videos, env, github, golpo } = there;
    await videos.remote.hook("pre-receive", protectedMain);
    const first = await (await there.runner()).reelform(line, { ...env, GITHUB_RUN_ID: "7" });
    expect(first).toMatchObject({ code: 1 });
    expect(first.stderr).toMatch(
      /^warning main did not take the locks \(.*Protected branch.*\); they are on the branch/m,
    );
    expect(first.stderr).toContain("hint: merge https://github.com/acme/videos/pull/1:");
    const head = await on(videos);
    expect(await videos.remote.file(beside, "videos/tides.lock.json")).toContain('"ready"');

    for (const _ of [1, 2]) {
      const again = await (await there.runner()).reelform(line, env);
      expect(again).toMatchObject({ code: 1 });
      expect(again.stderr).toContain("hint: merge https://github.com/acme/videos/pull/1:");
    }
    expect(await branches(videos)).toEqual(locks);
    expect(await on(videos)).toBe(head);
    expect(golpo.accepted()).toHaveLength(2);
    const [pull, ...others] = github.pulls();
    expect(others).toEqual([]);
    expect(pull).toMatchObject({ branch: beside, base: "main", title: "videos: 2 generated" });
    const { links, html, mentions, images } = effectsOf(pull?.body ?? "");
    expect({ html, mentions, images }).toEqual({ html: [], mentions: [], images: [] });
    expect(links).toEqual(["https://github.com/acme/videos/actions/runs/7"]);
    expect(pull?.body).toContain("- `tides`: generated\n- `winds`: generated");

    await merged(there, "--no-ff");
    const last = await (await there.runner()).reelform(line, env);
    expect(last, last.stderr).toMatchObject({ code: 0 });
    expect(golpo.accepted()).toHaveLength(2);
  });

  test("has that branch go on when it moves on itself, and what a reviewer added stays", async () => {
    const there = await atGithub(specs);
    const { videos, env, github, golpo } = there;
    await videos.remote.hook("pre-receive", protectedMain);
    await (await there.runner()).reelform(line, env);
    const before = await on(videos);

    const reviewer = await there.runner();
    await reviewer.git("switch", "--quiet", "--create", "review", `origin/${beside}`);
    await reviewer.write({ "NOTES.md": "looks good\n" });
    await reviewer.git("add", "NOTES.md");
    await reviewer.git("commit", "--quiet", "--message", "a note");
    await reviewer.git("push", "--quiet", "origin", `HEAD:${beside}`);
    await videos.remote.hook("pre-receive", undefined);
    await videos.write({ "videos/rain.yaml": spec("Why it rains") });
    await videos.commit("rain");
    await videos.remote.hook("pre-receive", protectedMain);

    const ran = await (await there.runner()).reelform(line, env);
    expect(ran).toMatchObject({ code: 1 });
    expect(golpo.accepted()).toHaveLength(3);
    expect(await branches(videos)).toEqual(locks);
    expect(await onRemote(videos, "merge-base", before ?? "", beside)).toBe(before);
    for (const name of ["tides", "winds", "rain"])
      expect(await videos.remote.file(beside, `videos/${name}.lock.json`)).toContain('"ready"');
    expect(await videos.remote.file(beside, "NOTES.md")).toBe("looks good");
    expect(github.pulls()).toHaveLength(1);

    await merged(there, "--no-ff");
    const last = await (await there.runner()).reelform(line, env);
    expect(last, last.stderr).toMatchObject({ code: 0 });
    expect(golpo.accepted()).toHaveLength(3);
  });
});

test.each([
  ["squashing", "--squash", pushing],
  ["a merge, where GitHub makes the commits,", "--no-ff", `${pushing} --commit-via api`],
] as const)(
  "a branch that was merged by %s and left there is used again, and only what is new is proposed",
  async (_, how, line) => {
    const there = await atGithub(specs);
    const { videos, env, github } = there;
    await videos.remote.hook("pre-receive", protectedMain);
    await (await there.runner()).reelform(line, env);
    await merged(there, how);
    github.end(1);
    await videos.git("pull", "--quiet");
    await videos.remote.hook("pre-receive", undefined);
    await videos.write({ "videos/tides.yaml": spec("Why the sea rises and falls, again") });
    await videos.commit("tides again");
    await videos.remote.hook("pre-receive", protectedMain);

    const ran = await (await there.runner()).reelform(line, env);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toContain("hint: merge https://github.com/acme/videos/pull/2:");
    expect(await branches(videos)).toEqual(locks);
    expect(await onRemote(videos, "diff", "--name-only", `main...${beside}`)).toBe("videos/tides.lock.json");
    await merged(there, "--no-ff");
    expect(await (await there.runner()).reelform(pushing, env)).toMatchObject({ code: 0 });
  },
);

test("where every branch takes signed commits alone the one beside it is GitHub's too", async () => {
  const there = await atGithub(specs);
  const { videos, env, github } = there;
  await videos.remote.hook(
    "pre-receive",
    `input=$(cat)\necho "$input" | (${signedOnly}) || exit 1\necho "$input" | (${protectedMain})`,
  );
  const byGit = await (await there.runner()).reelform(pushing, env);
  expect(byGit).toMatchObject({ code: 1 });
  expect(byGit.stderr).toMatch(/the locks were not pushed: .*/);
  expect(await branches(videos)).toEqual(["refs/heads/main"]);
  const ran = await (await there.runner()).reelform(`${pushing} --commit-via api`, env);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toContain("hint: merge https://github.com/acme/videos/pull/1:");
  expect(await onRemote(videos, "cat-file", "commit", beside)).toMatch(/^gpgsig /m);
  expect(github.pulls()).toHaveLength(1);
});

test.each([
  [
    "may not be opened",
    { kind: "answer", status: 403, message: "GitHub Actions is not permitted to create pull requests" },
  ],
  ["are not taken", { kind: "answer", status: 422, message: "Validation Failed" }],
] as const)("where pull requests %s the run says so, and who should open it", async (_, does) => {
  const there = await atGithub(specs, { faults: [{ method: "POST", path: /pulls$/, does }] });
  await there.videos.remote.hook("pre-receive", protectedMain);
  const ran = await there.videos.reelform(pushing, there.env);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(
    new RegExp(`^note: no pull request was opened: GitHub answered ${does.status}: ${does.message}$`, "m"),
  );
  expect(ran.stderr).toContain(`hint: open a pull request from ${beside} to main`);
  // The next run opens it, on the branch that is there.
  const again = await (await there.runner()).reelform(pushing, there.env);
  expect(again.stderr).toContain("hint: merge https://github.com/acme/videos/pull/1:");
  expect(await branches(there.videos)).toEqual(locks);
});

test.each(["lost", "truncated"] as const)("no second pull request is opened when the answer was %s", async (kind) => {
  const there = await atGithub(specs, { faults: [{ method: "POST", path: /pulls$/, does: { kind } }] });
  await there.videos.remote.hook("pre-receive", protectedMain);
  const ran = await there.videos.reelform(pushing, there.env);
  expect(ran.stderr).toContain("hint: merge https://github.com/acme/videos/pull/1:");
  expect(there.github.pulls()).toHaveLength(1);
});

test("on somebody's own machine nothing is proposed unless it is asked to report", async () => {
  const there = await atGithub(specs);
  const { CI: _, ...own } = there.env;
  await there.videos.remote.hook("pre-receive", protectedMain);
  const ran = await there.videos.reelform(pushing, own);
  expect(ran.stderr).toContain(`hint: open a pull request from ${beside} to main`);
  expect(there.github.pulls()).toEqual([]);
  const told = await there.videos.reelform(`${pushing} --comment`, own);
  expect(told.stderr).toContain("hint: merge https://github.com/acme/videos/pull/1:");
  expect(there.github.pulls()).toHaveLength(1);
});

test("the Action commits as its input says, and its check is on the commit that GitHub made", async () => {
  const there = await atGithub(specs);
  const { videos, github, golpo } = there;
  await videos.remote.hook("pre-receive", signedOnly);
  const job = await there.runner();
  await job.git("checkout", "--quiet", "--detach");
  const action = await runnerIn(job, { url: github.url, token: "token-of-a-test" });
  const push = { name: "push", payload: { ref: "refs/heads/main" } };
  const env = { REELFORM_EMULATOR_URL: golpo.url, GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" };
  const inputs = { command: "reconcile", emulate: "true", "max-cost": "5", "commit-via": "api" };
  const ran = await action.step(push, inputs, env);
  expect(ran, ran.log).toMatchObject({ code: 0 });
  const made = await videos.remote.head("refs/heads/main");
  expect(await onRemote(videos, "cat-file", "commit", "main")).toMatch(/^gpgsig /m);
  expect(github.checks()).toMatchObject([{ headSha: made, conclusion: "success" }]);

  await videos.git("pull", "--quiet");
  await videos.remote.hook("pre-receive", undefined);
  await videos.write({ "videos/rain.yaml": spec("Why it rains") });
  await videos.commit("rain");
  await videos.remote.hook("pre-receive", protectedMain);
  await job.git("pull", "--quiet", "origin", "main");
  const refused = await action.step(push, inputs, env);
  expect(refused, refused.log).toMatchObject({ code: 1 });
  expect(refused.log).toContain("hint: merge https://github.com/acme/videos/pull/1:");
  expect(golpo.accepted()).toHaveLength(3);
});
