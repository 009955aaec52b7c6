import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { lockIn, type Stage, stage } from "../support/cli/stage.ts";

const specs = {
  "README.md": "our videos\n",
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const locks = ["videos/tides.lock.json", "videos/winds.lock.json"];
const reconcile = "reconcile --emulate --yes --commit";
const pushing = `${reconcile} --push`;
const journal = "refs/reelform/journal-emulated";

/** Specs and locks agree, and a run that might spend finds nothing to spend on. */
async function nothingIsLeft(videos: Stage, golpo: Api, again = pushing): Promise<void> {
  const paid = golpo.emulator.ledger();
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
  const ran = await videos.reelform(again);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger()).toEqual(paid);
}

const states = async (videos: Stage) => [...(await videos.locks()).values()].map(({ state }) => state);
const head = (videos: Stage) => videos.git("rev-parse", "HEAD");
/** What the last commit changed. */
const changedBy = async (videos: Stage, commit = "HEAD") =>
  (await videos.git("show", "--format=", "--name-only", commit)).split("\n");

/** Refuses every push to a ref that fits, in the words of a well-known server. */
const refusing = (ref: string, words: string) =>
  `while read -r old new ref; do case "$ref" in ${ref}) echo "${words}" >&2; exit 1;; esac; done`;
const protectedMain = refusing("refs/heads/main", "GH006: Protected branch update failed for refs/heads/main.");

test("without a remote everything is done and kept here; only --push has nowhere to go, and says so", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo, remote: false });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 0 });
  expect(await changedBy(videos)).toEqual(locks);
  expect(golpo.accepted()).toHaveLength(2);
  await nothingIsLeft(videos, golpo, reconcile);

  await videos.write({ "videos/rain.yaml": spec("Why it rains") });
  const pushed = await videos.reelform(pushing);
  expect(pushed).toMatchObject({ code: 1 });
  expect(pushed.stderr).toMatch(/nothing was pushed: there is no remote\nhint: .*git remote add/);
  expect(golpo.accepted()).toHaveLength(3);
  expect(await changedBy(videos)).toEqual(["videos/rain.lock.json"]);
  await nothingIsLeft(videos, golpo, reconcile);
});

test("on a detached HEAD the locks are committed there, and the hint says how to push them", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.git("checkout", "--quiet", "--detach");
  const ran = await videos.reelform(pushing);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/nothing was pushed: HEAD is on no branch\nhint: .*git push <remote> HEAD:<branch>/);
  expect(await changedBy(videos)).toEqual(locks);
  expect(await videos.git("rev-parse", "HEAD^")).toBe(await videos.git("rev-parse", "main"));
  await nothingIsLeft(videos, golpo, reconcile);
  expect(golpo.accepted()).toHaveLength(2);

  await videos.git("push", "--quiet", "origin", "HEAD:main");
  await nothingIsLeft(await videos.clone(), golpo);
});

