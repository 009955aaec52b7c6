import type { GitRepository } from "./repository.ts";
import { runGit } from "./run.ts";

/** "owner/name" of the repository at GitHub that this one is pushed to; undefined where it is pushed elsewhere. */
export async function githubRepositoryOf(
  { top, remote }: Pick<GitRepository, "top" | "remote">,
  apiUrl: string,
): Promise<string | undefined> {
  if (remote === undefined) return undefined;
  const answer = await runGit(top, ["remote", "get-url", "--", remote]);
  return answer.code === 0 ? repositoryIn(answer.stdout.toString("utf8").trim(), apiUrl) : undefined;
}

/** Reads `https://…`, `ssh://…` and `git@host:owner/name`, where the host is the one whose API is at `apiUrl`. */
export function repositoryIn(remoteUrl: string, apiUrl: string): string | undefined {
  const written =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(remoteUrl) ??
    /^(?:[^@/]*@)?([^/:]+):(?!\/)(.+)$/.exec(remoteUrl);
  const [, host, path = ""] = written ?? [];
  const server = new URL(apiUrl).hostname.replace(/^api\./, "");
  if (host?.toLowerCase().replace(/^ssh\./, "") !== server) return undefined;
  return /^([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path)?.[1];
}
