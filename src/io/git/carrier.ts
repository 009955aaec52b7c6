import { pushCommit } from "./push.ts";
import { type GitRepository, isAncestor } from "./repository.ts";

/** How a commit of ours gets to a branch of the remote, never by force. */
export interface Carrier {
  send(commit: string, branch: string): Promise<Sent>;
  /** The commit as it is on the branch, whose head was just fetched; undefined where it is not. */
  arrivedAs(commit: string, branch: string, head: string): Promise<string | undefined>;
  /** Whether one commit may bring two histories together. */
  readonly merges: boolean;
}

export type Sent =
  /** `commit` is what it is there: whoever signs it makes another of it. */
  | { readonly kind: "done"; readonly commit: string }
  /** The branch has commits that are not in ours. */
  | { readonly kind: "moved" }
  /** The branch would not have it: a rule, or a rival at the same instant. */
  | { readonly kind: "refused"; readonly why: string }
  /** No answer. It may have taken effect. */
  | { readonly kind: "unanswered"; readonly why: string }
  /** No branch would have it from us, or not this way. */
  | { readonly kind: "denied"; readonly why: string; readonly advice?: string };

/** By `git push`: what arrives is the commit itself, with all that it stands on. */
export const byPush = (
  repository: GitRepository,
  { remote, hooks }: { readonly remote: string; readonly hooks: boolean },
): Carrier => ({
  merges: true,
  async send(commit, branch) {
    const pushed = await pushCommit(repository, { remote, commit, ref: `refs/heads/${branch}`, hooks });
    return pushed.kind === "done" ? { kind: "done", commit } : pushed;
  },
  arrivedAs: async (commit, _branch, head) => ((await isAncestor(repository, commit, head)) ? commit : undefined),
});
