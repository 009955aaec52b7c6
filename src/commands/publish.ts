import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { commitPaths } from "../io/git/commit.ts";
import { type BranchPush, pushBranch } from "../io/git/push-branch.ts";
import { asOurs } from "../io/git/replay.ts";
import { type GitRepository, headOf, isAncestor } from "../io/git/repository.ts";
import { git as runGit } from "../io/git/run.ts";
import { filesIn, uncommitted } from "../io/git/uncommitted.ts";
import { formatLock } from "../lock/format.ts";
import { mergeLocks } from "../lock/merge.ts";
import { type LockValidator, parseLock } from "../lock/parse.ts";
import { lockPath } from "../lock/path.ts";
import { emptyLock, type Lock } from "../model/lock.ts";
import type { RepoPath } from "../model/unit.ts";
import { commitMessage } from "../report/commit-message.ts";
import { inList } from "../report/in-list.ts";
import type { ResultDocument } from "../report/result-document.ts";
import { validate as validateLock } from "../schema/lock.validate.js";
import { type ExitCode, exit } from "./exit.ts";
import { type Gathered, namedBy, requireGit } from "./gather.ts";
import { isKeptHere } from "./kept-files.ts";
import type { LockBook } from "./lock-book.ts";
import type { Ran } from "./run.ts";
import { inCi } from "./run-journal.ts";
import type { World } from "./world.ts";

interface Publication {
  readonly gathered: Gathered;
  /** Names the branch that takes the commit where this one will not. */
  readonly run: string;
}

/** Commits the lockfiles and pushes them. What goes wrong here loses nothing: the journal has every result. */
export async function publish(
  { book }: Ran,
  document: ResultDocument,
  { gathered, run }: Publication,
  { commit, push }: { readonly commit: boolean; readonly push: boolean },
  world: World,
): Promise<readonly ExitCode[]> {
  if (!commit) return [];
  const git = requireGit(gathered);
  const files = lockFiles(gathered, book);
  const committed = await commitPaths(git, {
    paths: [...files.keys(), ...keptFiles(gathered, book, files.values())],
    message: commitMessage(document),
    hooks: !inCi(world),
  });
  if (committed.kind === "failed") return complain("the locks could not be committed", committed, world);
  if (committed.kind === "committed") await warnOfUnlike(committed.commit, files, gathered, world);
  if (!push) return [];

  const ours = committed.kind === "committed" ? committed : await leftover(git);
  if (ours === undefined) return [];
  const { remote } = git;
  const branch = git.branch ?? branchInCi(world);
  if (remote === undefined)
    return complain(
      "nothing was pushed",
      { why: "there is no remote", advice: "add one with `git remote add`" },
      world,
    );
  if (branch === undefined) {
    return complain(
      "nothing was pushed",
      { why: "HEAD is on no branch", advice: "the commit is here; push it with `git push <remote> HEAD:<branch>`" },
      world,
    );
  }
  return pushed(git, { ...ours, remote, branch, ...how(files, book, run, world) }, world);
}

/** Every lockfile of the project, by its path from the repository's top: one that an earlier run left uncommitted goes along. */
function lockFiles(gathered: Gathered, book: LockBook): ReadonlyMap<string, RepoPath> {
  const { git, root, locks } = gathered;
  const top = git?.top ?? root;
  const specs = new Set([...locks.keys(), ...book.touched.keys()]);
  const paths = [...specs].map((spec) => [fromTop(top, join(root, lockPath(spec))), spec] as const);
  return new Map(paths.filter(([path, spec]) => book.touched.has(spec) || existsSync(join(top, path))));
}

/** Finished files that the project wants committed with their locks, as far as they are on this disk. */
function keptFiles({ project, git, root }: Gathered, book: LockBook, specs: Iterable<RepoPath>): readonly string[] {
  const { store } = project;
  if (store.to !== "directory" || !store.commit) return [];
  const entries = [...specs].flatMap((spec) => [...book.lock(spec).units.values()]);
  const outputs = entries.flatMap((entry) => (entry.state === "ready" ? entry.outputs : []));
  const kept = outputs.map(({ url }) => url).filter((url) => isKeptHere(url, project) && existsSync(join(root, url)));
  return [...new Set(kept)].map((url) => fromTop(git?.top ?? root, join(root, url)));
}

