import { isObject } from "../model/json.ts";
import type { Sent } from "./git/carrier.ts";
import { GithubError } from "./github-error.ts";
import { type GithubAddress, openSession, type Pace, textIn } from "./github-session.ts";

/** A commit that GitHub is asked to make on a branch. */
export interface BranchCommit {
  readonly branch: string;
  /** What the branch must end in, or nothing is done. */
  readonly expectedHead: string;
  readonly message: { readonly headline: string; readonly body: string };
  readonly additions: readonly { readonly path: string; readonly contents: Buffer }[];
  readonly deletions: readonly string[];
}

/** Commits by GitHub's own hand, signed with its key, in the name of the token's owner. */
export interface BranchCommits {
  /** Never sent twice: what is `unanswered` may be there. */
  commit(commit: BranchCommit): Promise<Sent>;
}

/** A commit was paid for, so GitHub's limits are waited for; one with videos in it takes its time. */
const limits = { waits: 5 * 60, overWithin: 10 * 60_000, answerWithin: 2 * 60_000 };

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

export function branchCommits(address: GithubAddress, pace: Pace): BranchCommits {
  return {
    async commit({ branch, expectedHead, message, additions, deletions }) {
      const fileChanges = {
        additions: additions.map(({ path, contents }) => ({ path, contents: contents.toString("base64") })),
        deletions: deletions.map((path) => ({ path })),
      };
      const input = {
        branch: { repositoryNameWithOwner: address.repository, branchName: branch },
        message,
        fileChanges,
        expectedHeadOid: expectedHead,
      };
      try {
        const { client, ask } = openSession(address, pace, limits);
        const asked = { query: mutation, variables: { input }, request: { retries: 0 } };
        const url = graphqlUrl(address.apiUrl);
        return await ask(() => answered(client.request({ method: "POST", url, ...asked })), sentIn);
      } catch (error) {
        if (!(error instanceof GithubError)) throw error;
        return sentAfter(error);
      }
    },
  };
}

/** An own GitHub has its two APIs side by side: `/api/v3` and `/api/graphql`. */
const graphqlUrl = (apiUrl: string): string => `${apiUrl.replace(/\/+$/, "").replace(/\/v3$/, "")}/graphql`;

type Answer = { readonly data: unknown };

/** The limit of GraphQL is an answer like others, and Octokit throws it without being asked. */
async function answered(sent: Promise<Answer>): Promise<Answer> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof Error && !("status" in error) && "response" in error) return error.response as Answer;
    throw error;
  }
}

/** Undefined where the answer does not say what came of it. */
function sentIn(data: unknown): Sent | undefined {
  if (!isObject(data)) return undefined;
  const { createCommitOnBranch: made } = isObject(data.data) ? data.data : {};
  const commit = textIn(isObject(made) ? made.commit : undefined, "oid");
  if (commit !== undefined) return { kind: "done", commit };
  const errors = Array.isArray(data.errors) ? data.errors.filter(isObject) : [];
  const types = errors.map((error) => textIn(error, "type"));
  if (errors.length === 0) return undefined;
  if (types.includes("STALE_DATA")) return { kind: "moved" };
  const said = errors.flatMap((error) => textIn(error, "message")?.replace(/\s+/g, " ").trim() ?? []).join("; ");
  const why = `GitHub answered: ${said === "" ? "no reason given" : said}`;
  if (types.some((type) => type !== undefined && transient.has(type))) return { kind: "unanswered", why };
  if (types.some((type) => type !== undefined && hopeless.has(type))) return denied(why);
  return { kind: "refused", why };
}

/** GitHub failed in the middle, and nobody knows how far it came. */
const transient: ReadonlySet<string> = new Set(["INTERNAL", "SERVICE_UNAVAILABLE", "LOADING"]);

/** What is said of the token or the repository, so that another branch would be refused too. */
const hopeless: ReadonlySet<string> = new Set([
  "FORBIDDEN",
  "INSUFFICIENT_SCOPES",
  "MAX_NODE_LIMIT_EXCEEDED",
  "NOT_FOUND",
  "RATE_LIMITED",
]);

function sentAfter({ kind, status, message }: GithubError): Sent {
  if (kind === "lost") return { kind: "unanswered", why: message };
  if (kind === "limited") return denied(`${message}; it asks for a longer wait than a run can have`, again);
  return status === 422 ? { kind: "refused", why: message } : denied(message);
}

const again = "run it again later";

const denied = (why: string, advice = mend): Sent => ({ kind: "denied", why, advice });

const mend = "mend what GitHub complains of (the token needs contents: write) and run it again";
