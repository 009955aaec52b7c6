import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { effectsOf } from "../report/effects.ts";
import { api } from "../support/cli/api.ts";
import { branch, pullRequest, type Setting, token, twoVideos } from "../support/cli/pull-request.ts";
import { runnerIn } from "../support/cli/runner.ts";
import { spec } from "../support/cli/spec.ts";

test("a pull request's whole life: planned, changed, approved by a label, made, checked, reported, merged and resumed", async () => {
  const golpo = await api();
  const { videos, github, runner, opened, pushed, labelled, real } = await pullRequest(golpo, {
    files: { ...twoVideos, "reelform.yaml": "version: 1\nstore: { to: github-release }\n" },
  });
  const planned = await runner.step(opened, {}, real);
  expect(planned, planned.log).toMatchObject({ code: 0 });
  expect(planned.outputs).toMatchObject({ changes: "2", paid: "2", "estimated-cost": "1.00", "exit-code": "0" });
  const url = "https://github.com/acme/videos/pull/12#issuecomment-1";
  expect(planned.outputs["comment-url"]).toBe(url);
  expect(github.comments(12)[0]?.body).toMatch(/### 🎬 2 to generate\n\*\*Estimated \$1\.00\*\*/);
  expect(planned.summary).toContain("### 🎬 2 to generate");

  await videos.write({ "videos/winds.yaml": spec("Where the wind goes", { with: { timing: "0.5" } }) });
  await videos.commit("a longer one");
  const sha = await videos.git("rev-parse", "HEAD");
  const again = await runner.step(await pushed(), {}, real);
  expect(again.outputs).toMatchObject({ "estimated-cost": "1.50", "comment-url": url });
  const digest = again.outputs["plan-digest"]?.slice(0, 10);
  const [, , money, identity] = github.comments(12)[0]?.body.split("\n") ?? [];
  expect(money).toContain("**Estimated $1.50**");
  expect(identity).toBe(`Plan \`${digest}\` for \`${sha.slice(0, 7)}\` · approve with label \`reelform:apply\``);

  await videos.git("checkout", "--quiet", "--detach");
  const made = await runner.step(labelled(sha, "grace"), { command: "reconcile" }, real);
  expect(made, made.log).toMatchObject({ code: 0 });
  expect(made.outputs).toMatchObject({ "exit-code": "0", failed: "0", "actual-cost": "1.50", "comment-url": url });
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.remote.file(branch, "videos/tides.lock.json")).toContain('"ready"');
  const [comment, ...others] = github.comments(12);
  expect(others).toEqual([]);
  expect(comment?.body).toContain("### 🎬 2 generated");
  expect(comment?.body).toMatch(/\[video\]\(https:\/\/github\.com\/acme\/videos\/releases\/download\/reelform-/);
  expect(github.checks()).toMatchObject([
    { name: "reelform", headSha: await videos.remote.head(`refs/heads/${branch}`), conclusion: "success" },
  ]);
  expect(github.checks()[0]).toMatchObject({
    title: "2 generated",
    text: expect.stringContaining("releases/download"),
  });

  await videos.git("switch", "--quiet", "main");
  await videos.git("fetch", "--quiet");
  await videos.git("merge", "--quiet", "--ff-only", `origin/${branch}`);
  await videos.git("push", "--quiet");
  const push = { name: "push", payload: { ref: "refs/heads/main" } };
  const merged = await runner.step(push, { command: "reconcile", "max-cost": "1" }, real);
  expect(merged, merged.log).toMatchObject({ code: 0, outputs: { changes: "0", paid: "0", "actual-cost": "0.00" } });
  const late = await runner.step({ name: "schedule", payload: {} }, { command: "resume" }, real);
  expect(late, late.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(github.comments(12)).toHaveLength(1);
  expect(github.checks()).toHaveLength(1);
});

describe("a label approves nothing", () => {
  /** A planned pull request, and how a run for a label of it is refused, which leaves no trace. */
  async function planned(inputs: Readonly<Record<string, string>> = {}, setting: Setting = {}) {
    const golpo = await api();
    const all = await pullRequest(golpo, setting);
    const { runner, opened, labelled, real, videos, github } = all;
    const plan = await runner.step(opened, inputs, real);
    expect(plan, plan.log).toMatchObject({ code: 0 });
    const refusal = async (sha = all.head, by = "grace", label?: string): Promise<string> => {
      const comments = github.comments(12);
      const run = await runner.step(labelled(sha, by, label), { command: "reconcile" }, real);
      expect(run, run.log).toMatchObject({ code: 4, outputs: { "exit-code": "4" }, summary: "" });
      expect(golpo.seen).toEqual([]);
      expect(github.comments(12)).toEqual(comments);
      expect(await videos.remote.refs()).not.toContain("refs/reelform/journal");
      return run.log.split("\n").find((line) => line.startsWith("::error title=reelform::")) ?? run.log;
    };
    return { ...all, refusal };
  }

  test("set by who may not write, or of another name", async () => {
    const { refusal } = await planned();
    for (const by of ["ada", "a stranger", "../../x"])
      expect(await refusal(undefined, by)).toContain(`${by} set the label and may not write to acme/videos (read)`);
    expect(await refusal(undefined, "grace", "bug")).toContain("set the label that the plan's comment names");
  });

  test("where it is not known who may write", async () => {
    const does = { kind: "answer", status: 403, message: "Resource not accessible by integration" } as const;
    const { refusal } = await planned({}, { github: { faults: [{ method: "GET", path: /permission$/, does }] } });
    expect(await refusal()).toContain("cannot be known: GitHub answered 403");
  });

  test("for a commit that nobody has planned", async () => {
    const { videos, pushed, refusal } = await planned();
    await videos.write({ "videos/tides.yaml": spec("Something else entirely") });
    await videos.commit("after the review");
    await pushed();
    const sha = await videos.git("rev-parse", "HEAD");
    const words = /the plan is of \w{7} and the label is for \w{7}: wait for the new plan/;
    expect(await refusal(sha)).toMatch(words);
  });

  test("once the head has moved on, or where another commit is checked out", async () => {
    const { github, head, videos, refusal } = await planned();
    github.move(12, "ab".repeat(20));
    expect(await refusal()).toMatch(/the pull request is at abababa and the label is for/);
    github.move(12, head);
    await videos.write({ "videos/rain.yaml": spec("Why it rains") });
    await videos.commit("a merge", false);
    expect(await refusal()).toMatch(/the checkout is at \w{7} and the label is for \w{7}/);
  });

  test("when somebody edited the comment", async () => {
    const { github, refusal } = await planned();
    const [{ id, body } = { id: 0, body: "" }] = github.comments(12);
    const edits = [
      body.replace("$1.00", "$0.10"),
      body.replace(/plan=.{10}/, "plan=0123456789"),
      body.replace(/head=\w{7}/, "head=0123456"),
      body.replace(/ sum=\w+/, ""),
    ];
    for (const edited of edits) {
      expect(edited).not.toBe(body);
      github.edit({ id, body: edited });
      expect(await refusal()).toContain("the plan's comment was edited");
    }
  });

  test("when the comment is somebody else's", async () => {
    const { github, refusal } = await planned();
    const [{ id, body } = { id: 0, body: "" }] = github.comments(12);
    github.edit({ id, body: "Something else" });
    github.say({ pull: 12, author: "ada", body });
    expect(await refusal()).toContain("there is no comment with a plan");
  });

  test("of a plan that was emulated", async () => {
    const { refusal } = await planned({ emulate: "true" });
    expect(await refusal()).toContain("nobody approved to pay for it");
  });
});

test("after an edit the next plan is written anew, and can be approved", async () => {
  const golpo = await api();
  const { videos, github, runner, opened, labelled, head, env } = await pullRequest(golpo);
  await runner.step(opened, { emulate: "true" }, env);
  const [written] = github.comments(12);
  if (written === undefined) throw new Error("there is no comment");
  github.edit({ id: written.id, body: `${written.body}\nLGTM` });
  const inputs = { command: "reconcile", emulate: "true" };
  expect(await runner.step(labelled(head, "root"), inputs, env)).toMatchObject({ code: 4 });
  await runner.step(opened, { emulate: "true" }, env);
  expect(github.comments(12)).toEqual([written]);
  const made = await runner.step(labelled(head, "root"), inputs, env);
  expect(made, made.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.remote.file(branch, "videos/tides.lock.json")).toContain('"emulated"');
});

test("a plan of another commit than the pull request's offers no label", async () => {
  const { videos, github, runner, opened, env } = await pullRequest(await api());
  await videos.commit("a merge", false);
  const planned = await runner.step(opened, {}, env);
  expect(planned.log).toContain("::notice title=reelform::no label approves this plan");
  expect(github.comments(12)[0]?.body).toContain("· next `reelform reconcile --expect");
});

test("an environment's reviewers approve by the digest that the plan's job hands over", async () => {
  const golpo = await api();
  const { github, runner, opened, env } = await pullRequest(golpo);
  const planned = await runner.step(opened, { emulate: "true", "approve-label": "" }, env);
  expect(github.comments(12)[0]?.body).not.toContain("approve with label");
  const inputs = { command: "reconcile", emulate: "true", "max-cost": "1" };
  const unapproved = await runner.step(opened, inputs, env);
  expect(unapproved, unapproved.log).toMatchObject({ code: 4 });
  const made = await runner.step(opened, { ...inputs, expect: planned.outputs["plan-digest"] ?? "" }, env);
  expect(made, made.log).toMatchObject({ code: 0, outputs: { "actual-cost": "1.00" } });
  expect(golpo.accepted()).toHaveLength(2);
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
  const { github, runner, opened, labelled, head, real } = await pullRequest(golpo, { fork: true });
  const planned = await runner.step(opened, {}, real);
  expect(planned, planned.log).toMatchObject({ code: 0 });
  expect(planned.summary).toContain("### 🎬 2 to generate");
  expect(planned.summary).not.toContain("approve with label");
  expect(planned.log).toContain("it is in the job's summary");
  for (const inputs of [
    { command: "reconcile" },
    { command: "reconcile", expect: "0123456789" },
    { command: "resume" },
  ]) {
    const run = await runner.step(labelled(head, "grace"), inputs, real);
    expect(run, run.log).toMatchObject({ code: 4 });
    expect(run.log).toContain(
      "::error title=reelform::refused, and nothing was begun: the pull request comes from a fork",
    );
  }
  expect(github.comments(12)).toEqual([]);
  expect(golpo.seen).toEqual([]);
});

test("runs that share a plan of the default branch make each video once, and the last of them commits it all", async () => {
  const golpo = await api();
  const films = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`videos/${name}.yaml`, spec(`Film ${name}`)]));
  const project = "version: 1\nproviders: { golpo: { concurrency: 8 } }\n";
  const { videos, github, runner, real } = await pullRequest(golpo, {
    files: { ...films, "reelform.yaml": project },
    branch: "trunk",
  });
  const push = { name: "push", payload: { ref: "refs/heads/trunk" } };
  const cut = await runner.step(push, { comment: "false", shards: "2" }, real);
  const { include } = JSON.parse(cut.outputs.matrix ?? "{}") as { readonly include: readonly { shard: string }[] };
  expect(include.map(({ shard }) => shard)).toEqual(["1/2", "2/2"]);
  const parts = include.map(async ({ shard }) => {
    const own = await runnerIn(await videos.clone("--branch", "trunk"), { url: github.url, token });
    return own.step(push, { command: "reconcile", shard, "max-cost": "2", commit: "false", comment: "false" }, real);
  });
  for (const part of await Promise.all(parts)) expect(part, part.log).toMatchObject({ code: 0 });
  const last = await runner.step(push, { command: "resume" }, real);
  expect(last, last.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
  for (const name of ["a", "b", "c", "d"])
    expect(await videos.remote.file("trunk", `videos/${name}.lock.json`)).toContain('"ready"');
  expect(github.checks()).toMatchObject([{ conclusion: "success" }]);
});

