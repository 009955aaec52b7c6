import type { Clock, Random } from "../../model/clock.ts";
import type { Carrier } from "./carrier.ts";
import { type Delivered, type Delivery, deliver } from "./deliver.ts";
import { GitError } from "./error.ts";
import { branchWith, listBranch } from "./fetch.ts";
import { type Followed, follow } from "./follow.ts";
import { mergeOnto, type Unite } from "./merge.ts";
import { isPublished, type Rewrite, replay } from "./replay.ts";
import type { GitRepository } from "./repository.ts";

export interface BranchPush {
  readonly remote: string;
  readonly branch: string;
  /** Our commit, and what it stands on: between the two there may be others of ours that never got there. */
  readonly commit: string;
  readonly parent: string | undefined;
  /** Writes each file of our commit anew when the branch has moved. */
  readonly rewrite: Rewrite;
  /** Brings two versions of one of our files together, when the fallback has another. */
  readonly unite: Unite;
  /** Where the commit goes when the branch will not have it. Whatever an earlier run left there goes along. */
  readonly fallback: string;
  /** Whether the branch may be new to the remote. Otherwise its absence means that somebody deleted it. */
  readonly mayCreate: boolean;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly random: Random;
}

export type BranchPushed =
  | { readonly kind: "pushed"; readonly commit: string; readonly local: Followed }
  | { readonly kind: "fallback"; readonly branch: string; readonly commit: string; readonly why: string }
  | { readonly kind: "failed"; readonly why: string; readonly advice: string };

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
  const { remote, branch, commit, parent, mayCreate } = push;
  if (!mayCreate) {
    const listed = await listBranch(repository, remote, branch);
    if (listed.kind === "fetched" && listed.commit === undefined) return failed(push, gone(push));
  }
  const onto: Delivery["onto"] = async (candidate, head) => {
    if (candidate === commit && !(await isPublished(repository, parent, head, remote))) return undefined;
    return replay(repository, push, head, push.rewrite, push.clock.now());
  };
  const delivered = await deliver(repository, { ...push, onto });
  if (delivered.kind === "arrived") {
    const local = await follow(repository, commit, parent, delivered.commit);
    return { kind: "pushed", commit: delivered.commit, local };
  }
  return delivered.kind === "refused" ? aside(repository, push, delivered) : failure(push, delivered);
}

type Refused = Extract<Delivered, { kind: "refused" }>;

/** To the branch beside it. It is one for all runs: theirs is kept, and so is what a person added to it. */
async function aside(repository: GitRepository, push: BranchPush, { commit, why }: Refused): Promise<BranchPushed> {
  const { remote, fallback, parent, carrier } = push;
  const already = await branchWith(repository, remote, commit);
  if (already !== undefined) return { kind: "fallback", branch: already, commit, why };
  const onto: Delivery["onto"] = async (_, head) => {
    const now = push.clock.now();
    const onTop = await replay(repository, push, head, push.rewrite, now);
    if (onTop === head) return head;
    const merged = carrier.merges ? await mergeOnto(repository, commit, head, push.unite, now) : undefined;
    if (merged !== undefined) return merged;
    return (await isPublished(repository, parent, head, remote)) ? onTop : undefined;
  };
  const delivered = await deliver(repository, { ...push, branch: fallback, commit, mayCreate: true, onto });
  if (delivered.kind === "arrived") return { kind: "fallback", branch: fallback, commit: delivered.commit, why };
  const besides = "why" in delivered && delivered.why !== why ? `; ${fallback} neither: ${delivered.why}` : "";
  return failed(push, `${why}${besides}`);
}

function failure(push: BranchPush, delivered: Exclude<Delivered, { kind: "arrived" | "refused" }>): BranchPushed {
  switch (delivered.kind) {
    case "gone":
      return failed(push, gone(push));
    case "diverged":
      return diverged(push);
    case "failed":
      return failed(push, delivered.why, delivered.advice);
  }
}

const gone = ({ remote, branch }: BranchPush): string => `${remote} has no branch ${branch} any more`;

const safe = "nothing is lost: the results are committed here and in the journal";

const failed = (
  { remote, branch }: BranchPush,
  why: string,
  advice = `finish with \`git push ${remote} HEAD:refs/heads/${branch}\``,
): BranchPushed => ({ kind: "failed", why, advice: `${safe}; ${advice}` });

const diverged = ({ remote, branch }: BranchPush): BranchPushed => ({
  kind: "failed",
  why: `this branch and ${remote}/${branch} have each commits that the other lacks`,
  advice: `${safe}; finish with \`git pull --rebase ${remote} ${branch}\` and \`git push\``,
});
