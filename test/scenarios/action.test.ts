import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { startGithub } from "../../src/emulator/github.ts";
import { type Api, api } from "../support/cli/api.ts";
import { runnerIn } from "../support/cli/runner.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const token = "ghs_1234567890abcdefghij";
const forkToken = "ghs_of_a_fork_0123456789";

/** A repository with a pull request that adds two videos, and a runner that has it checked out. */
async function pullRequest(golpo: Api, { fork = false } = {}) {
  const videos = await stage({ "README.md": "Our videos\n" }, { api: golpo });
  await videos.git("switch", "--quiet", "--create", "add-videos");
  await videos.write({
    "videos/tides.yaml": spec("Why the sea rises and falls", { head: { title: "Tides @everyone" } }),
    "videos/winds.yaml": spec("Where the wind comes from"),
  });
  await videos.commit("two videos");
  const head = await videos.git("rev-parse", "HEAD");
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [{ number: 12, head, author: "ada", fork }],
    accounts: {
      [token]: { login: "github-actions[bot]", installation: true },
      [forkToken]: { login: "github-actions[bot]", installation: true, mayWrite: false },
    },
  });
  onTestFinished(() => github.close());
  const runner = await runnerIn(videos, { url: github.url, token: fork ? forkToken : token });
  const opened = {
    name: "pull_request",
    payload: { action: "opened", number: 12, pull_request: { number: 12 } },
    base: "main",
  };
  const env = { REELFORM_EMULATOR_URL: golpo.url };
  return { videos, github, runner, opened, env };
}

test("a pull request is planned, approved by its digest, made, reported and merged, one comment through all of it", async () => {
  const golpo = await api();
  const { videos, github, runner, opened, env } = await pullRequest(golpo);
  const planned = await runner.step(opened, { emulate: "true" }, env);
  expect(planned, planned.log).toMatchObject({ code: 0 });
  expect(planned.outputs).toMatchObject({ changes: "2", paid: "2", "estimated-cost": "1.00", "exit-code": "0" });
  const digest = planned.outputs["plan-digest"] ?? "";
  expect(planned.outputs["comment-url"]).toBe("https://github.com/acme/videos/pull/12#issuecomment-1");
  const [comment] = github.comments(12);
  expect(comment?.body).toContain("### 🎬 2 to generate");
  expect(comment?.body).not.toMatch(/(?<![`\w])@everyone/);
  expect(planned.summary).toContain("### 🎬 2 to generate");
  expect(golpo.accepted()).toEqual([]);

  const inputs = { command: "reconcile", emulate: "true", expect: digest, "max-cost": "1" };
  const made = await runner.step({ ...opened, name: "pull_request" }, inputs, env);
  expect(made, made.log).toMatchObject({ code: 0 });
  expect(made.outputs).toMatchObject({ "exit-code": "0", failed: "0", "actual-cost": "1.00" });
  expect(golpo.accepted()).toHaveLength(2);
  expect(github.comments(12).map(({ body }) => body.split("\n")[1])).toEqual(["### 🎬 2 generated"]);
  expect(await videos.remote.file("add-videos", "videos/tides.lock.json")).toContain('"ready"');

  await videos.git("switch", "--quiet", "main");
  await videos.git("merge", "--quiet", "--ff-only", "add-videos");
  await videos.git("push", "--quiet");
  const merged = await runner.step(
    { name: "push", payload: { ref: "refs/heads/main" } },
    { command: "reconcile", emulate: "true", "max-cost": "1" },
    env,
  );
  expect(merged, merged.log).toMatchObject({ code: 0, outputs: { changes: "0", paid: "0", "actual-cost": "0.00" } });
  const late = await runner.step({ name: "schedule", payload: {} }, { command: "resume", emulate: "true" }, env);
  expect(late, late.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(github.comments(12)).toHaveLength(1);
});

test("what was not reviewed is refused as stale, and costs nothing", async () => {
  const golpo = await api();
  const { videos, runner, opened, env } = await pullRequest(golpo);
  const planned = await runner.step(opened, { emulate: "true" }, env);
  await videos.write({ "videos/tides.yaml": spec("Something else entirely") });
  await videos.commit("after the review");
  const inputs = {
    command: "reconcile",
    emulate: "true",
    expect: planned.outputs["plan-digest"] ?? "",
    "max-cost": "5",
  };
  const refused = await runner.step(opened, inputs, env);
  expect(refused.code).toBe(5);
  expect(refused.outputs["exit-code"]).toBe("5");
  expect(golpo.accepted()).toEqual([]);
});

test("a pull request from a fork gets a plan in the job's summary and nothing else", async () => {
  const golpo = await api();
  const { github, runner, opened, env } = await pullRequest(golpo, { fork: true });
  const planned = await runner.step(opened, {}, env);
  expect(planned, planned.log).toMatchObject({ code: 0 });
  expect(planned.summary).toContain("### 🎬 2 to generate");
  expect(github.comments(12)).toEqual([]);
  expect(planned.log).toContain("it is in the job's summary");
});

test("what is wrong in a spec is annotated on its line, and keys are masked", async () => {
  const golpo = await api();
  const { videos, runner, opened, env } = await pullRequest(golpo);
  await videos.write({ "videos/winds.yaml": 'provider: golpo\nwith:\n  promt: Wind\n  timing: "0.25"\n' });
  const checked = await runner.step(opened, {}, { ...env, GOLPO_API_KEY: "sk-golpo-0123456789" });
  expect(checked.code).toBe(3);
  expect(checked.log).toMatch(/::error file=videos\/winds\.yaml,line=3,endLine=3,col=3,[^\n]*promt/);
  expect(checked.log).toContain("::add-mask::sk-golpo-0123456789");
  expect(checked.log).toContain(`::add-mask::${token}`);
  expect(checked.log.replaceAll(/::add-mask::\S+/g, "")).not.toContain(token);
});

test("no command that is not one is run", async () => {
  const { runner, opened, env } = await pullRequest(await api());
  expect((await runner.step(opened, { command: "reconcile; rm -rf /" }, env)).code).toBe(64);
});

test("action.yml names every input and output that the program knows, and no other", () => {
  const yml = parse(readFileSync("action.yml", "utf8")) as { inputs: object; outputs: object };
  const source = readFileSync("src/commands/action.ts", "utf8") + readFileSync("src/action.ts", "utf8").toLowerCase();
  for (const name of Object.keys(yml.inputs)) expect(source, name).toMatch(new RegExp(`"${name}"`));
  const told = [...source.matchAll(/output\("([\w-]+)"/g)].map(([, name]) => name);
  expect(Object.keys(yml.outputs).sort()).toEqual([...new Set(told)].sort());
});