test("in a workflow, which checks a commit out, the event says which branch the locks go to", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const runner = await videos.clone("--depth=1");
  await runner.git("checkout", "--quiet", "--detach");
  const ran = await runner.reelform(pushing, {
    CI: "true",
    GITHUB_REF_TYPE: "branch",
    GITHUB_REF_NAME: "main",
  });
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(runner));
  await nothingIsLeft(await videos.clone(), golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("worktrees of one repository share what was paid for, and each commits to its own branch", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.git("worktree", "add", "--quiet", "-b", "autumn", "../autumn");
  await videos.git("worktree", "add", "--quiet", "-b", "winter", "../winter");
  const [autumn, winter] = [await videos.at("../autumn"), await videos.at("../winter")];
  const before = await head(videos);

  const first = await autumn.reelform(pushing);
  expect(first, first.stderr).toMatchObject({ code: 0 });
  expect(await videos.remote.head("refs/heads/autumn")).toBe(await head(autumn));
  expect(inWords(await planned(winter))).toEqual({ tides: "reuse", winds: "reuse" });
  expect(await winter.reelform(pushing)).toMatchObject({ code: 0 });
  expect(await videos.remote.head("refs/heads/winter")).toBe(await head(winter));
  expect(golpo.accepted()).toHaveLength(2);
  for (const worktree of [autumn, winter]) {
    await nothingIsLeft(worktree, golpo);
    expect(await worktree.git("status", "--porcelain")).toBe("");
  }
  expect(await head(videos)).toBe(before);
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test("a project in a sub-folder is reached with -C, and its locks are committed where they are", async () => {
  const golpo = await api();
  const files = Object.fromEntries(Object.entries(specs).map(([name, text]) => [`media/films/${name}`, text]));
  const videos = await stage({ ...files, "README.md": "a shop\n" }, { api: golpo });
  await videos.write({ "README.md": "a shop, edited\n" });
  const ran = await videos.reelform(`${pushing} -C media/films`);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await changedBy(videos)).toEqual(locks.map((path) => `media/films/${path}`));
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  expect(await videos.git("status", "--porcelain")).toBe(" M README.md");
  expect(await videos.reelform("plan --emulate --detailed-exitcode -C media/films")).toMatchObject({ code: 0 });
  await nothingIsLeft(await videos.at("media/films"), golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("in a repository without a commit the first one is that of the locks, and it alone", async () => {
  const golpo = await api();
  const outside = await stage({}, { api: golpo, remote: false });
  await outside.git("init", "--quiet", "--initial-branch=main", "../unborn");
  const videos = await outside.at("../unborn");
  await videos.git("config", "user.name", "Ada");
  await videos.git("config", "user.email", "ada@example.com");
  await videos.git("remote", "add", "origin", `file://${videos.remote.path}`);
  await videos.write(specs);
  await videos.git("add", "videos/tides.yaml");

  const ran = await videos.reelform(pushing);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await videos.git("rev-list", "--count", "HEAD")).toBe("1");
  expect(await changedBy(videos)).toEqual(locks);
  expect(await videos.git("status", "--porcelain")).toBe("A  videos/tides.yaml\n?? README.md\n?? videos/winds.yaml");
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  await nothingIsLeft(videos, golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("a protected branch gets a branch beside it, once, and what is on it is as good as new when merged", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.remote.hook("pre-receive", protectedMain);
  const before = await videos.remote.head("refs/heads/main");
  const ran = await videos.reelform(pushing);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/main did not take the locks \(.*GH006: Protected branch/);
  const [, branch] = /^hint: open a pull request from (reelform\/locks-main) to main$/m.exec(ran.stderr) ?? [];
  const fallbacks = async () => (await videos.remote.refs()).filter((ref) => ref.startsWith("refs/heads/reelform/"));
  expect(await fallbacks()).toEqual([`refs/heads/${branch}`]);
  expect(await videos.remote.head("refs/heads/main")).toBe(before);
  expect(await videos.remote.head(`refs/heads/${branch}`)).toBe(await head(videos));
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });

  const again = await videos.reelform(pushing);
  expect(again).toMatchObject({ code: 1 });
  expect(again.stderr).toContain(`open a pull request from ${branch} to main`);
  expect(await fallbacks()).toEqual([`refs/heads/${branch}`]);
  expect(golpo.accepted()).toHaveLength(2);

  await videos.remote.hook("pre-receive", undefined);
  const reviewer = await videos.clone();
  await reviewer.git("merge", "--quiet", "--no-ff", "--message", "reviewed", `origin/${branch}`);
  await reviewer.git("push", "--quiet");
  await nothingIsLeft(reviewer, golpo);
  await videos.git("pull", "--quiet", "--ff-only");
  await nothingIsLeft(videos, golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("on a protected branch a fresh runner finds every result in the journal, and pays for none again", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.remote.hook("pre-receive", protectedMain);
  for (const runner of [await videos.clone(), await videos.clone()]) {
    expect(await runner.reelform(pushing, { CI: "true" })).toMatchObject({ code: 1 });
    expect(await runner.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
    expect(golpo.accepted()).toHaveLength(2);
  }
  const fresh = await videos.clone();
  expect(await fresh.reelform("plan --emulate --detailed-exitcode", { CI: "true" })).toMatchObject({ code: 2 });
  const { stdout } = await fresh.reelform("plan --emulate --json", { CI: "true" });
  expect(stdout).toMatch(/"kind": "reuse"/);
  expect(stdout).not.toMatch(/"kind": "create"/);
});

test("while jobs run others push, the same lockfile too: their commits and ours are all there", async () => {
  const golpo = await api();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const text = spec("${{ matrix.about }} for beginners", { head: { matrix: { about: ["rain", "snow"] } } });
  const videos = await stage({ "README.md": "ours\n", "videos/weather.yaml": text }, { api: golpo });
  const colleague = await videos.clone();

  expect(await videos.reelform(`${pushing} weather@rain --wait 0`)).toMatchObject({ code: 7 });
  await colleague.git("pull", "--quiet");
  expect(await colleague.reelform(`${pushing} weather@snow`)).toMatchObject({ code: 0 });
  await colleague.write({ "README.md": "ours, and theirs\n", "videos/hail.yaml": spec("Hail") });
  await colleague.commit("their words");
  await videos.write({ "notes.txt": "mine, not added\n" });

  const ran = await videos.reelform("resume weather@rain --emulate --commit --push");
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const merged = lockIn("weather", await videos.remote.file("main", "videos/weather.lock.json"));
  expect([...merged].map(([unit, { state }]) => [unit, state])).toEqual([
    ["weather@rain", "ready"],
    ["weather@snow", "ready"],
  ]);
  const log = await videos.git("log", "--format=%s", "origin/main");
  expect(log.split("\n").slice(0, 2)).toEqual(["videos: 1 generated", "their words"]);
  expect(await head(videos)).toBe(await videos.remote.head("refs/heads/main"));
  expect(await videos.read("README.md")).toBe("ours, and theirs\n");
  expect(await videos.git("status", "--porcelain")).toBe("?? notes.txt");
  expect(golpo.accepted()).toHaveLength(2);

  expect(inWords(await planned(videos))).toMatchObject({ hail: "create", "weather@rain": "keep" });
  expect(await videos.reelform(pushing)).toMatchObject({ code: 0 });
  await nothingIsLeft(videos, golpo);
  await colleague.git("pull", "--quiet", "--ff-only");
  await nothingIsLeft(colleague, golpo);
  expect(golpo.accepted()).toHaveLength(3);
});

test("commits of the user's that nobody has yet are never pushed on top of others by a run; the hint brings them together", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const colleague = await videos.clone();
  await colleague.write({ "theirs.txt": "theirs\n" });
  await colleague.commit("theirs");
  await videos.write({ "mine.txt": "mine\n" });
  await videos.commit("mine", false);

  const ran = await videos.reelform(pushing);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/the locks were not pushed: .*\nhint: .*`git pull --rebase origin main` and `git push`/);
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(colleague));
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });

  await videos.git("pull", "--quiet", "--rebase", "origin", "main");
  await videos.git("push", "--quiet");
  expect(await videos.git("log", "--format=%s", "origin/main")).toBe("videos: 2 generated\nmine\ntheirs\nbegin");
  await nothingIsLeft(videos, golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("where the working tree cannot follow to what was pushed it stays as it is, and the run says what is there", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const colleague = await videos.clone();
  await colleague.write({ "README.md": "theirs\n" });
  await colleague.commit("theirs");
  await videos.write({ "README.md": "mine, not committed\n" });

  const ran = await videos.reelform(pushing);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(/^note: origin\/main has the locks on top of what others pushed; .*README\.md/m);
  expect(ran.stderr).toMatch(/^hint: .*`git pull --rebase`/m);
  expect(await videos.read("README.md")).toBe("mine, not committed\n");
  expect(await videos.git("log", "--format=%s", "origin/main")).toBe("videos: 2 generated\ntheirs\nbegin");
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });

  await videos.git("stash", "--quiet");
  await videos.git("pull", "--quiet", "--rebase");
  expect(await head(videos)).toBe(await videos.remote.head("refs/heads/main"));
  await nothingIsLeft(videos, golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("a remote that cannot be reached stops the run before it spends; --allow-unjournaled goes on without", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.git("remote", "set-url", "origin", `file://${join(videos.path, "..", "nowhere.git")}`);
  const refused = await videos.reelform(pushing);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toMatch(/^error nothing was submitted: the journal cannot be fetched: .*nowhere\.git/m);
  expect(refused.stderr).toMatch(/^hint: .*mend the remote, or accept the risk with --allow-unjournaled$/m);
  expect(golpo.emulator.ledger()).toEqual([]);
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 2 });

  const ran = await videos.reelform(`${pushing} --allow-unjournaled`);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/^error the locks were not pushed: /m);
  expect(ran.stderr).toMatch(/^hint: nothing is lost: .*`git push origin HEAD:refs\/heads\/main`$/m);
  expect(golpo.accepted()).toHaveLength(2);
  expect(await states(videos)).toEqual(["ready", "ready"]);

  await videos.git("remote", "set-url", "origin", `file://${videos.remote.path}`);
  await nothingIsLeft(videos, golpo);
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  const fresh = await videos.clone();
  await fresh.git("rm", "--quiet", ...locks);
  expect(await fresh.reelform(pushing, { CI: "true" })).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});

