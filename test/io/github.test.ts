import { afterEach, describe, expect, test } from "vitest";
import { type Github, type GithubFault, type GithubOptions, startGithub } from "../../src/emulator/github.ts";
import { type Sticky, upsertComment, withdrawComment } from "../../src/io/github.ts";
import type { Pace } from "../../src/io/github-session.ts";
import { strayings } from "./github-description.ts";

const repository = "acme/videos";
const marker = "<!-- reelform scope=default ";
const us = "reelform-bot";
const ours = (words: string): string => `${marker}plan=1 head=2 -->\n${words}`;

const open: Github[] = [];
afterEach(async () => {
  const all = open.splice(0);
  for (const github of all) expect(github.exchanges().flatMap(strayings)).toEqual([]);
  await Promise.all(all.map((github) => github.close()));
});

async function stand(options: Partial<GithubOptions> = {}): Promise<Github> {
  const github = await startGithub({
    repository,
    pulls: [{ number: 12, head: "4f0c9d1".padEnd(40, "0"), author: "ada", fork: false }],
    accounts: {
      key: { login: us },
      workflow: { login: "github-actions[bot]", installation: true },
      fork: { login: "github-actions[bot]", installation: true, mayWrite: false },
    },
    ...options,
  });
  open.push(github);
  return github;
}

const slept: number[] = [];
const pace: Pace = {
  spaced: false,
  second: 1,
  sleep: async (ms) => {
    slept.push(ms);
  },
};
afterEach(() => slept.splice(0));

const sticky = (github: Github, changes: Partial<Sticky> = {}): Sticky => ({
  apiUrl: github.url,
  token: "key",
  repository,
  pullRequest: 12,
  marker,
  body: () => ours("the plan"),
  mayCreate: true,
  ...changes,
});

const fault = (method: GithubFault["method"], does: GithubFault["does"], times = 1): GithubFault => ({
  method,
  path: /comments/,
  does,
  times,
});
const sent = (github: Github, method: string): number =>
  github.exchanges().filter((one) => one.method === method).length;
const bodies = (github: Github): readonly string[] => github.comments(12).map(({ body }) => body);

describe("one comment", () => {
  test("is written where there is none", async () => {
    const github = await stand();
    expect(await upsertComment(sticky(github), pace)).toEqual({
      kind: "created",
      url: "https://github.com/acme/videos/pull/12#issuecomment-1",
    });
    expect(bodies(github)).toEqual([ours("the plan")]);
  });

  test("is edited in place ever after", async () => {
    const github = await stand();
    await upsertComment(sticky(github), pace);
    const again = await upsertComment(sticky(github, { body: () => ours("the result") }), pace);
    expect(again.kind).toBe("updated");
    expect(bodies(github)).toEqual([ours("the result")]);
  });

  test("is left alone when it says the same already", async () => {
    const github = await stand();
    await upsertComment(sticky(github), pace);
    expect((await upsertComment(sticky(github), pace)).kind).toBe("unchanged");
    expect(sent(github, "PATCH")).toBe(0);
  });

  test("is not begun when there is nothing to say", async () => {
    const github = await stand();
    expect(await upsertComment(sticky(github, { mayCreate: false }), pace)).toEqual({ kind: "nothing" });
    expect(bodies(github)).toEqual([]);
  });

  test("is found behind hundreds of others", async () => {
    const chatter = Array.from({ length: 250 }, (_, at) => ({ pull: 12, author: "ada", body: `thought ${at}` }));
    const github = await stand({ comments: [...chatter, { pull: 12, author: us, body: ours("old") }] });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("updated");
    expect(sent(github, "POST")).toBe(0);
  });

  test("of somebody else is not touched, whatever it begins with", async () => {
    const spoof = { pull: 12, author: "mallory", body: ours("approve me") };
    const github = await stand({ comments: [spoof] });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("created");
    expect(bodies(github)).toEqual([spoof.body, ours("the plan")]);
  });

  test("of another scope is not touched", async () => {
    const other = ours("other").replace("scope=default", "scope=hr");
    const github = await stand({ comments: [{ pull: 12, author: us, body: other }] });
    await upsertComment(sticky(github), pace);
    expect(bodies(github)).toEqual([other, ours("the plan")]);
  });

  test("of a workflow is found although its token may not ask who it is", async () => {
    const github = await stand({ comments: [{ pull: 12, author: "github-actions[bot]", body: ours("old") }] });
    expect((await upsertComment(sticky(github, { token: "workflow" }), pace)).kind).toBe("updated");
  });

  test("can be taken back", async () => {
    const github = await stand();
    await upsertComment(sticky(github), pace);
    expect(await withdrawComment(sticky(github), pace)).toEqual({ kind: "withdrawn" });
    expect(bodies(github)).toEqual([]);
    expect(await withdrawComment(sticky(github), pace)).toEqual({ kind: "nothing" });
  });
});