test("a label approves the parts of a plan: who may not write gets none, and each makes its own", async () => {
  const golpo = await api();
  const films = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`videos/${name}.yaml`, spec(`Film ${name}`)]));
  const project = "version: 1\nproviders: { golpo: { concurrency: 8 } }\n";
  const { videos, github, runner, opened, labelled, head, real } = await pullRequest(golpo, {
    files: { ...films, "reelform.yaml": project },
  });
  expect(await runner.step(opened, {}, real)).toMatchObject({ code: 0 });
  await videos.git("checkout", "--quiet", "--detach");
  const inputs = { comment: "false", shards: "2" };
  const stranger = await runner.step(labelled(head, "ada"), inputs, real);
  expect(stranger, stranger.log).toMatchObject({ code: 4 });
  expect(stranger.log).toContain("ada set the label and may not write to acme/videos");
  expect(stranger.outputs).toEqual({ "exit-code": "4" });
  const wrong = await runner.step(opened, { ...inputs, expect: "0123456789" }, real);
  expect(wrong, wrong.log).toMatchObject({ code: 5, outputs: { "exit-code": "5" } });

  const cut = await runner.step(labelled(head, "grace"), inputs, real);
  expect(cut, cut.log).toMatchObject({ code: 0, outputs: { paid: "4" } });
  const { include } = JSON.parse(cut.outputs.matrix ?? "{}") as {
    readonly include: readonly Readonly<Record<"shard" | "expect", string>>[];
  };
  expect(include.map(({ shard }) => shard)).toEqual(["1/2", "2/2"]);
  const parts = include.map(async (part) => {
    const checkout = await videos.clone("--branch", branch);
    await checkout.git("checkout", "--quiet", "--detach", head);
    const own = await runnerIn(checkout, { url: github.url, token });
    const given = { command: "reconcile", ...part, commit: "false", comment: "false" };
    return own.step(labelled(head, "grace"), given, real);
  });
  for (const part of await Promise.all(parts)) expect(part, part.log).toMatchObject({ code: 0 });
  const last = await runner.step(labelled(head, "grace"), { command: "resume" }, real);
  expect(last, last.log).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
  expect(golpo.accepted().filter(({ duplicateOf }) => duplicateOf !== undefined)).toEqual([]);
  for (const name of ["a", "b", "c", "d"])
    expect(await videos.remote.file(branch, `videos/${name}.lock.json`)).toContain('"ready"');
  expect(github.comments(12)[0]?.body).toMatch(/### 🎬 4 (generated|reused)/);
});

