import { resolve } from "node:path";
import { GitError } from "./error.ts";
import { runGit } from "./run.ts";

/** Where a repository is and what its HEAD was when it was opened. */
export interface GitRepository {
  /** The working tree's root. */
  readonly top: string;
  /** What belongs to this working tree alone: HEAD and the index. */
  readonly gitDir: string;
  /** What all working trees of the repository share: refs and objects. */
  readonly commonDir: string;
  /** As many zeros as an object id has digits. */
  readonly nullId: string;
  /** Undefined before the first commit. */
  readonly head: string | undefined;
  /** Undefined when HEAD is detached. */
  readonly branch: string | undefined;
  /** Where this branch is pushed to; undefined where there is no remote. */
  readonly remote: string | undefined;
}

/** Opens the repository that `dir` is in. Undefined outside of one; a GitError where Git refuses to look. */
export async function openRepository(dir: string): Promise<GitRepository | undefined> {
  const places = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir", "--show-object-format"];
  const answer = await runGit(dir, places);
  if (answer.code !== 0) {
    if (/not a git repository/.test(answer.stderr)) return undefined;
    throw new GitError("rev-parse", answer.code, answer.stderr);
  }
  const [top = "", gitDir = "", common = "", format] = answer.stdout.toString("utf8").split("\n");

  const [head, branch, config] = await Promise.all([
    runGit(dir, ["rev-parse", "-q", "--verify", "HEAD^{commit}"]),
    runGit(dir, ["symbolic-ref", "-q", "HEAD"]),
    runGit(dir, [
      "config",
      "-z",
      "--get-regexp",
      "^(remote\\..*\\.url|remote\\.pushdefault|branch\\..*\\.(push)?remote)$",
    ]),
  ]);
  // Git's own short name is longer where a tag has the same one.
  const name = line(branch.stdout)?.replace(/^refs\/heads\//, "");
  return {
    top,
    gitDir,
    commonDir: resolve(dir, common),
    nullId: "0".repeat(format === "sha256" ? 64 : 40),
    head: line(head.stdout),
    branch: name,
    remote: remoteFor(name, settingsOf(config.stdout)),
  };
}

/** The commit that HEAD names now. */
export async function headOf(repository: GitRepository): Promise<string | undefined> {
  return line((await runGit(repository.top, ["rev-parse", "-q", "--verify", "HEAD^{commit}"])).stdout);
}

/** Whether `ancestor` is `commit` or one of its forebears. A commit that is not here is nobody's. */
export async function isAncestor(repository: GitRepository, ancestor: string, commit: string): Promise<boolean> {
  const answer = await runGit(repository.top, ["merge-base", "--is-ancestor", ancestor, commit]);
  return answer.code === 0;
}

/** Where the histories of two commits parted; undefined where they never were one, as far as they are here. */
export async function commonAncestor(
  repository: GitRepository,
  one: string,
  other: string,
): Promise<string | undefined> {
  return line((await runGit(repository.top, ["merge-base", one, other])).stdout);
}

/** The value of a setting as a boolean; false when it is not set. */
export async function isSet(repository: GitRepository, setting: string): Promise<boolean> {
  const answer = await runGit(repository.top, ["config", "--type=bool", "--get", setting]);
  return answer.code === 0 && line(answer.stdout) === "true";
}

function line(stdout: Buffer): string | undefined {
  const text = stdout.toString("utf8").trim();
  return text === "" ? undefined : text;
}

function settingsOf(stdout: Buffer): ReadonlyMap<string, string> {
  const records = stdout
    .toString("utf8")
    .split("\0")
    .filter((record) => record !== "");
  return new Map(
    records.map((record) => [record.slice(0, record.indexOf("\n")), record.slice(record.indexOf("\n") + 1)]),
  );
}

/** As Git itself chooses where to push; with one remote only, that one. A name like a flag is no remote. */
function remoteFor(branch: string | undefined, settings: ReadonlyMap<string, string>): string | undefined {
  const named = [...settings.keys()].map((key) => /^remote\.(.+)\.url$/.exec(key)?.[1] ?? "");
  const remotes = named.filter((name) => name !== "" && !name.startsWith("-"));
  const wishes = [
    settings.get(`branch.${branch}.pushremote`),
    settings.get("remote.pushdefault"),
    settings.get(`branch.${branch}.remote`),
    "origin",
  ];
  const wished = wishes.find((name) => name !== undefined && remotes.includes(name));
  return wished ?? (remotes.length === 1 ? remotes[0] : undefined);
}
