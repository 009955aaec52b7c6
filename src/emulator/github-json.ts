/** Somebody at GitHub: a person, or the bot that a workflow's own token speaks as. */
export interface Account {
  readonly login: string;
  /** A workflow's token. It may not ask who it is. */
  readonly installation?: boolean;
  /** Whether it may write anything; the token of a fork's workflow may not. */
  readonly mayWrite?: boolean;
}

export interface Comment {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Pull {
  readonly number: number;
  readonly head: string;
  readonly author: string;
  readonly fork: boolean;
  /** The name of its branch; "videos" unless told. */
  readonly branch?: string;
  /** Where it is to be merged; "main" unless told. */
  readonly base?: string;
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: "open" | "closed";
}

/** What somebody may do in the repository, as its settings call it. */
export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** Where things are: the API's origin, and "owner/name". */
export interface Place {
  readonly origin: string;
  readonly repository: string;
}

/** Where people look. Nothing answers there for the stand-in. */
export const site = "https://github.com";

/** The addresses that every object of GitHub's carries and nobody here follows. */
const addresses = (base: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${name}_url`, `${base}/${name}`]));

const userAddresses = ["followers", "following", "gists", "starred", "subscriptions", "repos", "events"] as const;

export function userJson(login: string, { origin }: Place): Record<string, unknown> {
  const url = `${origin}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: numberOf(login),
    node_id: `U_${numberOf(login)}`,
    avatar_url: `${site}/images/${numberOf(login)}`,
    gravatar_id: "",
    url,
    html_url: `${site}/${encodeURIComponent(login)}`,
    ...addresses(url, userAddresses),
    organizations_url: `${url}/orgs`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith("[bot]") ? "Bot" : "User",
    site_admin: false,
  };
}

/** What somebody's own token sees of them. */
export const ownJson = (login: string, place: Place): Record<string, unknown> => ({
  ...userJson(login, place),
  user_view_type: "public",
  name: login,
  company: null,
  blog: "",
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 1,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: "2020-01-01T00:00:00Z",
  updated_at: "2020-01-01T00:00:00Z",
});

/** The older word for what a role may do, beside the role itself. */
const permissions = { admin: "admin", maintain: "write", write: "write", triage: "read", read: "read", none: "none" };

export const permissionJson = (login: string, role: Role, place: Place): Record<string, unknown> => ({
  permission: permissions[role],
  role_name: role,
  user: { ...userJson(login, place), role_name: role },
});

export function commentJson(comment: Comment, place: Place): Record<string, unknown> {
  const { id, pull, author, body, createdAt, updatedAt } = comment;
  const repository = `${place.origin}/repos/${place.repository}`;
  return {
    id,
    node_id: `IC_${id}`,
    url: `${repository}/issues/comments/${id}`,
    html_url: `${site}/${place.repository}/pull/${pull}#issuecomment-${id}`,
    issue_url: `${repository}/issues/${pull}`,
    body,
    user: userJson(author, place),
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: "CONTRIBUTOR",
    performed_via_github_app: null,
  };
}

const repositoryAddresses = [
  "archive",
  "assignees",
  "blobs",
  "branches",
  "collaborators",
  "comments",
  "commits",
  "compare",
  "contents",
  "contributors",
  "deployments",
  "downloads",
  "events",
  "forks",
  "git_commits",
  "git_refs",
  "git_tags",
  "hooks",
  "issue_comment",
  "issue_events",
  "issues",
  "keys",
  "labels",
  "languages",
  "merges",
  "milestones",
  "notifications",
  "pulls",
  "releases",
  "stargazers",
  "statuses",
  "subscribers",
  "subscription",
  "tags",
  "teams",
  "trees",
] as const;

function repositoryJson(fullName: string, fork: boolean, place: Place): Record<string, unknown> {
  const [owner = "", name = ""] = fullName.split("/");
  const url = `${place.origin}/repos/${fullName}`;
  const counts = { forks: 0, forks_count: 0, open_issues: 1, open_issues_count: 1, stargazers_count: 0, size: 1 };
  return {
    id: numberOf(fullName),
    node_id: `R_${numberOf(fullName)}`,
    name,
    full_name: fullName,
    owner: userJson(owner, place),
    private: false,
    fork,
    description: null,
    url,
    html_url: `${site}/${fullName}`,
    ...addresses(url, repositoryAddresses),
    clone_url: `${site}/${fullName}.git`,
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    svn_url: `${site}/${fullName}`,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: "main",
    has_downloads: true,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    archived: false,
    disabled: false,
    ...counts,
    watchers: 0,
    watchers_count: 0,
    pushed_at: "2026-01-01T00:00:00Z",
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
}

/** What the repository says of itself when it is asked for alone. */
export const fullRepositoryJson = (place: Place): Record<string, unknown> => ({
  ...repositoryJson(place.repository, false, place),
  has_discussions: false,
  network_count: 0,
  subscribers_count: 0,
});

export function pullJson(pull: Pull, comments: number, place: Place): Record<string, unknown> {
  const { number, head, author, fork, branch = "videos", base = "main", state = "open" } = pull;
  const { title = `Pull request ${number}`, body = null } = pull;
  const [owner = "", name = ""] = place.repository.split("/");
  const url = `${place.origin}/repos/${place.repository}/pulls/${number}`;
  const issue = `${place.origin}/repos/${place.repository}/issues/${number}`;
  const page = `${site}/${place.repository}/pull/${number}`;
  const statuses = `${place.origin}/repos/${place.repository}/statuses/${head}`;
  const from = fork ? `${author}/${name}` : place.repository;
  const side = (label: string, ref: string, sha: string, repository: string) => ({
    label: `${label}:${ref}`,
    ref,
    sha,
    user: userJson(label, place),
    repo: repositoryJson(repository, fork && repository === from, place),
  });
  const linked = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${place.origin}/repos/${place.repository}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses,
  };
  return {
    id: number,
    node_id: `PR_${number}`,
    number,
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: linked.commits,
    review_comments_url: linked.review_comments,
    review_comment_url: linked.review_comment,
    comments_url: linked.comments,
    statuses_url: statuses,
    _links: Object.fromEntries(Object.entries(linked).map(([key, href]) => [key, { href }])),
    state,
    locked: false,
    title,
    body,
    user: userJson(author, place),
    labels: [],
    milestone: null,
    assignee: null,
    head: side(fork ? author : owner, branch, head, from),
    base: side(owner, base, "0".repeat(40), place.repository),
    author_association: "CONTRIBUTOR",
    auto_merge: null,
    merged: false,
    merged_at: null,
    merged_by: null,
    merge_commit_sha: null,
    mergeable: true,
    mergeable_state: "clean",
    maintainer_can_modify: false,
    closed_at: null,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    comments,
    review_comments: 0,
    commits: 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  };
}

/** The same number for the same name, as an account or a repository has. */
const numberOf = (name: string): number => {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 100_000_007;
  return sum + 1;
};
