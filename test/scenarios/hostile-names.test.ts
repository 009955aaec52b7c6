import { expect, test } from "vitest";
import { pieces } from "../report/hostile.ts";
import { api } from "../support/cli/api.ts";
import { resultIn } from "../support/cli/plans.ts";
import { pullRequest } from "../support/cli/pull-request.ts";
import type { Step } from "../support/cli/runner.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

/** What a shell makes of these is a file named canary. */
const shell = [
  "$(touch canary)",
  "`touch canary`",
  ";touch canary;",
  "|touch canary",
  "&&touch canary",
  "\ntouch canary\n",
];

const branches = [
  'zzz";touch\u0024{IFS}canary;#',
  "$(touch\u0024{IFS}canary)",
  "a'b\"c",
  "%0A%3A%3Aset-env\u0024{IFS}name=PATH",
  "refs/heads/main",
  "HEAD--upload-pack=touch\u0024{IFS}canary",
  "\u202egnp.exe",
];

/** Where Git looks for names, these are flags. */
const flags = [
  "-C",
  "--upload-pack=touch canary",
  "--exec=touch canary",
  "-c core.sshCommand=touch canary",
  "--output=canary",
];

const inputs: readonly (readonly [string, readonly string[]])[] = [
  ["selectors", ["--yes", "--out=canary", "-C/tmp", "--replace=tides", "changed:--output=canary", ...shell]],
  ["scope", ["--pr=13", "default --> $(touch canary)"]],
  ["wait", ["0 --yes", "$(touch canary)"]],
  ["max-cost", ["1 --yes", "$(touch canary)"]],
  ["shard", ["1/2 --yes", "`touch canary`"]],
  ["command", ["reconcile --yes", "reconcile\n--yes", "__proto__"]],
];

const files = [
  "videos/$(touch canary).yaml",
  "videos/`touch canary`.yaml",
  "videos/;touch canary;.yaml",
  "videos/a\ntouch canary.yaml",
  "videos/::error::x.yaml",
  "videos/\u001b]52;c;eA==\u0007.yaml",
  "videos/##[command]x.yaml",
  "videos/:(glob)x.yaml",
  "videos/x,line=1::error::y.yaml",
];

async function untouched(videos: Stage): Promise<void> {
  expect(await videos.git("status", "--porcelain", "--ignored", "--untracked-files=all")).not.toContain("canary");
  expect(await videos.read("../canary")).toBeUndefined();
}

/** What a runner would obey, or a terminal act on, and is none of ours. */
function acts({ log }: Pick<Step, "log">): readonly string[] {
  const unseen = [...log.matchAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu)].map(([found]) => JSON.stringify(found));
  const obeyed = log.split("\n").filter((line) => /^\s*::\w|##\[/.test(line));
  return [
    ...unseen,
    ...obeyed.filter((line) => !/^::(add-mask::|(error|warning|notice) (title=reelform|file=))/.test(line)),
  ];
}

test("no name of a branch reaches a shell, is a flag, or is a command", async () => {
  const golpo = await api();
  const { videos, github, runner, at, env } = await pullRequest(golpo);
  const quiet = { emulate: "true", comment: "false" };
  for (const name of branches) {
    await videos.git("switch", "--quiet", "--create", name, "main");
    await videos.write({ "videos/film.yaml": spec(`Where ${branches.indexOf(name)} leads`) });
    await videos.commit(`${shell.join(" ")} fixes #1 @acme/everyone\n\n::stop-commands::x`);
    const head = await videos.git("rev-parse", "HEAD");
    github.move(12, head);
    const event = at(head, { action: "opened", title: shell.join(" ") }, name);
    const planned = await runner.step(event, quiet, env);
    const expected = { ...quiet, command: "reconcile", expect: planned.outputs["plan-digest"] ?? "" };
    const made = await runner.step(event, expected, env);
    expect([planned.code, made.code], `${name}\n${made.log}`).toEqual([0, 0]);
    expect([planned, made].flatMap(acts), name).toEqual([]);
    expect(await videos.remote.file(`refs/heads/${name}`, "videos/film.lock.json"), name).toContain('"emulated"');
    await untouched(videos);
  }
  expect(golpo.accepted()).toHaveLength(branches.length);
});

