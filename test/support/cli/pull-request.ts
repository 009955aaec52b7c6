import { expect, onTestFinished } from "vitest";
import { type GithubOptions, startGithub } from "../../../src/emulator/github.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { strayings } from "../../io/github-description.ts";
import type { Api } from "./api.ts";
import { runnerIn } from "./runner.ts";
import { spec } from "./spec.ts";
import { type Stage, stage } from "./stage.ts";

export const token = "ghs_1234567890abcdefghij";
const forkToken = "ghs_of_a_fork_0123456789";

/** The branch of a pull request, unless a test names another. */
export const branch = "add-videos";

export interface Setting {
  readonly fork?: boolean;
  readonly branch?: string;
  /** What the base has already. */
  readonly base?: Readonly<Record<string, string>>;
  /** What has happened on the base before. */
  readonly before?: (videos: Stage) => Promise<unknown>;
  /** What the pull request adds. */
  readonly files?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly github?: Partial<GithubOptions>;
}

export const twoVideos = {
  "videos/tides.yaml": spec("Why the sea rises and falls", { head: { title: "Tides @everyone" } }),
  "videos/winds.yaml": spec("Where the wind comes from"),
};

/** A repository with a pull request that adds two videos, and a runner that has it checked out. */
export async function pullRequest(golpo: Api, setting: Setting = {}) {
  const { fork = false, branch: name = branch, base = {}, files = twoVideos, message = "two videos" } = setting;
  const videos = await stage({ "README.md": "Our videos\n", ...base }, { api: golpo });
  await setting.before?.(videos);
  await videos.git("switch", "--quiet", "--create", name);
  await videos.write(files);
  await videos.commit(message);
  const head = await videos.git("rev-parse", "HEAD");
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [{ number: 12, head, author: "ada", fork }],
    accounts: {
      [token]: { login: "github-actions[bot]", installation: true },
      [forkToken]: { login: "github-actions[bot]", installation: true, mayWrite: false },
    },
    roles: { grace: "maintain", ada: "triage", root: "admin" },
    ...setting.github,
  });
  onTestFinished(async () => {
    expect(github.exchanges().flatMap(strayings)).toEqual([]);
    await github.close();
  });
  const runner = await runnerIn(videos, { url: github.url, token: fork ? forkToken : token });
  const repo = { full_name: fork ? "ada/videos" : "acme/videos" };
  const at = (sha: string, more: JsonObject, ref = name) => ({
    name: "pull_request",
    payload: { number: 12, pull_request: { number: 12, head: { sha, ref, repo } }, ...more },
    base: "main",
    branch: ref,
  });
  return {
    ...{ videos, github, runner, head, at },
    opened: at(head, { action: "opened" }),
    /** The branch moved, as GitHub knows before any workflow does. */
    pushed: async () => {
      const sha = await videos.git("rev-parse", "HEAD");
      github.move(12, sha);
      return at(sha, { action: "synchronize" });
    },
    labelled: (sha: string, by: string, label = "reelform:apply") =>
      at(sha, { action: "labeled", label: { name: label }, sender: { login: by } }),
    env: { REELFORM_EMULATOR_URL: golpo.url },
    /** What makes runs real, against APIs that are none. */
    real: { ...golpo.real, REELFORM_EMULATOR_URL: golpo.url },
  };
}
