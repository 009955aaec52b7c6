import { githubRepositoryOf } from "../io/git/github-repository.ts";
import type { GithubAddress } from "../io/github-session.ts";
import { UsageError } from "./exit.ts";
import { type Gathered, requireGit } from "./gather.ts";
import { githubIn } from "./github-address.ts";
import type { World } from "./world.ts";

export interface ViaArgs {
  readonly commitVia: "git" | "api";
  readonly commit: boolean;
  readonly push: boolean;
}

/** Who brings the commit of the locks to its branch: our own push, or GitHub, which signs it. */
export type Via = "git" | GithubAddress;

/** Stops before anything is spent where GitHub could not be asked to commit. */
export async function viaOf(args: ViaArgs, gathered: Gathered, { env }: World): Promise<Via> {
  if (args.commitVia === "git") return "git";
  if (!args.commit || !args.push) throw unfit("there is nothing to bring to a branch", "add --commit --push");
  const github = githubIn(env);
  if (!github.ok)
    throw unfit(github.why, "GitHub makes the commit for whoever GITHUB_TOKEN is; in the Action it is set");
  const { apiUrl, token, repository } = github;
  if (!URL.canParse(apiUrl)) throw unfit("GITHUB_API_URL is not an address", undefined);
  const git = requireGit(gathered);
  const there = await githubRepositoryOf(git, apiUrl);
  if (there?.toLowerCase() !== repository.toLowerCase())
    throw unfit(
      `${git.remote ?? "no remote"} is not ${repository}, which GITHUB_REPOSITORY names`,
      "leave it out to push with Git",
    );
  return { apiUrl, token, repository };
}

const unfit = (why: string, hint: string | undefined): UsageError => new UsageError(`--commit-via api: ${why}`, hint);