test("a remote that will not have the journal stops the run before it spends; --allow-unjournaled goes on without", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.remote.hook("pre-receive", refusing("refs/reelform/*", "only branches and tags may be pushed here"));
  const refused = await videos.reelform(pushing);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr + refused.stdout).toMatch(/only branches and tags may be pushed here/);
  expect(refused.stderr).toMatch(/^hint: .*mend the remote, or accept the risk with --allow-unjournaled$/m);
  expect(golpo.emulator.ledger()).toEqual([]);
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 2 });

  const ran = await videos.reelform(`${pushing} --allow-unjournaled`);
  expect(ran.stderr).toMatch(/^warning .*; going on with the journal of this machine alone/m);
  expect(golpo.accepted()).toHaveLength(2);
  expect(await states(videos)).toEqual(["ready", "ready"]);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  expect(await videos.remote.refs()).not.toContain(journal);
  await nothingIsLeft(videos, golpo, `${pushing} --allow-unjournaled`);

  await videos.remote.hook("pre-receive", undefined);
  await nothingIsLeft(videos, golpo);
  expect(await videos.remote.head(journal)).toBe(await videos.git("rev-parse", journal));
  expect(golpo.accepted()).toHaveLength(2);
});

test("a remote that stops taking the journal in the middle of a run stops what is not begun, and loses nothing", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(pushing)).toMatchObject({ code: 0 });
  await videos.remote.hook("pre-receive", refusing("refs/reelform/*", "the disk is full"));
  await videos.write({ "videos/rain.yaml": spec("Why it rains") });
  const refused = await videos.reelform(pushing);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toMatch(/the disk is full/);
  expect(golpo.accepted()).toHaveLength(2);
  const ran = await videos.reelform(`${pushing} --allow-unjournaled`);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
  await videos.remote.hook("pre-receive", undefined);
  await nothingIsLeft(videos, golpo);
});