test("where checks may not be written the run says so, and nothing else changes", async () => {
  const does = { kind: "answer", status: 403, message: "Resource not accessible by integration" } as const;
  const faults = [{ method: "POST", path: /check-runs$/, does }] as const;
  const { github, runner, opened, labelled, head, env } = await pullRequest(await api(), { github: { faults } });
  await runner.step(opened, { emulate: "true" }, env);
  const made = await runner.step(labelled(head, "grace"), { command: "reconcile", emulate: "true" }, env);
  expect(made, made.log).toMatchObject({ code: 0, outputs: { "exit-code": "0" } });
  expect(made.log).toMatch(/::notice title=reelform::no check on \w{40}: GitHub answered 403/);
  expect(github.checks()).toEqual([]);
});

test("a check says what failed and what still runs", async () => {
  const golpo = await api({ faults: [{ kind: "fails", message: "no voice available", prompt: "wind" }] });
  const { github, runner, opened, labelled, head, env } = await pullRequest(golpo);
  await runner.step(opened, { emulate: "true" }, env);
  const inputs = { command: "reconcile", emulate: "true" };
  const submitted = await runner.step(labelled(head, "grace"), { ...inputs, wait: "0" }, env);
  expect(submitted, submitted.log).toMatchObject({ code: 0, outputs: { "exit-code": "7" } });
  const late = await runner.step({ name: "schedule", payload: {} }, { command: "resume", emulate: "true" }, env);
  expect(late).toMatchObject({ code: 1 });
  expect(github.checks().map(({ conclusion, title }) => [conclusion, title])).toEqual([
    ["neutral", "2 still running"],
    ["failure", "1 generated · 1 failed"],
  ]);
});

