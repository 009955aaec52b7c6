import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { api } from "../support/cli/api.ts";
import { branch, pullRequest } from "../support/cli/pull-request.ts";
import { spec } from "../support/cli/spec.ts";

const reconcile = { command: "reconcile" };

describe("who cannot write starts nothing", async () => {
  const proposed = (head: JsonObject): JsonObject => ({ number: 12, pull_request: { number: 12, head } });
  const commented = { issue: { number: 12, pull_request: {} }, comment: { body: "/apply" } };
  const after = (head_repository: JsonObject): JsonObject => ({
    workflow_run: { head_repository, event: "pull_request", pull_requests: [{ number: 12 }] },
  });
  const events = (from: string, sha: string): readonly (readonly [string, JsonObject])[] => [
    ["pull_request", proposed({ sha, repo: { full_name: from } })],
    ["pull_request", { ...proposed({ sha, repo: null }), action: "labeled", label: { name: "reelform:apply" } }],
    ["pull_request_target", proposed({ sha, repo: { full_name: from } })],
    ["workflow_run", after({ full_name: from })],
    ["issue_comment", { action: "created", ...commented }],
    ["issue_comment", { action: "edited", ...commented }],
  ];

  test.each([
    ["ada/videos", "a fork"],
    ["acme/videos", "the repository itself"],
  ])("by an event of %s", async (from) => {
    const golpo = await api();
    const { videos, github, runner, opened, head, real } = await pullRequest(golpo);
    const { outputs } = await runner.step(opened, {}, real);
    const comments = github.comments(12);
    for (const [name, payload] of events(from, head)) {
      for (const inputs of [reconcile, { command: "resume" }, { ...reconcile, expect: outputs["plan-digest"] ?? "" }]) {
        // Whoever could push to the branch may collect what is paid for already, and may be asked for the digest of a plan.
        if (from === "acme/videos" && name === "pull_request" && payload.action === undefined && inputs !== reconcile)
          continue;
        const run = await runner.step({ name, payload }, inputs, real);
        const what = `${name} ${JSON.stringify(inputs)}\n${run.log}`;
        expect(run, what).toMatchObject({ code: 4, outputs: { "exit-code": "4" }, summary: "" });
        expect(run.log, what).toMatch(/^::error title=reelform::refused, and nothing was begun: [a-z]/m);
      }
    }
    expect(golpo.seen).toEqual([]);
    expect(github.comments(12)).toEqual(comments);
    expect(await videos.remote.refs()).not.toContain("refs/reelform/journal");
  });
});

test("a label approves when somebody set it who may write, and not otherwise", async () => {
  const golpo = await api();
  const roles = {
    ada: "triage",
    bob: "read",
    "dependabot[bot]": "none",
    wanda: "write",
    grace: "maintain",
    root: "admin",
  } as const;
  const does = { kind: "answer", status: 404, message: "Not Found" } as const;
  const gone = { method: "GET", path: /ghost\/permission$/, times: 9, does } as const;
  const all = await pullRequest(golpo, { github: { roles, faults: [gone] } });
  const { videos, runner, opened, labelled, head, real, at } = all;
  await runner.step(opened, {}, real);
  const set = labelled(head, "grace").payload;
  const unheard: readonly (readonly [string, JsonObject])[] = [
    ["ada, who triages", labelled(head, "ada").payload],
    ["bob, who reads", labelled(head, "bob").payload],
    ["a bot", labelled(head, "dependabot[bot]").payload],
    ["whose account is gone", labelled(head, "ghost").payload],
    ["nobody that the event names", { ...set, sender: {} }],
    ["grace, who took the label off", { ...set, action: "unlabeled" }],
    ["grace, who set another label", labelled(head, "grace", "reelform:Apply").payload],
    ["grace, who opened it with the label on", { ...set, action: "opened" }],
  ];
  for (const [who, payload] of unheard) {
    const run = await runner.step({ ...at(head, {}), payload }, reconcile, real);
    expect(run, `${who}\n${run.log}`).toMatchObject({ code: 4, outputs: { "exit-code": "4" } });
  }
  expect(golpo.seen).toEqual([]);
  for (const who of ["wanda", "grace", "root"]) {
    await videos.git("checkout", "--quiet", "--detach", head);
    const run = await runner.step(labelled(head, who), reconcile, real);
    expect(run, `${who}\n${run.log}`).toMatchObject({ code: 0 });
  }
  expect(golpo.accepted()).toHaveLength(2);
});

