import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { branchCommits } from "../../src/io/github-commits.ts";
import { polite } from "../../src/io/github-session.ts";

const head = "4f0c9d1".padEnd(40, "0");
const wanted = {
  branch: "main",
  expectedHead: head,
  message: { headline: "videos: 1 generated", body: "Reelform-Units: 1" },
  additions: [{ path: "videos/a.lock.json", contents: Buffer.from("{}\n") }],
  deletions: ["videos/b.lock.json"],
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString("utf8"));
}

/** A GitHub that answers every question alike, and what it was asked. */
async function answering(answer: object, at = "") {
  const asked: { readonly path: string | undefined; readonly body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ path: request.url, body: await bodyOf(request) });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const address = { apiUrl: `http://127.0.0.1:${port}${at}`, token: "key", repository: "acme/videos" };
  const pace = { ...polite, sleep: async () => {} };
  return { asked, sent: await branchCommits(address, pace).commit(wanted) };
}

const refusing = (type: string | undefined, message: string) => ({
  data: { createCommitOnBranch: null },
  errors: [{ ...(type === undefined ? {} : { type }), path: ["createCommitOnBranch"], message }],
});

test("at an own GitHub a commit is asked for once, with the files' bytes and the head that is expected", async () => {
  const { asked, sent } = await answering(
    { data: { createCommitOnBranch: { commit: { oid: "ab".repeat(20) } } } },
    "/api/v3",
  );
  expect(sent).toEqual({ kind: "done", commit: "ab".repeat(20) });
  const input = {
    branch: { repositoryNameWithOwner: "acme/videos", branchName: "main" },
    message: wanted.message,
    fileChanges: {
      additions: [{ path: "videos/a.lock.json", contents: "e30K" }],
      deletions: [{ path: "videos/b.lock.json" }],
    },
    expectedHeadOid: head,
  };
  expect(asked).toEqual([{ path: "/api/graphql", body: { query: expect.any(String), variables: { input } } }]);
});

test.each([
  ["STALE_DATA", 'Expected branch to point to "4f0c" but it did not.  Pull and try again.', { kind: "moved" }],
  ["BRANCH_PROTECTION_RULE_VIOLATION", "Changes must be made through a pull request.", { kind: "refused" }],
  [
    "UNPROCESSABLE",
    "Repository rule violations found\n\nChanges must be made through a pull request.\n\n",
    { kind: "refused" },
  ],
  [undefined, "A word that nobody knows", { kind: "refused" }],
  ["FORBIDDEN", "Resource not accessible by integration", { kind: "denied" }],
  ["NOT_FOUND", "Could not resolve to a Repository with the name 'acme/videos'.", { kind: "denied" }],
  ["RATE_LIMITED", "API rate limit exceeded", { kind: "denied" }],
  ["INTERNAL", "Something broke", { kind: "unanswered" }],
  [undefined, "Something went wrong while executing your query. Please include `1:2`", { kind: "unanswered" }],
] as const)("GitHub's %s, «%s», is heard as what it means", async (type, message, meaning) => {
  const { asked, sent } = await answering(refusing(type, message));
  expect(sent).toMatchObject(meaning);
  expect(asked).toHaveLength(1);
  if (sent.kind !== "done" && sent.kind !== "moved") expect(sent.why).toContain(message.split("\n")[0]);
});

test("an answer that says nothing may be that of a commit", async () => {
  expect((await answering({ data: {} })).sent).toMatchObject({ kind: "unanswered" });
});
