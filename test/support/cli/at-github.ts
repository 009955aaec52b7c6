import { expect, onTestFinished } from "vitest";
import { type Github, type GithubOptions, startGithub } from "../../../src/emulator/github.ts";
import { strayings } from "../../io/github-description.ts";
import { type Api, api } from "./api.ts";
import { overHttp } from "./served.ts";
import { type Stage, stage } from "./stage.ts";

const repository = "acme/videos";

/** A repository at GitHub: Git over HTTP and the API, before one and the same bare repository. */
export interface AtGithub {
  readonly golpo: Api;
  readonly github: Github;
  readonly videos: Stage;
  /** What a workflow's job knows of GitHub. */
  readonly env: Readonly<Record<string, string>>;
  /** A fresh clone, as a job has it. */
  runner(...flags: readonly string[]): Promise<Stage>;
  /** How often GitHub was asked to make a commit. */
  asked(): number;
}

export async function atGithub(
  files: Readonly<Record<string, string>>,
  options: Partial<GithubOptions> = {},
): Promise<AtGithub> {
  const golpo = await api();
  const videos = await stage(files, { api: golpo });
  const github = await startGithub({
    repository,
    pulls: [],
    accounts: {
      "token-of-a-test": { login: "reelform-bot" },
      fork: { login: "stranger", mayWrite: false },
    },
    git: videos.remote.path,
    ...options,
  });
  onTestFinished(async () => {
    expect(github.exchanges().flatMap(strayings)).toEqual([]);
    await github.close();
  });
  const { url } = await overHttp(videos.remote, `/${repository}.git`);
  await videos.git("remote", "set-url", "origin", url);
  return {
    ...{ golpo, github, videos },
    env: { CI: "true", GITHUB_API_URL: github.url, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: "token-of-a-test" },
    runner: async (...flags) => {
      const fresh = await videos.clone(...flags);
      await fresh.git("remote", "set-url", "origin", url);
      return fresh;
    },
    asked: () => github.exchanges().filter(({ path }) => path === "/graphql").length,
  };
}

/** Refuses every push to the branches that fit, in the words of a well-known server. */
export const protecting = (branches: string): string =>
  `while read -r old new ref; do case "$ref" in ${branches}) echo "error: GH006: Protected branch update failed for $ref." >&2; exit 1;; esac; done`;

/** No commit is taken on a branch that nobody signed. */
export const signedOnly = [
  "while read -r old new ref; do",
  '  case "$ref" in refs/heads/*) ;; *) continue;; esac',
  '  for commit in $(git rev-list "$new" --not --all); do',
  '    git cat-file commit "$commit" | grep -q "^gpgsig" && continue',
  '    echo "error: GH013: Repository rule violations found for $ref." >&2',
  '    echo "Commits must have verified signatures." >&2',
  "    exit 1",
  "  done",
  "done",
].join("\n");
