import type { Clock, Random } from "../../model/clock.ts";
import { GitError } from "./error.ts";
import { branchWith, fetchBranch, listBranch } from "./fetch.ts";
import { type Followed, follow } from "./follow.ts";
import { type Pushed, pushCommit } from "./push.ts";
import { isPublished, type Rewrite, replay } from "./replay.ts";
import { type GitRepository, isAncestor } from "./repository.ts";

export interface BranchPush {
  readonly remote: string;
  readonly branch: string;
  /** Our commit, and what HEAD was before it. */
  readonly commit: string;
  readonly parent: string | undefined;
  /** Writes each file of our commit anew when the branch has moved. */
  readonly rewrite: Rewrite;
  /** Where the commit goes when the branch will not have it. */
  readonly fallback: string;
  /** Whether the branch may be new to the remote. Otherwise its absence means that somebody deleted it. */
  readonly mayCreate: boolean;
  readonly hooks: boolean;
  readonly clock: Clock;
  readonly random: Random;
}

export type BranchPushed =
  | { readonly kind: "pushed"; readonly commit: string; readonly local: Followed }
  | { readonly kind: "fallback"; readonly branch: string; readonly commit: string; readonly why: string }
  | { readonly kind: "failed"; readonly why: string; readonly advice: string };

const triesWhenMoved = 10;
const triesWhenRefused = 2;
const triesWhenUnanswered = 4;

/** Brings our commit to a branch, without force: made anew on top of whatever others pushed meanwhile. */
export async function pushBranch(repository: GitRepository, push: BranchPush): Promise<BranchPushed> {
  try {
    return await bring(repository, push);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return failed(push, error.message);
  }
}

async function bring(repository: GitRepository, push: BranchPush): Promise<BranchPushed> {
  const { remote, branch, commit, parent } = push;
  if (!push.mayCreate) {
    const listed = await listBranch(repository, remote, branch);
    if (listed.kind === "fetched" && listed.commit === undefined) return failed(push, gone(push));
  }

  let candidate = commit;
  const count = { moved: 0, refused: 0, unanswered: 0 };
  for (;;) {
    const ref = `refs/heads/${branch}`;
    const pushed = await pushCommit(repository, { remote, commit: candidate, ref, hooks: push.hooks });
    if (pushed.kind === "done") return arrived(repository, push, candidate);

    const fetched = await fetchBranch(repository, remote, branch);
    if (fetched.kind === "unanswered") {
      count.unanswered += 1;
      if (count.unanswered >= triesWhenUnanswered) return failed(push, fetched.why);
    } else {
      const head = fetched.commit;
      if (head !== undefined && (await isAncestor(repository, candidate, head)))
        return arrived(repository, push, candidate);
      if (head === undefined || (await isAncestor(repository, head, candidate))) {
        if (head === undefined && !push.mayCreate) return failed(push, gone(push));
        count.refused += 1;
        if (count.refused >= triesWhenRefused) return notHere(repository, push, candidate, pushed);
      } else {
        if (candidate === commit && !(await isPublished(repository, parent, head, remote))) return diverged(push);
        candidate = await replay(repository, commit, head, push.rewrite, push.clock.now());
        if (candidate === head) return arrived(repository, push, head);
        count.moved += 1;
        if (count.moved >= triesWhenMoved) {
          return aside(repository, push, candidate, `${remote}/${branch} moved ${count.moved} times while we tried`);
        }
      }
    }
    const round = count.moved + count.refused + count.unanswered;
    await push.clock.sleep(push.random() * Math.min(5_000, 100 * 2 ** round));
  }
}

async function arrived(repository: GitRepository, push: BranchPush, commit: string): Promise<BranchPushed> {
  return { kind: "pushed", commit, local: await follow(repository, push.commit, push.parent, commit) };
}

/** A branch that could have taken our commit as it is, and twice did not. */
function notHere(repository: GitRepository, push: BranchPush, commit: string, pushed: Pushed): Promise<BranchPushed> {
  const why = "why" in pushed ? pushed.why : "the remote would not have it";
  if (pushed.kind === "refused") return aside(repository, push, commit, why);
  return Promise.resolve(failed(push, why));
}

async function aside(repository: GitRepository, push: BranchPush, commit: string, why: string): Promise<BranchPushed> {
  const { remote, fallback, hooks } = push;
  const already = await branchWith(repository, remote, commit);
  if (already !== undefined) return { kind: "fallback", branch: already, commit, why };
  const pushed = await pushCommit(repository, { remote, commit, ref: `refs/heads/${fallback}`, hooks });
  const answer: BranchPushed = { kind: "fallback", branch: fallback, commit, why };
  if (pushed.kind === "done") return answer;
  const listed = await listBranch(repository, remote, fallback);
  return listed.kind === "fetched" && listed.commit === commit ? answer : failed(push, why);
}

const gone = ({ remote, branch }: BranchPush): string => `${remote} has no branch ${branch} any more`;

const failed = ({ remote, branch }: BranchPush, why: string): BranchPushed => ({
  kind: "failed",
  why,
  advice: `nothing is lost: the results are committed here and in the journal; finish with \`git push ${remote} HEAD:refs/heads/${branch}\``,
});

const diverged = ({ remote, branch }: BranchPush): BranchPushed => ({
  kind: "failed",
  why: `this branch and ${remote}/${branch} have each commits that the other lacks`,
  advice: `nothing is lost: the results are committed here and in the journal; finish with \`git pull --rebase ${remote} ${branch}\` and \`git push\``,
});