test("what the user has staged, changed and not added is exactly that after the locks were committed", async () => {
  const golpo = await api();
  const videos = await stage({ ...specs, "gone.txt": "old\n", "moved.txt": "same\n" }, { api: golpo });
  await videos.write({ "README.md": "staged\n", "new.txt": "staged\n" });
  await videos.git("add", "README.md", "new.txt");
  await videos.git("rm", "--quiet", "gone.txt");
  await videos.git("mv", "moved.txt", "there.txt");
  await videos.write({ "README.md": "staged, then edited\n", "notes.txt": "not added\n", "later.txt": "" });
  await videos.git("add", "--intent-to-add", "later.txt");
  const seen = async () => [
    await videos.git("status", "--porcelain"),
    await videos.git("diff", "--cached"),
    await videos.git("diff"),
  ];
  const before = await seen();

  const ran = await videos.reelform(pushing);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await changedBy(videos)).toEqual(locks);
  expect(await seen()).toEqual(before);
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  await nothingIsLeft(videos, golpo);
  expect(await seen()).toEqual(before);
  expect(golpo.accepted()).toHaveLength(2);
});

test("a pre-commit hook that fails keeps the commit back and nothing else; once mended the next run commits", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const before = await head(videos);
  const hook = ".git/hooks/pre-commit";
  await videos.write({ [hook]: "#!/bin/sh\necho 'the linter is not pleased' >&2\nexit 1\n" });
  await chmod(join(videos.path, hook), 0o755);
  const ran = await videos.reelform(pushing);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/the locks could not be committed: the linter is not pleased\nhint: .*`git commit`/);
  expect(ran.stdout).toMatch(/2 generated/);
  expect(await head(videos)).toBe(before);
  expect(await videos.git("status", "--porcelain")).toBe(locks.map((path) => `A  ${path}`).join("\n"));
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });

  await videos.remove(hook);
  await nothingIsLeft(videos, golpo);
  expect(await changedBy(videos)).toEqual(locks);
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  expect(golpo.accepted()).toHaveLength(2);
});

