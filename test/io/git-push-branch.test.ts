import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { byPush } from "../../src/io/git/carrier.ts";
import { commitPaths } from "../../src/io/git/commit.ts";
import { type BranchPush, pushBranch } from "../../src/io/git/push-branch.ts";
import type { GitRepository } from "../../src/io/git/repository.ts";
import { git } from "../../src/io/git/run.ts";
import { bareRemote, cloneOf, refuseWith, workingCopy } from "../support/git/scratch.ts";
import { hastyClock } from "../support/hasty-clock.ts";

const lock = "videos/intro.lock.json";
let remote: { readonly dir: string; readonly url: string };
let here: GitRepository;
let there: GitRepository;

beforeEach(async () => {
  remote = await bareRemote();
  const first = await workingCopy(remote);
  await put(first, "videos/intro.yaml", "provider: golpo\n");
  await git(first.top, ["add", "-A"]);
  await git(first.top, ["commit", "-q", "-m", "a spec"]);
  await git(first.top, ["push", "-q", "-u", "origin", "main"]);
  here = await cloneOf(remote);
  there = await cloneOf(remote);
});

async function put({ top }: GitRepository, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(top, path)), { recursive: true });
  await writeFile(join(top, path), text);
}

/** Somebody else commits one file and pushes it. */
async function meanwhile(path: string, text: string, ...flags: readonly string[]): Promise<void> {
  await put(there, path, text);
  await git(there.top, ["add", "--", path]);
  await git(there.top, ["commit", "-q", "-m", `their ${path}`]);
  await git(there.top, ["push", "-q", ...flags, "origin", "HEAD:main"]);
}

/** Commits the lockfile here and pushes it. Two versions of a lock become one that names both. */
async function publish({ hooks = true, ...changes }: Partial<BranchPush> & { hooks?: boolean } = {}) {
  await put(here, lock, "ours\n");
  const committed = await commitPaths(here, {
    paths: [lock],
    message: "videos: 1 generated\n\nReelform-Units: 1\n",
    hooks: true,
  });
  if (committed.kind !== "committed") throw new Error(committed.kind);
  return pushBranch(here, {
    remote: "origin",
    branch: "main",
    commit: committed.commit,
    parent: committed.parent,
    rewrite: (_path, text) => (text === undefined || text.includes("ours") ? (text ?? "ours\n") : `${text}ours\n`),
    unite: (path, text, own) => (path === lock ? `${text ?? ""}${own ?? ""}` : undefined),
    fallback: "reelform/locks-7",
    mayCreate: false,
    carrier: byPush(here, { remote: "origin", hooks }),
    clock: hastyClock,
    random: Math.random,
    ...changes,
  });
}

const onRemote = (path: string, branch = "main") => git(remote.dir, ["show", `${branch}:${path}`]);
const head = async ({ top }: GitRepository) => (await git(top, ["rev-parse", "HEAD"])).trim();
const remoteHead = async (branch = "main") => (await git(remote.dir, ["rev-parse", branch])).trim();

test("where nobody was faster the commit is pushed as it is", async () => {
  expect(await publish()).toEqual({ kind: "pushed", commit: await head(here), local: { kind: "same" } });
  expect(await remoteHead()).toBe(await head(here));
});

test("on a branch that has moved the commit is made anew, merged by its own rules, and the working tree follows", async () => {
  await meanwhile(lock, "theirs\n");
  await meanwhile("videos/next.yaml", "provider: golpo\n");
  await put(here, "README.md", "edited\n");
  await put(here, "notes.txt", "untracked\n");
  await put(here, "staged.txt", "staged\n");
  await git(here.top, ["add", "staged.txt"]);

  expect(await publish()).toEqual({ kind: "pushed", commit: await remoteHead(), local: { kind: "moved" } });
  expect(await onRemote(lock)).toBe("theirs\nours\n");
  expect(await head(here)).toBe(await remoteHead());
  expect(await readFile(join(here.top, lock), "utf8")).toBe("theirs\nours\n");
  expect(await git(here.top, ["status", "--porcelain"])).toBe(" M README.md\nA  staged.txt\n?? notes.txt\n");
  const said = await git(remote.dir, ["log", "-1", "--format=%an|%s|%(trailers:key=Reelform-Units,valueonly)", "main"]);
  expect(said.trim()).toBe("Bob|videos: 1 generated|1");
  expect(await git(remote.dir, ["rev-list", "--count", "--merges", "main"])).toBe("0\n");
});

