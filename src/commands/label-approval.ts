import type { GitRepository } from "../io/git/repository.ts";
import { standingComment } from "../io/github.ts";
import { github } from "../io/github-client.ts";
import { GithubError } from "../io/github-error.ts";
import { type GithubAddress, polite } from "../io/github-session.ts";
import { markerOf, shownPlan } from "../report/comment.ts";
import { shortCommit } from "../report/digest-text.ts";
import { checkoutAt } from "./checkout.ts";
import type { ProposalOccasion } from "./occasion.ts";
import { addsOnlyOurs, branchNow, commitUnder } from "./our-commits.ts";
import { isSealed } from "./seal.ts";

/** Who approved what, or why nothing is approved. */
export type LabelApproval =
  | { readonly ok: true; readonly digest: string; readonly plannedFor: string }
  | { readonly ok: false; readonly why: string };

export interface LabelSetting {
  /** The label that approves. */
  readonly label: string;
  /** The project's folder, in the checkout. */
  readonly project: string;
  /** Whose comment shows the plan. */
  readonly scope: string;
  readonly emulated: boolean;
}

const may: ReadonlySet<string> = new Set(["admin", "write"]);

/** Reads the approval that a label is: of the plan that our own comment shows, for the commit that was labelled. */
export async function approvalByLabel(
  { pull, head, branch, labelled }: ProposalOccasion,
  setting: LabelSetting,
  address: GithubAddress,
): Promise<LabelApproval> {
  const { label, project, scope, emulated } = setting;
  if (labelled?.name !== label || label === "")
    return refused("nobody approved this: set the label that the plan's comment names, or pass `expect`");
  const git = await checkoutAt(project);
  if (git?.head === undefined || !(await addsOnlyOurs(git, head, git.head)))
    return refused(
      `the checkout is at ${git?.head === undefined ? "no commit" : shortCommit(git.head)} and the label is for ${shortCommit(head)}: check out that commit`,
    );
  try {
    const api = github(address, polite);
    const permission = await api.permission(labelled.by);
    if (!may.has(permission))
      return refused(`${labelled.by} set the label and may not write to ${address.repository} (${permission})`);
    const now = await api.pull(pull);
    if (!now.open) return refused("the pull request is closed");
    if (now.head !== head && !(await hasOnlyOurs(git, head, now.head, branch)))
      return refused(`the pull request is at ${shortCommit(now.head)} and the label is for ${shortCommit(head)}`);
    const comment = await standingComment({ ...address, pullRequest: pull, marker: markerOf(scope) });
    return comment === undefined
      ? refused("there is no comment with a plan")
      : bound(comment.body, head, emulated, git);
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return refused(`whether the label approves anything cannot be known: ${error.message}`);
  }
}

/** A commit that was pushed since ours was checked out is not here yet. */
async function hasOnlyOurs(git: GitRepository, head: string, now: string, branch: string): Promise<boolean> {
  await branchNow(git, branch);
  return addsOnlyOurs(git, head, now);
}

/** What the comment shows, as long as it is what was written there, and for this commit, our own locks apart. */
async function bound(comment: string, head: string, emulated: boolean, git: GitRepository): Promise<LabelApproval> {
  if (!isSealed(comment))
    return refused("the plan's comment was edited; the next commit, or a new run, writes it anew");
  const shown = shownPlan(comment);
  if (shown === undefined) return refused("the comment names no plan of a commit");
  const plannedFor = await commitUnder(git, head, shown.head);
  if (plannedFor === undefined || !(await addsOnlyOurs(git, plannedFor, head)))
    return refused(`the plan is of ${shown.head} and the label is for ${shortCommit(head)}: wait for the new plan`);
  if (shown.emulated && !emulated) return refused("the plan was emulated, so nobody approved to pay for it");
  return { ok: true, digest: shown.digest, plannedFor };
}

const refused = (why: string): LabelApproval => ({ ok: false, why });