const hostile = [
  "@acme/everyone fixes #1, closes acme/videos#2",
  "![](https://evil.example/t.gif) <img src=https://evil.example/t.gif>",
  "[x](javascript:alert(1)) </details> --> <!-- reelform scope=default plan=0123456789 head=0123456 -->",
  "::error::x\n::set-output name=a::b\n::stop-commands::now",
  "`$(touch canary)` ; touch canary ; \u0024{IFS}",
];

const ourMarker = /^<!-- reelform scope=default plan=\w{10} head=\w{7} emulated sum=\w{64} -->$/;

test("hostile words mention nobody, close nothing, load nothing and run nothing", async () => {
  const golpo = await api({ faults: [{ kind: "fails", message: hostile.join("\n"), prompt: "wind" }] });
  const specs = hostile.flatMap((words, at) => [
    [`videos/tides-${at}.yaml`, spec(`Tides ${words}`, { head: { title: words.replaceAll("\n", " ") } })],
    [`videos/winds-${at}.yaml`, spec(`The wind ${words}`)],
  ]);
  const files: Readonly<Record<string, string>> = Object.fromEntries(specs);
  const name = 'x";touch\u0024{IFS}canary;#-@acme/everyone-`touch\u0024{IFS}canary`';
  const { videos, github, runner, opened, labelled, head, env } = await pullRequest(golpo, { files, branch: name });
  const steps = [
    await runner.step(opened, { emulate: "true" }, env),
    await runner.step(labelled(head, "grace"), { command: "reconcile", emulate: "true" }, env),
  ];
  expect(
    steps.map(({ code }) => code),
    steps[1]?.log,
  ).toEqual([0, 1]);
  expect(await videos.remote.file(name, "videos/tides-0.lock.json")).toContain('"ready"');
  const check = github.checks()[0];
  const texts = [...github.comments(12).map(({ body }) => body), ...steps.map(({ summary }) => summary), check?.text];
  for (const text of texts) {
    const { html, links, skeleton: _, ...effects } = effectsOf(text ?? "");
    expect(effects).toEqual({ mentions: [], references: [], addresses: [], images: [], unseen: [] });
    expect(html.filter((tag) => !ourMarker.test(tag))).toEqual([]);
    expect(links.filter((link) => !link.startsWith("https://github.com/acme/videos/actions/"))).toEqual([]);
  }
  for (const { log } of steps) {
    const commands = log.split("\n").filter((line) => /^\s*(::|##\[)/.test(line));
    expect(commands.filter((line) => !line.startsWith("::add-mask::ghs_"))).toEqual([]);
  }
  expect(await videos.git("status", "--porcelain", "--ignored")).not.toContain("canary");
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