test.each([
  ["a change that is not committed", "README.md"],
  ["an untracked file", "new.txt"],
])("%s is never overwritten: the branch stays, and it is said", async (_what, path) => {
  await meanwhile(path, "theirs\n");
  await put(here, path, "mine\n");
  const before = here.head;
  expect(await publish()).toMatchObject({
    kind: "pushed",
    local: { kind: "left", why: expect.stringContaining(path) },
  });
  expect(await readFile(join(here.top, path), "utf8")).toBe("mine\n");
  expect(await onRemote(lock)).toBe("ours\n");
  expect((await git(here.top, ["rev-parse", "HEAD^"])).trim()).toBe(before);
});

test("unpublished commits of the user's are not left out by a commit of ours that overtakes them", async () => {
  await put(here, "mine.txt", "mine\n");
  await git(here.top, ["add", "mine.txt"]);
  await git(here.top, ["commit", "-q", "-m", "mine"]);
  await meanwhile("theirs.txt", "theirs\n");
  const before = await remoteHead();
  expect(await publish()).toMatchObject({
    kind: "failed",
    advice: expect.stringContaining("git pull --rebase origin main"),
  });
  expect(await remoteHead()).toBe(before);
});

test("they go along where the branch has not moved", async () => {
  await git(here.top, ["commit", "-q", "--allow-empty", "-m", "mine"]);
  expect(await publish()).toMatchObject({ kind: "pushed", local: { kind: "same" } });
  expect(await git(remote.dir, ["log", "--format=%s", "-2", "main"])).toBe("videos: 1 generated\nmine\n");
});

test("a branch that was rebased under us gets the commit on its new head", async () => {
  await git(there.top, ["commit", "-q", "--amend", "-m", "a spec, reworded"]);
  await meanwhile("theirs.txt", "theirs\n", "--force");
  expect(await publish()).toMatchObject({ kind: "pushed", local: { kind: "left" } });
  expect(await git(remote.dir, ["log", "--format=%s", "main"])).toBe(
    "videos: 1 generated\ntheir theirs.txt\na spec, reworded\nbegin\n",
  );
});

test("in a shallow checkout with HEAD detached, as CI makes it, it works the same", async () => {
  here = await cloneOf(remote, "--depth=1");
  await git(here.top, ["checkout", "-q", "--detach"]);
  await meanwhile(lock, "theirs\n");
  expect(await publish()).toMatchObject({ kind: "pushed", local: { kind: "moved" } });
  expect(await onRemote(lock)).toBe("theirs\nours\n");
});

test("eight runs that push at once all arrive, each once", async () => {
  const copies = await Promise.all(Array.from({ length: 8 }, () => cloneOf(remote)));
  const answers = await Promise.all(
    copies.map(async (copy, index) => {
      const path = `videos/film${index}.lock.json`;
      await put(copy, path, "ours\n");
      const committed = await commitPaths(copy, { paths: [path], message: `film ${index}`, hooks: false });
      if (committed.kind !== "committed") throw new Error(committed.kind);
      const rest = {
        remote: "origin",
        branch: "main",
        mayCreate: false,
        carrier: byPush(copy, { remote: "origin", hooks: false }),
        fallback: `reelform/locks-${index}`,
      };
      const { commit, parent } = committed;
      return pushBranch(copy, {
        ...rest,
        commit,
        parent,
        rewrite: () => "ours\n",
        unite: () => undefined,
        clock: hastyClock,
        random: Math.random,
      });
    }),
  );
  expect(answers.filter(({ kind }) => kind === "pushed")).toHaveLength(8);
  const subjects = (await git(remote.dir, ["log", "--format=%s", "main"])).trim().split("\n");
  expect(subjects.filter((subject) => subject.startsWith("film"))).toHaveLength(8);
});

test("a protected branch leaves the commit on a branch of its own, with the server's words", async () => {
  await refuseWith(remote, "error: GH006: Protected branch update failed", '[ "$ref" = refs/heads/main ]');
  await meanwhileRefused();
  const answer = await publish();
  expect(answer).toMatchObject({ kind: "fallback", branch: "reelform/locks-7", commit: await head(here) });
  expect(answer).toHaveProperty("why", expect.stringContaining("GH006: Protected branch update failed"));
  expect(await onRemote(lock, "reelform/locks-7")).toBe("ours\n");
  expect(await remoteHead()).toBe(here.head);
});

const meanwhileRefused = () => expect(meanwhile("x.txt", "x\n")).rejects.toThrow("GH006");

