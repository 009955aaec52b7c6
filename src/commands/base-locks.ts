import { posix, relative, sep } from "node:path";
import type { SourceFile } from "../io/files.ts";
import { versionsSince } from "../io/git/history.ts";
import { filesAt, listTree } from "../io/git/objects.ts";
import { commonAncestor, type GitRepository } from "../io/git/repository.ts";
import type { Problem } from "../model/problem.ts";
import type { RepoPath } from "../model/unit.ts";
import { planTrailer } from "../report/commit-message.ts";
import { UsageError } from "./exit.ts";
import type { Gathered } from "./gather.ts";
import { commitNamed } from "./named-commit.ts";

type Here = Pick<Gathered, "root" | "git"> & { readonly videos: string };

/** A project's lockfiles as they were where its branch left a base, and those that the branch has otherwise. */
interface BaseLocks {
  readonly files: readonly SourceFile[];
  readonly changed: readonly Problem[];
}

/** What somebody proposes who may not write: the locks of the base are the truth, and a change of one is an error. */
export async function locksOfBase(flag: string, ref: string, here: Here): Promise<BaseLocks> {
  const { parted, before, changed } = await since(flag, ref, here);
  const texts = await filesAt(repositoryOf(here), parted, [...before.keys()]);
  const file = (path: string): RepoPath => fromProject(path, here);
  return {
    files: [...texts].map(([path, text]) => ({ file: file(path), text })),
    changed: changed.map((path) => ({
      ...about(file(path)),
      severity: "error",
      message: "this changes a lockfile, and Reelform alone writes those; the plan goes by the lock of the base",
      hint: `restore it with \`git checkout ${ref} -- ${file(path)}\`, or remove it where the base has none`,
    })),
  };
}

/** Lockfiles that stand in a branch otherwise than in its base, and not as a commit of ours wrote them. */
export async function locksByHand(ref: string, here: Here): Promise<readonly Problem[]> {
  if (here.git?.head === undefined) return [];
  const { parted, after, changed } = await since("--base", ref, here);
  if (changed.length === 0) return [];
  const ours = await versionsSince(here.git, parted, here.git.head, planTrailer);
  const gone = "0".repeat(here.git.nullId.length);
  return changed
    .filter((path) => !ours.has(`${path} ${after.get(path) ?? gone}`))
    .map((path) => ({
      ...about(fromProject(path, here)),
      severity: "warning",
      message: "the lock was changed by something else than a commit of Reelform's",
      hint: `unless it was meant, restore it with \`git checkout ${ref} -- ${fromProject(path, here)}\``,
    }));
}

interface Since {
  readonly parted: string;
  /** Lockfiles and their blobs, by path from the repository's top. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly changed: readonly string[];
}

async function since(flag: string, ref: string, here: Here): Promise<Since> {
  const git = repositoryOf(here);
  const base = await commitNamed(flag, ref, here.root);
  const parted = git.head === undefined ? base : ((await commonAncestor(git, base, git.head)) ?? base);
  const [then, now] = await Promise.all([listTree(git, parted), listTree(git, git.head ?? parted)]);
  const [before, after] = [locksIn(then, here), locksIn(now, here)];
  const gone = new Set([...before].filter(([path]) => !after.has(path)).map(([, blob]) => blob));
  const isMoved = (path: string): boolean => !before.has(path) && gone.has(after.get(path) ?? "");
  // Who takes a video away takes its lock along.
  const isNeeded = (path: string): boolean => after.has(path) || specsOf(path).some((spec) => now.has(spec));
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path) && isNeeded(path) && !isMoved(path))
    .sort();
  return { parted, before, after, changed };
}

function repositoryOf({ git, root }: Here): GitRepository {
  if (git !== undefined) return git;
  throw new UsageError(`${root} is not in a Git repository, so its lockfiles have no base`);
}

const projectPath = ({ root, git }: Here): string =>
  relative(git?.top ?? root, root)
    .split(sep)
    .join("/");

function locksIn(tree: ReadonlyMap<string, string>, here: Here): ReadonlyMap<string, string> {
  const folder = `${posix.join(projectPath(here), here.videos)}/`;
  return new Map([...tree].filter(([path]) => path.startsWith(folder) && path.endsWith(lockEnd)));
}

const lockEnd = ".lock.json";
const specsOf = (lock: string): readonly string[] => ["yaml", "yml"].map((end) => lock.replace(/lock\.json$/, end));

/** A path from the repository's top, named from the project's folder. */
const fromProject = (path: string, here: Here): RepoPath => posix.relative(projectPath(here), path) as RepoPath;

const about = (file: RepoPath): Pick<Problem, "code" | "at"> => ({
  code: "lock-changed",
  at: { file, line: 1, column: 1, length: 1 },
});
