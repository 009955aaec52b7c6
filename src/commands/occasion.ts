import { isObject, type Json, type JsonObject } from "../model/json.ts";
import { eventOf, numberOf } from "./pull-request.ts";

/** Why a workflow runs, as far as it decides who has agreed to what. */
export type Occasion =
  /** A push, a schedule, somebody's click: whoever wrote the workflow and could push agreed. */
  | { readonly kind: "own" }
  /** A pull request whose branch is in the repository itself. */
  | ProposalOccasion
  /** Somebody may be behind it who cannot write to the repository. */
  | { readonly kind: "foreign"; readonly why: string };

export interface ProposalOccasion {
  readonly kind: "proposal";
  readonly pull: number;
  /** The commit that the event is about. */
  readonly head: string;
  /** The branch that it is the head of; empty where the event does not say. */
  readonly branch: string;
  /** The label that was just set, and by whom. */
  readonly labelled: { readonly name: string; readonly by: string } | undefined;
}

/** Reads the event of a GitHub workflow. What it does not understand of a pull request is foreign. */
export function occasionOf(
  env: Readonly<Record<string, string | undefined>>,
  read: (path: string) => string | undefined,
): Occasion {
  const { GITHUB_EVENT_NAME: name = "", GITHUB_REPOSITORY: repository } = env;
  const event = eventOf(env, read);
  if (name === "pull_request_target") return foreign("pull_request_target runs for forks too; use pull_request");
  if (name === "issue_comment") return foreign("a comment approves nothing: anybody may write one");
  if (name === "workflow_run") return afterAnother(event?.workflow_run, repository);
  const { pull_request: pull } = event ?? {};
  if (isObject(pull)) return proposal(pull, event ?? {}, repository);
  return name.startsWith("pull_request") ? foreign("the event names no pull request") : { kind: "own" };
}

function proposal(pull: JsonObject, event: JsonObject, repository: string | undefined): Occasion {
  const { head, number } = pull;
  const { sha, repo, ref } = isObject(head) ? head : {};
  const from = nameOf(repo);
  if (from === undefined || from !== repository) return foreign("the pull request comes from a fork");
  const named = numberOf(number);
  if (typeof sha !== "string" || named === undefined) return foreign("the event does not say which commit it is about");
  const branch = typeof ref === "string" ? ref : "";
  return { kind: "proposal", pull: named, head: sha, branch, labelled: labelIn(event) };
}

function labelIn({ action, label, sender }: JsonObject): ProposalOccasion["labelled"] {
  if (action !== "labeled" || !isObject(label) || !isObject(sender)) return undefined;
  const [name, by] = [label.name, sender.login];
  return typeof name === "string" && typeof by === "string" ? { name, by } : undefined;
}

/** What ran before on a pull request has run code of whoever proposed it. */
function afterAnother(run: Json | undefined, repository: string | undefined): Occasion {
  const { head_repository: from, event } = isObject(run) ? run : {};
  if (nameOf(from) !== repository) return foreign("the workflow before this one ran for a fork");
  const ofProposal = typeof event !== "string" || /^(pull_request|issue_comment)/.test(event);
  return ofProposal ? foreign("the workflow before this one ran for a pull request") : { kind: "own" };
}

const nameOf = (repository: Json | undefined): string | undefined => {
  const name = isObject(repository) ? repository.full_name : undefined;
  return typeof name === "string" ? name : undefined;
};

const foreign = (why: string): Occasion => ({ kind: "foreign", why });