test("in CI a hook that somebody committed is not run with the keys at hand", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const runner = await videos.clone();
  const hook = ".git/hooks/pre-commit";
  await runner.write({ [hook]: "#!/bin/sh\ntouch hooked\nexit 1\n" });
  await chmod(join(runner.path, hook), 0o755);
  expect(await runner.reelform(pushing, { CI: "true" })).toMatchObject({ code: 0 });
  expect(await runner.git("status", "--porcelain")).toBe("");
  await nothingIsLeft(await videos.clone(), golpo);
});

test("a pre-push hook that fails keeps the branch back; the locks are committed, and the next push brings them", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const before = await videos.remote.head("refs/heads/main");
  const hook = ".git/hooks/pre-push";
  await videos.write({ [hook]: "#!/bin/sh\necho 'the tests fail' >&2\nexit 1\n" });
  await chmod(join(videos.path, hook), 0o755);
  const ran = await videos.reelform(pushing);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(/the locks were not pushed: .*the tests fail/);
  expect(await changedBy(videos)).toEqual(locks);
  expect((await videos.remote.refs()).filter((ref) => ref.startsWith("refs/heads/"))).toEqual(["refs/heads/main"]);
  expect(await videos.remote.head("refs/heads/main")).toBe(before);
  await videos.remove(hook);
  await nothingIsLeft(videos, golpo);
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  expect(golpo.accepted()).toHaveLength(2);
});

test("locks that an earlier run left uncommitted, or unpushed, go along with the next one", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("reconcile tides --emulate --yes")).toMatchObject({ code: 0 });
  expect(await videos.git("status", "--porcelain")).toBe(`?? ${locks[0]}`);
  expect(await videos.reelform(`${reconcile} winds`)).toMatchObject({ code: 0 });
  expect(await changedBy(videos)).toEqual(locks);
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(await videos.remote.head("refs/heads/main")).not.toBe(await head(videos));

  await nothingIsLeft(videos, golpo);
  expect(await videos.remote.head("refs/heads/main")).toBe(await head(videos));
  await nothingIsLeft(await videos.clone(), golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("a clone without history fetches no history of the journal, and adds to it", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(`${pushing} winds`)).toMatchObject({ code: 0 });
  const before = (await videos.remote.head(journal)) ?? "";
  const history = Number(await videos.git("rev-list", "--count", before));
  expect(history).toBeGreaterThan(2);

  const shallow = await videos.clone("--depth=1");
  const ran = await shallow.reelform(pushing);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const fetched = await shallow.git("rev-list", journal);
  expect(fetched.split("\n").at(-1)).toBe(before);
  await videos.git("fetch", "--quiet", "origin", `${journal}:refs/seen`);
  await videos.git("merge-base", "--is-ancestor", before, "refs/seen");
  await videos.git("pull", "--quiet");
  await nothingIsLeft(videos, golpo);
  expect(golpo.accepted()).toHaveLength(2);
});

test("a shallow clone makes, commits and pushes like any other, and stays shallow", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  await videos.write({ "README.md": "more\n" });
  await videos.commit("more");
  const shallow = await videos.clone("--depth=1");
  expect(await shallow.git("rev-list", "--count", "HEAD")).toBe("1");
  await videos.write({ "README.md": "and more\n" });
  await videos.commit("and more");

  const ran = await shallow.reelform(pushing);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await shallow.git("rev-parse", "--is-shallow-repository")).toBe("true");
  expect(await shallow.git("status", "--porcelain")).toBe("");
  await nothingIsLeft(shallow, golpo);
  await videos.git("pull", "--quiet", "--ff-only");
  expect(await videos.git("log", "--format=%s")).toBe("videos: 2 generated\nand more\nmore\nbegin");
  await nothingIsLeft(videos, golpo);
  expect(golpo.accepted()).toHaveLength(2);
});
