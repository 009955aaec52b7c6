import { clean } from "./error.ts";
import type { GitRepository } from "./repository.ts";
import { networkDeadline, runGit, words } from "./run.ts";

export interface PushOf {
  readonly remote: string;
  readonly commit: string;
  /** The full name of the ref on the remote. */
  readonly ref: string;
  readonly hooks?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type Pushed =
  | { readonly kind: "done" }
  /** The remote has commits that are not in ours. */
  | { readonly kind: "moved" }
  /** The remote, or a hook of ours, would not have it: a rule, or a rival at the same instant. */
  | { readonly kind: "refused"; readonly why: string }
  /** No answer for this ref. It may have taken effect. */
  | { readonly kind: "unanswered"; readonly why: string };

/** A plain push of one commit to one ref, never forced: where it is accepted, nothing that was there is lost. */
export async function pushCommit(repository: GitRepository, push: PushOf): Promise<Pushed> {
  const { remote, commit, ref } = push;
  const flags = ["--porcelain", "--no-follow-tags", "--recurse-submodules=no"];
  const answer = await runGit(repository.top, ["push", ...flags, "--", remote, `${commit}:${ref}`], {
    hooks: push.hooks === true,
    signal: push.signal,
    deadline: networkDeadline,
  });
  // "<flag>\t<from>:<to>\t<summary>", as `git help push` documents it.
  const row = answer.stdout
    .toString("utf8")
    .split("\n")
    .map((line) => line.split("\t"));
  const [flag, , summary = ""] = row.find(([, refs]) => refs?.endsWith(`:${ref}`) === true) ?? [];
  if (flag === undefined) return { kind: "unanswered", why: words(answer) };
  if (flag !== "!") return { kind: "done" };
  if (summary.startsWith("[rejected]")) return { kind: "moved" };
  return { kind: "refused", why: [summary, ...remoteWords(answer.stderr)].join("; ") };
}

/** What the server said, in its own words: "GH006: Protected branch update failed". */
const remoteWords = (stderr: string): readonly string[] =>
  clean(stderr)
    .split("\n")
    .flatMap((line) => /^remote:\s*(\S.*)$/.exec(line)?.[1]?.trim() ?? []);