describe("a head that moves on makes what was approved a thing of the past", () => {
  /** A planned pull request of which the branch moves while GitHub is asked for this. */
  async function moving(when: RegExp, act: "push" | "delete" | "locks") {
    const golpo = await api();
    let move: (() => void) | undefined;
    const onRequest = ({ method, path }: { readonly method: string; readonly path: string }): void => {
      if (method !== "GET" || !when.test(path)) return;
      move?.();
      move = undefined;
    };
    const all = await pullRequest(golpo, { github: { onRequest } });
    const { videos, github, runner, opened, real, head } = all;
    expect(await runner.step(opened, {}, real)).toMatchObject({ code: 0 });
    await videos.write(
      act === "locks"
        ? { "other/videos/film.lock.json": '{"lockVersion":1,"units":{}}' }
        : { "videos/tides.yaml": spec("Something else entirely") },
    );
    await videos.git("switch", "--quiet", "--create", "later");
    await videos.commit("meanwhile");
    const later = await videos.git("rev-parse", "HEAD");
    await videos.git("checkout", "--quiet", "--detach", head);
    const ref = `refs/heads/${branch}`;
    move = () => {
      const to = act === "delete" ? ["-d", ref] : [ref, later];
      execFileSync("git", ["-C", videos.remote.path, "update-ref", ...to]);
      if (act !== "delete") github.move(12, later);
    };
    return { ...all, golpo };
  }

  test.each([
    ["before the label is looked at", /permission$/, 4],
    ["after it", /\/comments$/, 5],
  ] as const)("%s", async (_when, path, code) => {
    const { golpo, runner, labelled, head, real } = await moving(path, "push");
    const run = await runner.step(labelled(head, "grace"), reconcile, real);
    expect(run, run.log).toMatchObject({ code, outputs: { "exit-code": String(code) } });
    expect(golpo.accepted()).toEqual([]);
  });

  test("when the branch is gone", async () => {
    const { golpo, runner, labelled, head, real } = await moving(/\/comments$/, "delete");
    const run = await runner.step(labelled(head, "grace"), reconcile, real);
    expect(run, run.log).toMatchObject({ code: 5 });
    expect(run.log).toContain(`the branch ${branch} is not to be found`);
    expect(golpo.accepted()).toEqual([]);
  });

  test("when a reviewer of an environment has waited with the digest of a plan", async () => {
    const { golpo, videos, runner, opened, labelled, head, real } = await moving(/permission$/, "push");
    const planned = await runner.step(opened, {}, real);
    const expected = { ...reconcile, expect: planned.outputs["plan-digest"] ?? "" };
    await videos.git("push", "--quiet", "origin", `later:${branch}`);
    const run = await runner.step(labelled(head, "ada"), expected, real);
    expect(run, run.log).toMatchObject({ code: 5 });
    expect(golpo.accepted()).toEqual([]);
  });

  test("unless it has the locks of another project, and nothing else, more", async () => {
    const { golpo, videos, runner, labelled, head, real } = await moving(/permission$/, "locks");
    const run = await runner.step(labelled(head, "grace"), reconcile, real);
    expect(run, run.log).toMatchObject({ code: 0 });
    expect(golpo.accepted()).toHaveLength(2);
    for (const path of ["videos/tides.lock.json", "other/videos/film.lock.json"])
      expect(await videos.remote.file(branch, path)).toBeDefined();
  });
});