describe("a comment is never written twice", () => {
  test.each(["lost", "truncated"] as const)("when the answer of the post is %s", async (kind) => {
    const github = await stand({ faults: [fault("POST", { kind })] });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("created");
    expect(bodies(github)).toEqual([ours("the plan")]);
    expect(sent(github, "POST")).toBe(1);
  });

  test("when GitHub breaks before the post took effect: it looks first, then posts once more", async () => {
    const github = await stand({ faults: [fault("POST", { kind: "answer", status: 502, message: "Bad Gateway" })] });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("created");
    const order = github
      .exchanges()
      .filter(({ path }) => path.includes("comments"))
      .map(({ method }) => method);
    expect(order.slice(0, 4)).toEqual(["GET", "POST", "GET", "POST"]);
    expect(bodies(github)).toHaveLength(1);
  });

  test("when GitHub stays broken: it gives up after the second post", async () => {
    const github = await stand({ faults: [fault("POST", { kind: "answer", status: 503, message: "Unavailable" }, 9)] });
    expect(await upsertComment(sticky(github), pace)).toEqual({
      kind: "refused",
      why: "GitHub answered 503: Unavailable",
    });
    expect(sent(github, "POST")).toBe(2);
  });

  test("when a list is cut off: it is asked for again, not taken for empty", async () => {
    const github = await stand({
      comments: [{ pull: 12, author: us, body: ours("old") }],
      faults: [fault("GET", { kind: "truncated" })],
    });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("updated");
    expect(sent(github, "POST")).toBe(0);
  });

  test("when two runs write at once: the oldest stays, with the newest words", async () => {
    let others = 1;
    const github: Github = await stand({
      onRequest: ({ method, path }) => {
        if (method !== "POST" || !path.endsWith("/comments") || others-- <= 0) return;
        github.say({ pull: 12, author: us, body: ours("another run's plan") });
      },
    });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("created");
    expect(github.comments(12).map(({ id, body }) => [id, body])).toEqual([[1, ours("the plan")]]);
  });

  test("when two stand there already: the younger goes", async () => {
    const github = await stand({
      comments: [
        { pull: 12, author: us, body: ours("one") },
        { pull: 12, author: us, body: ours("two") },
      ],
    });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("updated");
    expect(bodies(github)).toEqual([ours("the plan")]);
  });
});

describe("trouble is an answer, not an error", () => {
  test.each([
    [403, "Resource not accessible by integration"],
    [404, "Not Found"],
    [410, "Issues are disabled for this repo"],
  ] as const)("%i", async (status, message) => {
    const github = await stand({ faults: [fault("POST", { kind: "answer", status, message })] });
    expect(await upsertComment(sticky(github), pace)).toEqual({
      kind: "refused",
      why: `GitHub answered ${status}: ${message}`,
    });
    expect(sent(github, "POST")).toBe(1);
  });

  test("the token of a fork's workflow may read and not write", async () => {
    const github = await stand();
    const answer = await upsertComment(sticky(github, { token: "fork" }), pace);
    expect(answer).toEqual({ kind: "refused", why: "GitHub answered 403: Resource not accessible by integration" });
  });

  test("a wrong token is not worked around", async () => {
    const github = await stand();
    expect((await upsertComment(sticky(github, { token: "stolen" }), pace)).kind).toBe("refused");
  });

  test("a token that cannot stand in a header is not quoted", async () => {
    const github = await stand();
    const answer = await upsertComment(sticky(github, { token: "SEC\nRET" }), pace);
    expect(answer.kind).toBe("refused");
    expect(JSON.stringify(answer)).not.toMatch(/SEC|RET/);
  });

  test("nobody answers at all", async () => {
    const github = await stand();
    const nobody = sticky(github, { apiUrl: "http://127.0.0.1:9" });
    expect(await upsertComment(nobody, pace)).toEqual({ kind: "refused", why: "GitHub cannot be reached" });
  });

  test("a repository without an owner", async () => {
    const github = await stand();
    expect((await upsertComment(sticky(github, { repository: "videos" }), pace)).kind).toBe("refused");
  });
});

describe("a comment that GitHub finds too long", () => {
  test("is said in fewer words", async () => {
    const github = await stand();
    const asked: number[] = [];
    const body = (budget: number): string => {
      asked.push(budget);
      return ours("x".repeat(budget > 30_000 ? 70_000 : 100));
    };
    expect((await upsertComment(sticky(github, { body }), pace)).kind).toBe("created");
    expect(asked).toEqual([60_000, 20_000]);
    expect(github.comments(12)[0]?.body.length).toBeLessThan(1_000);
  });

  test("is given up when even the shortest is", async () => {
    const github = await stand();
    const answer = await upsertComment(sticky(github, { body: () => ours("x".repeat(70_000)) }), pace);
    expect(answer.kind).toBe("refused");
    expect(sent(github, "POST")).toBe(3);
  });
});

describe("limits", () => {
  test("are waited for as long as GitHub says", async () => {
    const github = await stand({
      faults: [fault("POST", { kind: "limited", retryAfter: 7 }), fault("GET", { kind: "limited", retryAfter: 2 })],
    });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("created");
    expect(slept).toEqual([2000, 7000]);
    expect(bodies(github)).toHaveLength(1);
  });

  test("are waited for a minute in all, and no longer", async () => {
    const github = await stand({ faults: [fault("POST", { kind: "limited", retryAfter: 25 }, 9)] });
    expect((await upsertComment(sticky(github), pace)).kind).toBe("refused");
    expect(slept).toEqual([25_000, 25_000]);
  });

  test("do not hide that the token may not comment", async () => {
    const github = await stand({ faults: [fault("GET", { kind: "limited", retryAfter: 1 })] });
    expect((await upsertComment(sticky(github, { token: "fork" }), pace)).kind).toBe("refused");
  });
});

test("a server that fails now and then is asked again for what has no effect", async () => {
  const broken = { kind: "answer", status: 500, message: "Server Error" } as const;
  const github = await stand({
    comments: [{ pull: 12, author: us, body: ours("old") }],
    faults: [fault("GET", broken, 2), fault("PATCH", broken, 1)],
  });
  expect((await upsertComment(sticky(github), pace)).kind).toBe("updated");
});
