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
export const byApi = (repository: GitRepository, remote: string, github: BranchCommits): Carrier => ({
  merges: false,
  async send(commit, branch) {
    const [parent] = await parentsOf(repository, commit);
    if (parent === undefined)
      return { kind: "denied", why: "GitHub makes no first commit", advice: `begin with \`git push ${remote} HEAD\`` };
    const ready = await standing(repository, remote, branch, parent);
    if (ready !== undefined) return ready;
    const sent = await github.commit(await described(repository, commit, parent, branch));
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

/** GitHub adds one commit to a branch's head, so the branch must end in what ours stands on. Undefined once it does. */
async function standing(
  repository: GitRepository,
  remote: string,
  branch: string,
  parent: string,
): Promise<Sent | undefined> {
  const listed = await listBranch(repository, remote, branch);
  if (listed.kind === "unanswered") return listed;
  const head = listed.commit;
  if (head === parent) return undefined;
  if (head !== undefined && !(await isAncestor(repository, head, parent))) return { kind: "moved" };
  // What is published elsewhere is nobody's news, signed or not: the branch may follow.
  const published =
    (await branchWith(repository, remote, parent)) !== undefined ||
    (head !== undefined && (await isPublished(repository, parent, head, remote)));
  if (!published) {
    return {
      kind: "denied",
      why: `${remote}/${branch} lacks commits of yours, and GitHub makes one at a time`,
      advice: "push them without ours, `git push <remote> HEAD~1:<branch>`, and run it again",
    };
  }
  const begun = await pushCommit(repository, { remote, commit: parent, ref: `refs/heads/${branch}` });
  return begun.kind === "done" ? undefined : begun;
}

async function described(
  repository: GitRepository,
  commit: string,
  parent: string,
  branch: string,
): Promise<BranchCommit> {
  const [message, changes] = await Promise.all([
    messageOf(repository, commit),
    changesBetween(repository, parent, commit),
  ]);
  const [headline = "", ...rest] = message.split("\n");
  const kept = changes.flatMap(({ path, version }) => (version === undefined ? [] : [{ path, blob: version.blob }]));
  const contents = await readObjects(repository, [...new Set(kept.map(({ blob }) => blob))]);
  return {
    branch,
    expectedHead: parent,
    message: { headline, body: rest.join("\n").trim() },
    additions: kept.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      return content === undefined ? [] : [{ path, contents: content }];
    }),
    deletions: changes.flatMap(({ path, version }) => (version === undefined ? [path] : [])),
  };
}

/** The commit that GitHub made of ours: on the same parent, with the same files and the same message. */
async function twin(repository: GitRepository, commit: string, head: string): Promise<string | undefined> {
  const [parent] = await parentsOf(repository, commit);
  if (parent === undefined || !(await isAncestor(repository, parent, head))) return undefined;
  const [tree, message, log] = await Promise.all([
    git(repository.top, ["log", "-1", "--format=%T", commit, "--"]),
    messageOf(repository, commit),
    git(repository.top, ["log", "-z", "--format=%H%n%P%n%T%n%B", `${parent}..${head}`, "--"]),
  ]);
  for (const told of log.split("\0")) {
    const [id = "", on, has, ...said] = told.split("\n");
    if (on === parent && has === tree.trim() && said.join("\n").trimEnd() === message) return id;
  }
  return undefined;
}

/** As after a push: the user's own view of the remote knows of it too. */
async function bringHere({ top }: GitRepository, remote: string, branch: string): Promise<void> {
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
  await runGit(top, ["fetch", ...flags, "--", remote, `refs/heads/${branch}`], { deadline: networkDeadline });
}
