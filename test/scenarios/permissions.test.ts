import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Exchange } from "../../src/emulator/github.ts";
import { api } from "../support/cli/api.ts";
import { branch, pullRequest, twoVideos } from "../support/cli/pull-request.ts";

type Permissions = Readonly<Record<string, "read" | "write">>;

const { jobs } = parse(readFileSync("templates/github/videos.yml", "utf8")) as {
  readonly jobs: Readonly<Record<string, { readonly permissions: Permissions }>>;
};
const may = (job: string): Permissions => jobs[job]?.permissions ?? {};

/** What GitHub asks of a token for each request of ours, by its own pages on permissions. */
const needed: readonly (readonly [
  request: RegExp,
  ...permission: readonly [string, "read" | "write"] | readonly [],
])[] = [
  [/^GET \/user$/],
  [/^GET \/repos\/acme\/videos\/collaborators\/[^/]+\/permission$/],
  [/^GET \/repos\/acme\/videos(\/releases.*)?$/, "contents", "read"],
  [/^(POST|PATCH|DELETE) \/repos\/acme\/videos\/releases/, "contents", "write"],
  [/^GET \/repos\/acme\/videos\/pulls\/12$/, "pull-requests", "read"],
  [/^GET \/repos\/acme\/videos\/issues\/12\/comments$/, "pull-requests", "read"],
  [/^(POST|PATCH|DELETE) \/repos\/acme\/videos\/issues\/(12\/comments|comments\/\d+)$/, "pull-requests", "write"],
  [/^POST \/repos\/acme\/videos\/check-runs$/, "checks", "write"],
];

/** Requests that the permissions of a job do not allow. */
const forbidden = (exchanges: readonly Exchange[], job: string): readonly string[] =>
  exchanges
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => {
      const found = needed.find(([asked]) => asked.test(request));
      if (found === undefined) return true;
      const [, scope, level] = found;
      if (scope === undefined) return false;
      const has = may(job)[scope];
      return !(has === "write" || (has === "read" && level === "read"));
    });

test("each job asks of GitHub what its permissions allow, all through a pull request's life", async () => {
  const golpo = await api();
  const files = { ...twoVideos, "reelform.yaml": "version: 1\nstore: { to: github-release }\n" };
  const { videos, github, runner, opened, labelled, head, real } = await pullRequest(golpo, { files });
  const push = { name: "push", payload: { ref: "refs/heads/main" } };
  const life = [
    ["plan", opened, {}],
    ["apply", labelled(head, "grace"), { command: "reconcile" }],
    ["merged", push, { command: "reconcile", "max-cost": "1" }],
    ["late", { name: "schedule", payload: {} }, { command: "resume" }],
  ] as const;
  const used: string[] = [];
  for (const [job, event, inputs] of life) {
    if (job === "merged") {
      await videos.git("switch", "--quiet", "main");
      await videos.git("merge", "--quiet", "--ff-only", branch);
      await videos.git("push", "--quiet");
    }
    const before = github.exchanges().length;
    const step = await runner.step(event, inputs, real);
    expect(step, `${job}\n${step.log}`).toMatchObject({ code: 0 });
    expect(forbidden(github.exchanges().slice(before), job), job).toEqual([]);
    used.push(
      ...github
        .exchanges()
        .slice(before)
        .map(({ method, path }) => `${method} ${path}`),
    );
  }
  expect(needed.filter(([asked]) => !used.some((request) => asked.test(request)))).toEqual([]);
});

test("the guide's table says what the workflow's jobs may do", () => {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    read: ["contents", "read"],
    commit: ["contents", "write"],
    comment: ["pull-requests", "write"],
    check: ["checks", "write"],
    propose: ["pull-requests", "write"],
  };
  const rows = readFileSync("docs/github.md", "utf8").matchAll(
    /^\|[^|]*\| `(\w+)` \|[^|]*\| ([a-z, ]+) \| (?:yes|no) \|$/gm,
  );
  const told = [...rows].map(([, job = "", said = ""]) => [
    job,
    Object.fromEntries(said.split(", ").map((word) => words[word] ?? [word])),
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(Object.keys(jobs).map((job) => [job, may(job)])));
});

test("a token that may write nothing costs the comment and the check, and nothing else", async () => {
  const golpo = await api();
  const weak = "ghs_that_may_only_read_012";
  const accounts = { [weak]: { login: "github-actions[bot]", installation: true, mayWrite: false } };
  const { videos, github, runner, opened, real } = await pullRequest(golpo, { github: { accounts } });
  const given = { "github-token": weak };
  const planned = await runner.step(opened, given, real);
  expect(planned, planned.log).toMatchObject({ code: 0, outputs: { paid: "2" } });
  expect(planned.log).toContain("no comment written: GitHub answered 403: Resource not accessible by integration");
  expect(planned.summary).toContain("### 🎬 2 to generate");
  const inputs = { ...given, command: "reconcile", expect: planned.outputs["plan-digest"] ?? "" };
  const made = await runner.step(opened, inputs, real);
  expect(made, made.log).toMatchObject({ code: 0, outputs: { "actual-cost": "1.00" } });
  expect(made.log).toContain("::notice title=reelform::no check on ");
  expect(made.summary).toContain("### 🎬 2 generated");
  expect(await videos.remote.file(branch, "videos/tides.lock.json")).toContain('"ready"');
  expect([github.comments(12), github.checks()]).toEqual([[], []]);
});
