import { expect, test } from "vitest";
import { occasionOf } from "../../src/commands/occasion.ts";
import type { JsonObject } from "../../src/model/json.ts";

const ours = { full_name: "acme/videos" };
const fork = { full_name: "mallory/videos" };
const pull = (repo: JsonObject | null, more: JsonObject = {}): JsonObject => ({
  pull_request: { number: 12, head: { sha: "4f0c9d1", repo } },
  ...more,
});
const run = (from: JsonObject, event: string): JsonObject => ({ workflow_run: { head_repository: from, event } });
const label = { action: "labeled", label: { name: "go" }, sender: { login: "grace" } };
const own = { kind: "own" };
const foreign = { kind: "foreign" };
const proposal = { kind: "proposal", pull: 12, head: "4f0c9d1" };

test.each<readonly [name: string, payload: JsonObject | undefined, expected: object]>([
  ["push", { ref: "refs/heads/main" }, own],
  ["schedule", {}, own],
  ["workflow_dispatch", undefined, own],
  ["pull_request", pull(ours), { ...proposal, labelled: undefined }],
  ["pull_request", pull(ours, label), { ...proposal, labelled: { name: "go", by: "grace" } }],
  ["pull_request", pull(ours, { ...label, action: "unlabeled" }), { ...proposal, labelled: undefined }],
  ["pull_request", pull(ours, { ...label, sender: {} }), { ...proposal, labelled: undefined }],
  ["pull_request", pull(fork, label), foreign],
  ["pull_request", pull(null, label), foreign],
  ["pull_request", { pull_request: { number: 12 } }, foreign],
  ["pull_request", { pull_request: { head: { sha: 1, repo: ours }, number: 12 } }, foreign],
  ["pull_request", undefined, foreign],
  ["pull_request_review", pull(fork), foreign],
  ["pull_request_review", pull(ours), proposal],
  ["pull_request_target", pull(ours, label), foreign],
  ["pull_request_target", pull(fork, label), foreign],
  ["issue_comment", { issue: { number: 12, pull_request: {} }, comment: { body: "/apply" } }, foreign],
  ["workflow_run", run(ours, "push"), own],
  ["workflow_run", run(fork, "push"), foreign],
  ["workflow_run", run(ours, "pull_request"), foreign],
  ["workflow_run", run(ours, "issue_comment"), foreign],
  ["workflow_run", {}, foreign],
])("%s with %j", (name, payload, expected) => {
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: "event.json", GITHUB_REPOSITORY: "acme/videos" };
  const text = payload === undefined ? undefined : JSON.stringify(payload);
  expect(occasionOf(env, () => text)).toMatchObject(expected);
});