/** An earlier run's branch, with these files, beside a protected one that somebody else has moved on since. */
async function beside(files: Readonly<Record<string, string>>, later: readonly [path: string, text: string]) {
  for (const [path, text] of Object.entries(files)) await put(there, path, text);
  await git(there.top, ["add", "-A"]);
  await git(there.top, ["commit", "-q", "-m", "earlier"]);
  await git(there.top, ["push", "-q", "origin", "HEAD:reelform/locks-7"]);
  await git(there.top, ["switch", "-q", "--detach", "HEAD^"]);
  await meanwhile(...later);
  await refuseWith(remote, "error: GH006: Protected branch update failed", '[ "$ref" = refs/heads/main ]');
  return remoteHead("reelform/locks-7");
}

const film = "videos/film.lock.json";

test.each([
  ["has the same already", { [lock]: "ours\n", [film]: "film\n" }, "ours\n", 0],
  ["has other files", { [film]: "film\n" }, "ours\n", 2],
  ["has another version", { [lock]: "theirs\n", [film]: "film\n" }, "theirs\nours\n", 2],
])(
  "where the branch beside a protected one %s it stays or goes on, and has all there is",
  async (_, files, text, parents) => {
    const before = await beside(files, ["README.md", "more\n"]);
    const answer = await publish();
    expect(answer).toMatchObject({
      kind: "fallback",
      branch: "reelform/locks-7",
      commit: await remoteHead("reelform/locks-7"),
    });
    expect(await onRemote(lock, "reelform/locks-7")).toBe(text);
    expect(await onRemote(film, "reelform/locks-7")).toBe("film\n");
    const said = (await git(remote.dir, ["log", "-1", "--format=%P", "reelform/locks-7"])).trim().split(" ");
    if (parents === 0) expect(await remoteHead("reelform/locks-7")).toBe(before);
    else expect(said).toEqual([await remoteHead(), before]);
    if (parents === 2) expect(await onRemote("README.md", "reelform/locks-7")).toBe("more\n");
  },
);

test("what two people wrote differently is left to them: the branch beside goes on from its own head alone", async () => {
  const before = await beside({ "README.md": "a reviewer's words\n" }, ["README.md", "another's words\n"]);
  expect(await publish()).toMatchObject({ kind: "fallback", branch: "reelform/locks-7" });
  expect((await git(remote.dir, ["rev-parse", "reelform/locks-7^@"])).trim()).toBe(before);
  expect(await onRemote("README.md", "reelform/locks-7")).toBe("a reviewer's words\n");
  expect(await onRemote(lock, "reelform/locks-7")).toBe("ours\n");
});

test("a server that refuses everything is quoted, and the commit stays here", async () => {
  await refuseWith(remote, "GH013: Repository rule violations found");
  expect(await publish()).toMatchObject({
    kind: "failed",
    why: expect.stringContaining("GH013"),
    advice: expect.stringContaining("git push origin HEAD:refs/heads/main"),
  });
});

test.each([
  ["is obeyed on a person's machine", true, { kind: "failed", why: expect.stringContaining("not on a Friday") }],
  ["does not run in CI", false, { kind: "pushed" }],
])("a hook of the user's that refuses the push %s", async (_where, hooks, answer) => {
  const hook = '#!/bin/sh\necho "not on a Friday" >&2\nexit 1\n';
  await writeFile(join(here.gitDir, "hooks", "pre-push"), hook, { mode: 0o755 });
  expect(await publish({ hooks })).toMatchObject(answer);
});

test("a branch that was deleted is not brought back", async () => {
  await git(remote.dir, ["update-ref", "-d", "refs/heads/main"]);
  expect(await publish()).toMatchObject({ kind: "failed", why: "origin has no branch main any more" });
  expect(await git(remote.dir, ["for-each-ref"])).toBe("");
});

test("a branch that is new to the remote is made where that is meant", async () => {
  expect(await publish({ branch: "fresh", mayCreate: true })).toMatchObject({ kind: "pushed" });
  expect(await onRemote(lock, "fresh")).toBe("ours\n");
});

test("a remote that is away is a value with Git's own words, after a few tries", async () => {
  await rename(remote.dir, `${remote.dir}.away`);
  expect(await publish()).toMatchObject({
    kind: "failed",
    why: expect.stringContaining("does not appear to be a git repository"),
  });
});

test("a push whose answer was lost is found to have arrived", async () => {
  // The server takes the commit, and the connection breaks before it can say so.
  await writeFile(join(remote.dir, "hooks", "post-receive"), "#!/bin/sh\nkill -9 $PPID\n", { mode: 0o755 });
  expect(await publish()).toEqual({ kind: "pushed", commit: await head(here), local: { kind: "same" } });
  expect(await remoteHead()).toBe(await head(here));
});
