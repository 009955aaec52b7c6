import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { api } from "../support/cli/api.ts";
import { impostor, type Reply } from "../support/cli/impostor.ts";
import { branch, pullRequest, token } from "../support/cli/pull-request.ts";
import { spec } from "../support/cli/spec.ts";

const key = "gp_live/9f8e+7d6c=5b4a3-of-a-test";

/** Something that a person would have to change once it was public, as providers are known to say it. */
const told: readonly (readonly [secret: string, said: string])[] = [
  [key, `the key ${key} is not valid`],
  [encodeURIComponent(key), `GET /videos?api=${encodeURIComponent(key)}`],
  [Buffer.from(key).toString("base64"), `Basic ${Buffer.from(key).toString("base64")}`],
  [Buffer.from(key).toString("hex"), `x ${Buffer.from(key).toString("hex")}`],
  [token, `token ${token}`],
  ["abc.def-ghi-jkl", "Authorization: Bearer abc.def-ghi-jkl"],
  ["dXNlcjpwYXNzd29yZA", "authorization: basic dXNlcjpwYXNzd29yZA=="],
  ["sk-proj-abcdefghijklmnop1234", "Incorrect API key provided: sk-proj-abcdefghijklmnop1234."],
  ["sk_live_51H8abcdefghijklmnop", "sk_live_51H8abcdefghijklmnop"],
  ["sk-or-v1-0123456789abcdef0123456789abcdef", "key=sk-or-v1-0123456789abcdef0123456789abcdef"],
  ["rk_test_0123456789abcdefghij", "(rk_test_0123456789abcdefghij)"],
  ["ghp_0123456789abcdefghijklmnopqrstuvwxyz", "https://ghp_0123456789abcdefghijklmnopqrstuvwxyz@github.com/a/b"],
  ["github_pat_11ABCDEFG0123456789_abcdefghijklmnop", "github_pat_11ABCDEFG0123456789_abcdefghijklmnop"],
  ["glpat-0123456789abcdefghij", "glpat-0123456789abcdefghij"],
  ["npm_0123456789abcdefghijklmnopqrstuvwxyz", "_authToken=npm_0123456789abcdefghijklmnopqrstuvwxyz"],
  ["xoxb-0123456789-abcdefghijkl", "xoxb-0123456789-abcdefghijkl"],
  ["hf_abcdefghijklmnopqrstuvwxyz", "hf_abcdefghijklmnopqrstuvwxyz"],
  ["r8_abcdefghijklmnopqrstuvwxyz", "r8_abcdefghijklmnopqrstuvwxyz"],
  ["AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
  ["ASIAIOSFODNN7EXAMPLE", '"AccessKeyId":"ASIAIOSFODNN7EXAMPLE"'],
  ["AIzaSyA-0123456789abcdefghijklmnopqrstu", "AIzaSyA-0123456789abcdefghijklmnopqrstu"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln", "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln"],
  ["0123456789abcdef01", "api_key=0123456789abcdef01"],
  ["1123456789abcdef01", '{"x-api-key": "1123456789abcdef01"}'],
  ["FwoGZXIvYXdzEBYaD1234", "X-Amz-Security-Token=FwoGZXIvYXdzEBYaD1234"],
  ["fe5f80f77d5fa3beca038a248ff027", "https://bucket.example/a.mp4?X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027"],
  ["2f6e1d0c9b8a7f6e5d4c", "https://cdn.example/a.mp4?Expires=1&Signature=2f6e1d0c9b8a7f6e5d4c&Key-Pair-Id=K"],
  ["sv=2024&sig=9a8b7c6d5e", "https://x.blob.example/a.mp4?sv=2024&sig=9a8b7c6d5e"],
  ["hunter2hunter2", "password: hunter2hunter2"],
  ["s3cr3tw0rd", "https://ada:s3cr3tw0rd@api.example/v1"],
  ["MIIEowIBAAKCAQEA", "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"],
];

const withWords = (reply: Reply, words: string, status = reply.status): Reply => {
  const body = JSON.parse(Buffer.from(reply.body).toString("utf8")) as Json;
  const more = {
    message: words,
    error: words,
    detail: words,
    error_message: words,
    failure_reason: words,
    note: words,
  };
  const said = typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, ...more } : body;
  return {
    status,
    headers: { "content-type": "application/json", "x-request-id": "x", "x-trace": encodeURIComponent(words) },
    body: JSON.stringify(said),
  };
};

test("what a provider lets slip of anybody's secrets is in no output, no lock, no journal and no comment", async () => {
  const films = told.map(([, said], at) => ({ said, name: `film-${at}`, prompt: `film ${at}.` }));
  const faults = films
    .map(({ said, prompt }, at) => ({ at, fault: { kind: "fails", message: said, prompt } as const }))
    .filter(({ at }) => at % 3 === 0)
    .map(({ fault }) => fault);
  const golpo = await api({ faults });
  const jobs = new Map<string, string>();
  const front = await impostor(golpo.url, async ({ method, path }, pass) => {
    const reply = await pass();
    if (!String(reply.headers?.["content-type"] ?? "").includes("json")) return reply;
    const at = (jobs.size + 1) % told.length;
    if (method === "POST" && path.endsWith("/generate")) {
      jobs.set(String(jobs.size), path);
      // Every third is refused in words that hold a secret; all others say more than they should.
      return withWords(reply, films[at]?.said ?? "", at % 3 === 1 ? 400 : reply.status);
    }
    return withWords(
      reply,
      films
        .map(({ said }) => said)
        .slice(jobs.size % 25)
        .slice(0, 6)
        .join(" "),
    );
  });
  const project = "version: 1\nproviders: { golpo: { concurrency: 20, submitsPerMinute: 600 } }\n";
  const files = Object.fromEntries(films.map(({ name, prompt }) => [`videos/${name}.yaml`, spec(prompt)]));
  const { videos, github, runner, opened, labelled, head } = await pullRequest(golpo, {
    files: { ...files, "reelform.yaml": project },
  });
  const env = { GOLPO_BASE_URL: `${front.url}/golpo`, GOLPO_API_KEY: key };
  const steps = [
    await runner.step(opened, {}, env),
    await runner.step(labelled(head, "grace"), { command: "reconcile" }, env),
    await runner.step(opened, {}, env),
  ];
  expect(
    steps.map(({ code }) => code),
    steps[1]?.log,
  ).toEqual([0, 1, 0]);
  const json = await videos.reelform("plan --json", { ...env, GITHUB_TOKEN: token });
  const status = await videos.reelform("status --json", { ...env, GITHUB_TOKEN: token });
  expect([json.code, status.code]).toEqual([0, 0]);

  const history = execFileSync("git", ["-C", videos.remote.path, "log", "--patch", "--all"], { maxBuffer: 2 ** 27 });
  const places: Readonly<Record<string, string>> = {
    "the job's log": steps.map(({ log }) => log.replaceAll(/^::add-mask::.*$/gm, "")).join("\n"),
    "the summary": steps.map(({ summary }) => summary).join("\n"),
    outputs: JSON.stringify(steps.map(({ outputs }) => outputs)),
    "what GitHub heard": JSON.stringify(github.exchanges().map(({ path, request }) => [path, request])),
    "the history": history.toString("utf8"),
    "the plan and the states": json.stdout + json.stderr + status.stdout + status.stderr,
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(200);
    expect(told.filter(([secret]) => text.includes(secret)).map(([secret]) => `${secret} in ${place}`)).toEqual([]);
  }
  for (const place of ["the history", "what GitHub heard"]) expect(places[place]).toContain("[secret]");
  expect(Number(steps[1]?.outputs.failed)).toBeGreaterThanOrEqual(11);
  const locks = await Promise.all(films.map(({ name }) => videos.remote.file(branch, `videos/${name}.lock.json`)));
  expect(locks.filter((text) => text === undefined)).toEqual([]);
  expect(locks.filter((text) => /:\/\/[^"]*[?@]/.test(text ?? ""))).toEqual([]);
});
