import type { BranchCommit, BranchCommits } from "../github-commits.ts";
import type { Carrier, Sent } from "./carrier.ts";
import { changesBetween, messageOf, parentsOf } from "./changes.ts";
import { branchWith, listBranch } from "./fetch.ts";
import { readObjects } from "./objects.ts";
import { pushCommit } from "./push.ts";
import { isPublished } from "./replay.ts";
import { type GitRepository, isAncestor } from "./repository.ts";
import { git, networkDeadline, runGit } from "./run.ts";

/**
 * By GitHub's API: GitHub makes the commit once more, and signs it. What arrives has the same parent, files and message,
 * and another id; it is brought here.
 */
export const byApi = (
  repository: GitRepository,
  remote: string,
  github: BranchCommits,
  /** Whether a message is that of a commit of ours. */
  isOurs: (message: string) => boolean,
): Carrier => ({
  merges: false,
  async send(commit, branch) {
    const [parent] = await parentsOf(repository, commit);
    if (parent === undefined)
      return { kind: "denied", why: "GitHub makes no first commit", advice: `begin with \`git push ${remote} HEAD\`` };
    const ground = await groundFor(repository, remote, branch, parent, isOurs);
    if (typeof ground !== "string") return ground;
    const sent = await github.commit(await described(repository, commit, ground, branch));
    if (sent.kind === "done") await bringHere(repository, remote, branch);
    return sent;
  },
  async arrivedAs(commit, branch, head) {
    if (await isAncestor(repository, commit, head)) return commit;
    const found = await twin(repository, commit, head);
    if (found !== undefined) await bringHere(repository, remote, branch);
    return found;
  },
});

/**
 * What GitHub is to put our commit on: the branch's head, which is what ours stands on, or what our commits do that
 * earlier runs could not bring there.
 */
async function groundFor(
  repository: GitRepository,
  remote: string,
  branch: string,
  parent: string,
  isOurs: (message: string) => boolean,
): Promise<string | Exclude<Sent, { kind: "done" }>> {
  const listed = await listBranch(repository, remote, branch);
  if (listed.kind === "unanswered") return listed;
  const head = listed.commit;
  if (head === parent) return parent;
  if (head !== undefined && !(await isAncestor(repository, head, parent))) return { kind: "moved" };
  const elsewhere = (await branchWith(repository, remote, parent)) !== undefined;
  if (!elsewhere && head !== undefined && (await messages(repository, head, parent)).every(isOurs)) return head;
  // What is published already is nobody's news, signed or not: the branch may follow.
  if (elsewhere || (head !== undefined && (await isPublished(repository, parent, head, remote)))) {
    const begun = await pushCommit(repository, { remote, commit: parent, ref: `refs/heads/${branch}` });
    return begun.kind === "done" ? parent : begun;
  }
  return {
    kind: "denied",
    why: `${remote}/${branch} lacks commits of yours, and GitHub makes one at a time`,
    advice: `push them without ours, \`git push ${remote} HEAD~1:${branch}\`, and run it again`,
  };
}

const messages = async ({ top }: GitRepository, from: string, to: string): Promise<readonly string[]> =>
  (await git(top, ["log", "-z", "--format=%B", `${from}..${to}`, "--"])).split("\0").slice(0, -1);

async function described(
  repository: GitRepository,
  commit: string,
  ground: string,
  branch: string,
): Promise<BranchCommit> {
  const [message, changes] = await Promise.all([
    messageOf(repository, commit),
    changesBetween(repository, ground, commit),
  ]);
  const [headline = "", ...rest] = message.split("\n");
  const kept = changes.flatMap(({ path, version }) => (version === undefined ? [] : [{ path, blob: version.blob }]));
  const contents = await readObjects(repository, [...new Set(kept.map(({ blob }) => blob))]);
  return {
    branch,
    expectedHead: ground,
    message: { headline, body: rest.join("\n").trim() },
    additions: kept.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      return content === undefined ? [] : [{ path, contents: content }];
    }),
    deletions: changes.flatMap(({ path, version }) => (version === undefined ? [path] : [])),
  };
}

/** The commit that GitHub made of ours: on what ours stands on, with the same files and the same message. */
async function twin(repository: GitRepository, commit: string, head: string): Promise<string | undefined> {
  const [tree, message, log] = await Promise.all([
    git(repository.top, ["log", "-1", "--format=%T", commit, "--"]),
    messageOf(repository, commit),
    git(repository.top, ["log", "-z", "--format=%H%n%P%n%T%n%B", `${commit}..${head}`, "--"]),
  ]);
  for (const told of log.split("\0")) {
    const [id = "", on = "", has, ...said] = told.split("\n");
    const same = has === tree.trim() && said.join("\n").trimEnd() === message;
    if (same && (await isAncestor(repository, on, commit))) return id;
  }
  return undefined;
}

/** As after a push: the user's own view of the remote knows of it too. */
async function bringHere({ top }: GitRepository, remote: string, branch: string): Promise<void> {
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
  await runGit(top, ["fetch", ...flags, "--", remote, `refs/heads/${branch}`], { deadline: networkDeadline });
}
