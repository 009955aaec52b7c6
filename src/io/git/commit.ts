import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutFilters } from "./filters.ts";
import { type GitRepository, headOf } from "./repository.ts";
import { type GitAnswer, type GitOptions, git, runGit, words } from "./run.ts";
import { type Identity, reelform } from "./write-commit.ts";

export interface CommitOf {
  /** From the repository's top. Those that are gone from the disk are committed as deleted. */
  readonly paths: readonly string[];
  readonly message: string;
  /** Whether the user's hooks run: on a person's machine, not in CI. */
  readonly hooks: boolean;
}

export type Committed =
  /** `parent` is undefined for the first commit of all. */
  | { readonly kind: "committed"; readonly commit: string; readonly parent: string | undefined }
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly why: string; readonly advice: string };

/** Commits these paths and nothing else. Whatever else is staged, changed or untracked stays exactly that. */
export async function commitPaths(repository: GitRepository, { paths, message, hooks }: CommitOf): Promise<Committed> {
  if (paths.length === 0) return { kind: "nothing" };
  const parent = await headOf(repository);
  const config = await withoutFilters(repository, paths);

  const add = ["update-index", "--add", "--remove", "-z", "--stdin"];
  const added = await withIndex(repository, add, { config, stdin: paths.join("\0") });
  if (added.code !== 0) return failed(added);

  const staged = (await git(repository.top, ["diff", "--cached", "--name-only", "--no-renames", "-z"])).split("\0");
  const wanted = new Set(paths);
  const changed = staged.filter((path) => wanted.has(path));
  if (changed.length === 0) return { kind: "nothing" };

  const from = ["--pathspec-from-file=-", "--pathspec-file-nul"];
  const commit = ["commit", "--quiet", "--only", "--cleanup=whitespace", `--message=${message}`, ...from];
  const committed = await withIndex(repository, commit, {
    config: [...config, ...(await identityUnlessSet(repository))],
    hooks,
    stdin: changed.map((path) => `:(top,literal)${path}`).join("\0"),
  });
  const head = await headOf(repository);
  if (committed.code !== 0 || head === undefined || head === parent) return failed(committed);
  return { kind: "committed", commit: head, parent };
}

const failed = (answer: GitAnswer): Committed => ({
  kind: "failed",
  why: words(answer),
  advice: "the files are written and staged; mend what Git complains of, then run `git commit`",
});

/** The user's own name where there is one; a commit must not fail for the lack of it. */
async function identityUnlessSet(repository: GitRepository): Promise<readonly string[]> {
  const asked = await runGit(repository.top, ["var", "GIT_COMMITTER_IDENT"], { config: ["user.useConfigOnly=true"] });
  return asked.code === 0 ? [] : identitySettings(reelform);
}

export const identitySettings = ({ name, email }: Identity): readonly string[] => [
  `user.name=${name}`,
  `user.email=${email}`,
];

/** Waits a little for another Git that has the index. Its lock is the user's: we never take it away. */
async function withIndex(repository: GitRepository, args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  const lock = join(repository.gitDir, "index.lock");
  for (let round = 1; ; round++) {
    const held = existsSync(lock);
    const answer = await runGit(repository.top, args, options);
    if (answer.code === 0 || round === 10 || !(held || existsSync(lock))) return answer;
    await sleep(50 * round);
  }
}
