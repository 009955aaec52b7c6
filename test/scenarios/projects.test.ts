import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { branch, pullRequest, token } from "../support/cli/pull-request.ts";
import { runnerIn } from "../support/cli/runner.ts";
import { spec } from "../support/cli/spec.ts";

const films = { ads: "Why you need one", hr: "Where the coffee is", sales: "What it costs" };
const files = Object.fromEntries(
  Object.entries(films).map(([project, prompt]) => [`${project}/videos/film.yaml`, spec(prompt)]),
);
/** Which project's comment it is, and what it says first. */
const heading = ({ body }: { readonly body: string }): string =>
  `${/^<!-- reelform scope=(\S+) /.exec(body)?.[1]}: ${body.split("\n")[1]}`;

test("the projects of one pull request have a comment each, and one label approves them all", async () => {
  const golpo = await api();
  const { videos, github, runner, opened, labelled, head, real } = await pullRequest(golpo, { files });
  for (const project of Object.keys(films)) {
    const planned = await runner.step(opened, { "working-directory": project }, real);
    expect(planned, planned.log).toMatchObject({ code: 0, outputs: { paid: "1" } });
  }
  expect(github.comments(12).map(heading)).toEqual([
    "ads: ### 🎬 `ads` 1 to generate",
    "hr: ### 🎬 `hr` 1 to generate",
    "sales: ### 🎬 `sales` 1 to generate",
  ]);

  // Two of them are steps of one job; the third has a job, and so a checkout, of its own.
  const elsewhere = await videos.clone("--branch", branch);
  const another = await runnerIn(elsewhere, { url: github.url, token });
  for (const [project, at] of [
    ["ads", runner],
    ["hr", runner],
    ["sales", another],
  ] as const) {
    const made = await at.step(
      labelled(head, "grace"),
      { command: "reconcile", "working-directory": `./${project}/` },
      real,
    );
    expect(made, made.log).toMatchObject({ code: 0, outputs: { "actual-cost": "0.50" } });
    github.move(12, (await videos.remote.head(`refs/heads/${branch}`)) ?? "");
  }
  expect(github.comments(12).map(heading)).toEqual([
    "ads: ### 🎬 `ads` 1 generated",
    "hr: ### 🎬 `hr` 1 generated",
    "sales: ### 🎬 `sales` 1 generated",
  ]);
  expect(golpo.accepted()).toHaveLength(3);
  for (const project of Object.keys(films))
    expect(await videos.remote.file(branch, `${project}/videos/film.lock.json`)).toContain('"ready"');
});

test("a label of one project's plan approves nothing of another's", async () => {
  const golpo = await api();
  const { github, runner, opened, labelled, head, real } = await pullRequest(golpo, { files });
  await runner.step(opened, { "working-directory": "ads" }, real);
  const refused = await runner.step(labelled(head, "grace"), { command: "reconcile", "working-directory": "hr" }, real);
  expect(refused).toMatchObject({ code: 4 });
  expect(refused.log).toContain("there is no comment with a plan");
  expect(github.comments(12)).toHaveLength(1);
  expect(golpo.seen).toEqual([]);
});

test("what is wrong in a project is marked on its file, as seen from the top of the repository", async () => {
  const wrong = { "ads/videos/film.yaml": "provider: golpo\nwith: { promt: x }\n" };
  const { runner, opened, env } = await pullRequest(await api(), { files: wrong });
  const checked = await runner.step(opened, { "working-directory": "ads" }, env);
  expect(checked).toMatchObject({ code: 3 });
  expect(checked.log).toContain("::error file=ads/videos/film.yaml,line=2,");
});

test("a scope that is named is that of the plan, of its approval and of the result, and so it is by hand", async () => {
  const golpo = await api();
  const { videos, github, runner, opened, labelled, head, env } = await pullRequest(golpo, { files });
  const inputs = { emulate: "true", "working-directory": "ads", scope: "Spring -- 2027" };
  await runner.step(opened, inputs, env);
  const made = await runner.step(labelled(head, "grace"), { ...inputs, command: "reconcile" }, env);
  expect(made, made.log).toMatchObject({ code: 0 });
  const scope = "Spring%20;%2d;-%20;2027";
  const ours = `${scope}: ### 🎬 \`Spring -- 2027\` 1 generated`;
  expect(github.comments(12).map(heading)).toEqual([ours]);

  const event = { GITHUB_REPOSITORY: "acme/videos", GITHUB_API_URL: github.url, GITHUB_TOKEN: token };
  const named = { ...env, ...event, GITHUB_REF: "refs/pull/12/merge" };
  const line = "--emulate --comment --dir";
  expect(await videos.reelform(`reconcile --yes ${line} hr`, named)).toMatchObject({ code: 0 });
  expect(await videos.reelform(`resume ${line} sales --scope default`, named)).toMatchObject({ code: 0 });
  expect(github.comments(12).map(heading)).toEqual([ours, "hr: ### 🎬 `hr` 1 generated"]);
});
