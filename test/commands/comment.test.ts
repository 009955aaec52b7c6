import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { comment } from "../../src/commands/comment.ts";
import { type Github, type GithubOptions, startGithub } from "../../src/emulator/github.ts";
import type { Pace } from "../../src/io/github-session.ts";
import { free } from "../../src/model/money.ts";
import { planDocument } from "../../src/report/plan-document.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { resultDocument } from "../../src/report/result-document.ts";
import { resultJson } from "../../src/report/result-json.ts";
import { plan, planOf, result } from "../report/sample.ts";
import { ready, unit } from "../support/builders.ts";

const pace: Pace = { spaced: false, second: 1, sleep: async () => {} };
const open: Github[] = [];
afterEach(() => Promise.all(open.splice(0).map((github) => github.close())));

const same = unit("intro");
const quiet = planOf([{ action: { kind: "keep", unit: same, prior: ready(same) }, estimate: free }]);
const settled = {
  ...result,
  plan: quiet,
  rows: quiet.actions.map((planned) => ({ planned, before: ready(same), after: ready(same), note: undefined })),
};

const key = "sk-very-secret-0123456789";
const leaking = planOf([
  {
    action: {
      kind: "hold",
      unit: unit("hr/x"),
      because: { kind: "failed", class: "auth", message: `bad key ${key} ghs_1234567890abcdefghij` },
    },
    estimate: free,
  },
]);

const files: Readonly<Record<string, string>> = {
  "plan.json": planJson(planDocument(plan)),
  "quiet.json": planJson(planDocument(quiet)),
  "result.json": resultJson(resultDocument(result)),
  "settled.json": resultJson(resultDocument(settled)),
  "leak.json": planJson(planDocument(leaking)),
  "broken.json": "{",
  "event.json": JSON.stringify({ pull_request: { number: 12 } }),
};

async function desk(options: Partial<GithubOptions> = {}) {
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [{ number: 12, head: "4f0c9d1".padEnd(40, "0"), author: "ada", fork: false }],
    accounts: {
      ghs_1234567890abcdefghij: { login: "github-actions[bot]", installation: true },
      ghs_of_a_fork: { login: "github-actions[bot]", installation: true, mayWrite: false },
    },
    ...options,
  });
  open.push(github);
  const told = { printed: [] as string[], warned: [] as string[], summary: "" };
  const run = (args: Partial<Parameters<typeof comment>[0]>, env: Readonly<Record<string, string | undefined>> = {}) =>
    comment(
      { plan: undefined, result: undefined, pr: undefined, scope: "default", json: false, ...args },
      {
        readFile: (path) => files[path] ?? readFileSync(path, "utf8"),
        appendFile: (_, text) => {
          told.summary += text;
        },
        print: (text) => told.printed.push(text),
        warn: (text) => told.warned.push(text),
        pace,
        env: {
          GITHUB_REPOSITORY: "acme/videos",
          GITHUB_API_URL: github.url,
          GITHUB_TOKEN: "ghs_1234567890abcdefghij",
          GITHUB_EVENT_PATH: "event.json",
          GITHUB_STEP_SUMMARY: "summary.md",
          GITHUB_RUN_ID: "7",
          ...env,
        },
      },
    );
  return { github, run, told };
}

test("a plan becomes a comment, and its result takes the comment's place", async () => {
  const { github, run, told } = await desk();
  expect(await run({ plan: "plan.json" })).toBe(0);
  expect(github.comments(12)[0]?.body).toContain("### 🎬 3 to generate");
  expect(await run({ result: "result.json" })).toBe(0);
  expect(github.comments(12)[0]?.body).toContain("### 🎬 1 generated");
  expect(told.printed).toEqual([
    "comment created: https://github.com/acme/videos/pull/12#issuecomment-1",
    "comment updated: https://github.com/acme/videos/pull/12#issuecomment-1",
  ]);
});

test("a person who is needed is called by a comment of its own, which goes when nobody is", async () => {
  const { github, run } = await desk();
  await run({ plan: "quiet.json" });
  expect(github.comments(12)).toHaveLength(0);
  await run({ plan: "plan.json" });
  expect(github.comments(12)).toHaveLength(1);
  await run({ result: "result.json" });
  expect(github.comments(12).map(({ body }) => body.split("\n")[1])).toEqual([
    expect.stringContaining("### 🎬 1 generated"),
    "### ❓ 1 video needs a person",
  ]);
  await run({ result: "settled.json" });
  expect(github.comments(12).map(({ body }) => body.split("\n")[1])).toEqual(["### 🎬 1 unchanged"]);
});

test("a pull request that touches no video gets no comment", async () => {
  const { github, run, told } = await desk();
  expect(await run({ plan: "quiet.json" })).toBe(0);
  expect(github.comments(12)).toEqual([]);
  expect(told.printed).toEqual([]);
});

test("where comments are not allowed, the job's summary has it all", async () => {
  const { github, run, told } = await desk();
  expect(await run({ plan: "plan.json" }, { GITHUB_TOKEN: "ghs_of_a_fork" })).toBe(0);
  expect(github.comments(12)).toEqual([]);
  expect(told.warned).toEqual([
    "no comment written: GitHub answered 403: Resource not accessible by integration; it is in the job's summary",
  ]);
  expect(told.summary).toContain("| ➕ | `teaser` |");
});

test.each([
  [{ GITHUB_EVENT_PATH: undefined, GITHUB_REF: "refs/pull/12/merge" }, 1],
  [{ GITHUB_EVENT_PATH: undefined, GITHUB_REF: "refs/heads/main" }, 0],
  [{ GITHUB_EVENT_PATH: "no such file", GITHUB_REF: "refs/pull/12/merge" }, 1],
])("the pull request is known from %j", async (env, comments) => {
  const { github, run } = await desk();
  expect(await run({ plan: "plan.json" }, env)).toBe(0);
  expect(github.comments(12)).toHaveLength(comments);
});

test.each([
  [{ GITHUB_TOKEN: undefined }, "GITHUB_TOKEN is not set"],
  [{ GITHUB_REPOSITORY: undefined }, "GITHUB_REPOSITORY is not set"],
])("what is missing is named: %j", async (env, words) => {
  const { run, told } = await desk();
  expect(await run({ plan: "plan.json" }, env)).toBe(0);
  expect(told.warned.join()).toContain(words);
});

test.each([
  [{}, /either --plan <file> or --result <file>/],
  [{ plan: "plan.json", result: "result.json" }, /either --plan <file> or --result <file>/],
  [{ plan: "broken.json" }, /^broken\.json: /],
  [{ plan: "no such file" }, /^no such file cannot be read \(ENOENT\)$/],
  [{ result: "no such file" }, /^no such file cannot be read \(ENOENT\)$/],
  [{ plan: "result.json" }, /^result\.json: /],
  [{ result: "plan.json" }, /^plan\.json: /],
])("a call that cannot work is refused as such, with a hint: %j", async (args, message) => {
  const { github, run } = await desk();
  const hint = expect.stringMatching(/^`reelform \w+ --out` makes one$/);
  await expect(run(args)).rejects.toMatchObject({ code: 64, message: expect.stringMatching(message), hint });
  expect(github.exchanges()).toEqual([]);
});

test("keys never stand in a comment or a summary", async () => {
  const { github, run, told } = await desk();
  await run({ plan: "leak.json" }, { GOLPO_API_KEY: key });
  const everything =
    github
      .comments(12)
      .map(({ body }) => body)
      .join() + told.summary;
  expect(everything).toContain("bad key");
  expect(everything).not.toContain(key);
  expect(everything).not.toContain("ghs_1234567890abcdefghij");
});