/** Other people's checkouts have what is committed: there, a lock that was made from something else asks for a new video. */
async function warnOfUnlike(
  commit: string,
  locks: ReadonlyMap<string, RepoPath>,
  gathered: Gathered,
  world: World,
): Promise<void> {
  const git = requireGit(gathered);
  const specs = (await filesIn(git, commit)).flatMap((path) => locks.get(path) ?? []);
  const made = specs.flatMap((spec) => [spec, ...namedBy(spec, gathered)].map((path) => join(gathered.root, path)));
  const unlike = await uncommitted(
    git,
    new Set(made.filter((path) => existsSync(path)).map((path) => fromTop(git.top, path))),
  );
  if (unlike.length === 0) return;
  world.tell(`warning what is locked is not what is committed: ${inList(unlike)}`);
  world.tell("hint: commit these too; in any other checkout these locks do not fit the specs");
}

const fromTop = (top: string, path: string): string => relative(top, path).split(sep).join("/");

function how(
  files: ReadonlyMap<string, RepoPath>,
  book: LockBook,
  run: string,
  world: World,
): Omit<BranchPush, "remote" | "branch" | "commit" | "parent"> {
  return {
    fallback: `reelform/locks-${run.slice(0, 8)}`,
    mayCreate: !inCi(world),
    hooks: !inCi(world),
    ...world.time,
    // One file for each spec and one entry for each unit: where others moved the branch, only our units are laid over.
    rewrite: (path, there) => {
      const spec = files.get(path);
      // A finished file is named by its content: nobody else's can be another one.
      if (spec === undefined) return asOurs;
      const ours = book.lock(spec);
      const units = book.touched.get(spec) ?? new Set(ours.units.keys());
      const merged = mergeLocks(lockIn(path, there), ours, units);
      return merged.units.size === 0 ? undefined : formatLock(merged);
    },
  };
}

/** A lockfile on the other side that cannot be read has nothing to be kept: ours is whole. */
function lockIn(path: string, text: string | undefined): Lock {
  if (text === undefined) return emptyLock;
  const read = parseLock(path as RepoPath, text, validateLock as LockValidator);
  return read.ok ? read.value : emptyLock;
}

/** A commit of an earlier run that did not get to the remote. */
async function leftover(
  git: GitRepository,
): Promise<{ readonly commit: string; readonly parent: string | undefined } | undefined> {
  const { remote, branch } = git;
  const head = await headOf(git);
  if (head === undefined || remote === undefined || branch === undefined) return undefined;
  const body = await runGit(git.top, ["log", "-1", "--format=%B", head, "--"]);
  if (!/^Reelform-Plan: /m.test(body)) return undefined;
  if (await isAncestor(git, head, `refs/remotes/${remote}/${branch}`)) return undefined;
  const parents = (await runGit(git.top, ["log", "-1", "--format=%P", head, "--"])).trim();
  return { commit: head, parent: parents === "" ? undefined : parents.split(" ")[0] };
}

/** A workflow checks a commit out, not a branch; the event says which branch it is on. */
function branchInCi({ env }: World): string | undefined {
  const head = env.GITHUB_HEAD_REF;
  if (head !== undefined && head !== "") return head;
  return env.GITHUB_REF_TYPE === "branch" ? env.GITHUB_REF_NAME : undefined;
}

async function pushed(git: GitRepository, push: BranchPush, world: World): Promise<readonly ExitCode[]> {
  const answer = await pushBranch(git, push);
  switch (answer.kind) {
    case "pushed":
      if (answer.local.kind === "left") {
        world.tell(
          `note: ${push.remote}/${push.branch} has the locks on top of what others pushed; here nothing was moved: ${answer.local.why}`,
        );
        world.tell("hint: once your own changes are committed or put aside, `git pull --rebase` brings it here");
      }
      return [];
    case "fallback":
      world.tell(
        `warning ${push.branch} did not take the locks (${answer.why}); they are on the branch ${answer.branch}`,
      );
      world.tell(`hint: open a pull request from ${answer.branch} to ${push.branch}`);
      return [exit.failed];
    case "failed":
      return complain("the locks were not pushed", answer, world);
  }
}

function complain(
  what: string,
  { why, advice }: { readonly why: string; readonly advice: string },
  world: World,
): readonly ExitCode[] {
  world.tell(`error ${what}: ${why}`);
  world.tell(`hint: ${advice}`);
  return [exit.failed];
}