test("what would be a flag to Git names nothing", async () => {
  const golpo = await api();
  const { videos, runner, opened, head, at, env } = await pullRequest(golpo);
  const planned = await runner.step(opened, { emulate: "true" }, env);
  for (const flag of flags) {
    const against = await runner.step({ ...opened, base: flag }, { emulate: "true" }, env);
    expect(against, flag).toMatchObject({ code: 64 });
    const expected = { command: "reconcile", emulate: "true", expect: planned.outputs["plan-digest"] ?? "" };
    const made = await runner.step(at(head, { action: "opened" }, flag), expected, env);
    expect(made, `${flag}\n${made.log}`).toMatchObject({ code: 5 });
    expect([against, made].flatMap(acts), flag).toEqual([]);
    await untouched(videos);
  }
  expect(golpo.accepted()).toEqual([]);
});

test("no input of the Action is more than the value of its own flag", async () => {
  const golpo = await api();
  const { videos, github, runner, opened, env } = await pullRequest(golpo);
  for (const [input, values] of inputs) {
    for (const value of values) {
      const approved = input === "selectors" || input === "scope" ? {} : { command: "reconcile", expect: "0123456789" };
      const given = { emulate: "true", ...approved, [input]: value };
      const step = await runner.step(opened, given, env);
      expect(step.code, `${input} ${value}\n${step.log}`).toBe(input === "scope" ? 0 : 64);
      expect(acts(step), `${input} ${value}`).toEqual([]);
    }
  }
  await untouched(videos);
  expect(github.comments(12)).toHaveLength(2);
  expect(golpo.seen).toEqual([]);
});

test("no name of a file is a command, and what comes out is what went in", async () => {
  const golpo = await api();
  const named = Object.fromEntries(files.map((file) => [file, spec("A film")]));
  const { videos, runner, opened, env } = await pullRequest(golpo, { files: named });
  const checked = await runner.step(opened, { emulate: "true" }, env);
  expect(checked, checked.log).toMatchObject({ code: 3, outputs: { "exit-code": "3" } });
  expect(checked.log.split("\n").filter((line) => line.startsWith("::error file="))).toHaveLength(files.length);
  expect(acts(checked)).toEqual([]);
  await untouched(videos);
});

test("whatever a provider or a spec says, it is no command of the runner's, and each output has one value", async () => {
  const chunks = Array.from({ length: 10 }, (_, at) => pieces.filter((_piece, index) => index % 10 === at).join(" "));
  const said = [...chunks, ...pieces.filter((piece) => piece.includes("::")).map((piece) => `x\n${piece}\r${piece}`)];
  const faults = said.map((message, at) => ({ kind: "fails", message, prompt: `film ${at}.` }) as const);
  const golpo = await api({ faults });
  const project = "version: 1\nproviders: { golpo: { concurrency: 20, submitsPerMinute: 600 } }\n";
  const specs = said.map((words, at) => [
    `videos/f${at}.yaml`,
    spec(`film ${at}. ${words.replace(/[\p{Cc}\p{Cs}]/gu, " ")}`),
  ]);
  const { runner, opened, labelled, head, env } = await pullRequest(golpo, {
    files: { "reelform.yaml": project, ...Object.fromEntries(specs) },
  });
  const steps = [
    await runner.step(opened, { emulate: "true" }, env),
    await runner.step(labelled(head, "grace"), { command: "reconcile", emulate: "true" }, env),
    await runner.step(opened, { emulate: "true" }, env),
  ];
  expect(
    steps.map(({ code }) => code),
    steps[0]?.log,
  ).toEqual([0, 1, 0]);
  expect(steps.flatMap(acts)).toEqual([]);
  for (const { outputs } of steps)
    for (const [name, value] of Object.entries(outputs)) {
      expect(name).toMatch(/^(plan-digest|changes|paid|estimated-cost|actual-cost|failed|exit-code|comment-url)$/);
      expect(value).toMatch(/^[\w.:/#-]+$/);
    }
  expect(steps[1]?.outputs).toMatchObject({ failed: String(said.length), "exit-code": "1" });
});

test("what is printed for machines is no command of the runner's either, and says the same", async () => {
  const message = "##[error]x ##[add-mask]y ::error::z";
  const golpo = await api({ faults: [{ kind: "fails", message, prompt: "wind" }] });
  const videos = await stage({ "videos/winds.yaml": spec("Where the wind comes from") }, { api: golpo });
  const { stdout, stderr } = await videos.reelform("reconcile --emulate --yes --json", { GITHUB_ACTIONS: "true" });
  expect(acts({ log: `${stdout}${stderr}` })).toEqual([]);
  expect(resultIn(stdout).rows[0]?.after?.message).toBe(message);
});
