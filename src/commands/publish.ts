import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { byApi } from "../io/git/by-api.ts";
import { byPush, type Carrier } from "../io/git/carrier.ts";
import { commitPaths } from "../io/git/commit.ts";
import { type BranchPush, type BranchPushed, pushBranch } from "../io/git/push-branch.ts";
import { type GitRepository, headOf, isAncestor } from "../io/git/repository.ts";
import { git as runGit } from "../io/git/run.ts";
import { filesIn, uncommitted } from "../io/git/uncommitted.ts";
import { branchCommits } from "../io/github-commits.ts";
import { polite } from "../io/github-session.ts";
import { lockPath } from "../lock/path.ts";
import type { RepoPath } from "../model/unit.ts";
import { commitMessage } from "../report/commit-message.ts";
import { inList } from "../report/in-list.ts";
import type { ResultDocument } from "../report/result-document.ts";
import { type ExitCode, exit } from "./exit.ts";
import { type Gathered, namedBy, requireGit } from "./gather.ts";
import { groundOf, isOurs } from "./ground.ts";
import { isKeptHere } from "./kept-files.ts";
import type { LockBook } from "./lock-book.ts";
import { locksPull } from "./locks-pull.ts";
import { textIfThere } from "./named-file.ts";
import { occasionOf } from "./occasion.ts";
import { overOthers } from "./over-others.ts";
import type { Ran } from "./run.ts";
import { inCi } from "./run-journal.ts";
import type { Via } from "./via.ts";
import type { World } from "./world.ts";

interface Publication {
  readonly gathered: Gathered;
  /** Who brings the commit to its branch. */
  readonly via: Via;
}

interface Publishing {
  readonly commit: boolean;
  readonly push: boolean;
  readonly comment: boolean;
}

/** Commits the lockfiles and pushes them. What goes wrong here loses nothing: the journal has every result. */
export async function publish(
  { book }: Ran,
  document: ResultDocument,
  { gathered, via }: Publication,
  { commit, push, comment }: Publishing,
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
  const carrier = carrierOf(git, remote, via, world);
  const parent = await groundOf(git, ours.parent, remote);
  const to = { commit: ours.commit, parent, remote, branch, fallback: `reelform/locks-${branch}`, carrier };
  const answer = await pushBranch(git, { ...to, ...overOthers(files, book), ...world.time, mayCreate: !inCi(world) });
  if (answer.kind === "fallback") return besides(git, { ...answer, target: branch }, document, comment, world);
  return told(answer, to, world);
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

function carrierOf(git: GitRepository, remote: string, via: Via, world: World): Carrier {
  if (via === "git") return byPush(git, { remote, hooks: !inCi(world) });
  const { clock } = world.time;
  const github = branchCommits(via, { ...polite, sleep: (ms) => clock.sleep(ms) });
  return byApi(git, remote, github, isOurs);
}

/** A commit of an earlier run that did not get to the remote. */
async function leftover(
  git: GitRepository,
): Promise<{ readonly commit: string; readonly parent: string | undefined } | undefined> {
  const { remote, branch } = git;
  const head = await headOf(git);
  if (head === undefined || remote === undefined || branch === undefined) return undefined;
  const body = await runGit(git.top, ["log", "-1", "--format=%B", head, "--"]);
  if (!isOurs(body)) return undefined;
  if (await isAncestor(git, head, `refs/remotes/${remote}/${branch}`)) return undefined;
  const parents = (await runGit(git.top, ["log", "-1", "--format=%P", head, "--"])).trim();
  return { commit: head, parent: parents === "" ? undefined : parents.split(" ")[0] };
}

/** A workflow checks a commit out, not a branch; the event says which branch it is on. */
function branchInCi({ env }: World): string | undefined {
  const occasion = occasionOf(env, (path) => textIfThere(path, (file) => readFileSync(file, "utf8")));
  if (occasion.kind === "proposal" && occasion.branch !== "") return occasion.branch;
  const head = env.GITHUB_HEAD_REF;
  if (head !== undefined && head !== "") return head;
  // GitHub says "branch" of a pull request's merge too.
  const isMerge = env.GITHUB_REF?.startsWith("refs/pull/") === true;
  return env.GITHUB_REF_TYPE === "branch" && !isMerge ? env.GITHUB_REF_NAME : undefined;
}

function told(
  answer: Exclude<BranchPushed, { kind: "fallback" }>,
  { remote, branch }: Pick<BranchPush, "remote" | "branch">,
  world: World,
): readonly ExitCode[] {
  if (answer.kind === "failed") return complain("the locks were not pushed", answer, world);
  if (answer.local.kind === "left") {
    world.tell(
      `note: ${remote}/${branch} has the locks on top of what others pushed; here nothing was moved: ${answer.local.why}`,
    );
    world.tell("hint: once your own changes are committed or put aside, `git pull --rebase` brings it here");
  }
  return [];
}

type Fallback = Extract<BranchPushed, { kind: "fallback" }> & { readonly target: string };

/** The locks are safe on a branch of their own, and somebody is asked to merge it. */
async function besides(
  git: GitRepository,
  { branch, target, commit, why }: Fallback,
  document: ResultDocument,
  comment: boolean,
  world: World,
): Promise<readonly ExitCode[]> {
  world.tell(`warning ${target} did not take the locks (${why}); they are on the branch ${branch}`);
  const asked = comment || inCi(world);
  const pull = asked ? await locksPull(git, { branch, target, commit }, document, world) : undefined;
  if (pull?.kind === "open") world.tell(`hint: merge ${pull.url}: it brings them to ${target} and costs nothing`);
  else {
    if (pull !== undefined) world.tell(`note: no pull request was opened: ${pull.why}`);
    world.tell(`hint: open a pull request from ${branch} to ${target}`);
  }
  return [exit.failed];
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
