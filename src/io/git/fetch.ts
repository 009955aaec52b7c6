import { readRef } from "./refs.ts";
import type { GitRepository } from "./repository.ts";
import { git, networkDeadline, runGit, words } from "./run.ts";
import { clearStaleLock } from "./stale-lock.ts";

export type Fetched =
  /** Undefined: the remote answered, and has no such ref. */
  | { readonly kind: "fetched"; readonly commit: string | undefined }
  | { readonly kind: "unanswered"; readonly why: string };

/** Our own copies of the remote's refs, apart from the ones that a person uses. */
const copyOf = (remote: string, ref: string): string => `refs/reelform-remotes/${remote}/${ref.replace(/^refs\//, "")}`;

const flags = [
  "--quiet",
  "--prune",
  "--no-tags",
  "--no-write-fetch-head",
  "--no-recurse-submodules",
  "--refmap=", // leaves the user's own view of the remote as it is
];

/**
 * Fetches a ref of ours. Asked for by a pattern that only it fits, because a plain name that the remote lacks is an error,
 * and one that looks like an unreachable remote. A clone without history, such as a workflow's, gets none of the ref's
 * either: what it says now is all that is read.
 */
export async function fetchOwnRef(
  repository: GitRepository,
  remote: string,
  ref: `refs/reelform/${string}`,
  signal?: AbortSignal,
): Promise<Fetched> {
  const name = ref.slice("refs/reelform/".length);
  const copy = copyOf(remote, ref);
  const pattern = `+refs/reelform/*${name}:${copyOf(remote, "refs/reelform/")}*${name}`;
  const known = (await readRef(repository, copy)) !== undefined;
  const withoutHistory = !known && (await isShallow(repository));
  for (let round = 1; ; round++) {
    // Where the remote has no such ref, Git fails for the depth alone: then it is asked again without.
    const depth = withoutHistory && round === 1 ? ["--depth=1"] : [];
    const answer = await fetch(repository, [...depth, "--", remote, pattern], signal);
    if (answer.code === 0) return { kind: "fetched", commit: await readRef(repository, copy) };
    // 1: the remote answered, but our copy of the ref was being written by another process, or by one that died.
    if (answer.code !== 1 || round === 3) return { kind: "unanswered", why: words(answer) };
    await clearStaleLock(repository, copy);
  }
}

/** Where a branch of the remote is, without bringing anything here. */
export async function listBranch(repository: GitRepository, remote: string, branch: string): Promise<Fetched> {
  const ref = `refs/heads/${branch}`;
  const listed = await list(repository, remote, ref);
  if ("why" in listed) return { kind: "unanswered", why: listed.why };
  return { kind: "fetched", commit: listed.rows.find(([, name]) => name === ref)?.[0] };
}

/** A branch of the remote that ends in exactly this commit. */
export async function branchWith(
  repository: GitRepository,
  remote: string,
  commit: string,
): Promise<string | undefined> {
  const listed = await list(repository, remote, "refs/heads/*");
  if ("why" in listed) return undefined;
  return listed.rows.find(([id]) => id === commit)?.[1]?.slice("refs/heads/".length);
}

type Row = readonly string[];

async function list(
  repository: GitRepository,
  remote: string,
  pattern: string,
): Promise<{ readonly rows: readonly Row[] } | { readonly why: string }> {
  const listed = await runGit(repository.top, ["ls-remote", "--", remote, pattern], { deadline: networkDeadline });
  if (listed.code !== 0) return { why: words(listed) };
  const rows = listed.stdout.toString("utf8").split("\n");
  return { rows: rows.map((row) => row.split("\t")) };
}

/** Fetches a branch, for a look at where it is now. */
export async function fetchBranch(repository: GitRepository, remote: string, branch: string): Promise<Fetched> {
  const listed = await listBranch(repository, remote, branch);
  if (listed.kind === "unanswered" || listed.commit === undefined) return listed;
  const ref = `refs/heads/${branch}`;
  const copy = copyOf(remote, ref);
  const answer = await fetch(repository, ["--", remote, `+${ref}:${copy}`]);
  if (answer.code !== 0) return { kind: "unanswered", why: words(answer) };
  return { kind: "fetched", commit: await readRef(repository, copy) };
}

const fetch = (repository: GitRepository, what: readonly string[], signal?: AbortSignal) =>
  runGit(repository.top, ["fetch", ...flags, ...what], { signal, deadline: networkDeadline });

async function isShallow({ top }: GitRepository): Promise<boolean> {
  return (await git(top, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
}
