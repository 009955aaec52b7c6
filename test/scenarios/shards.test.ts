import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { folder } from "../support/cli/folder.ts";
import { outcomes, planIn, planned, resultIn } from "../support/cli/plans.ts";
import { pullRequest } from "../support/cli/pull-request.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const films = 24;
const project = "version: 1\nproviders: { golpo: { concurrency: 16, submitsPerMinute: 600 } }\n";
const specs = Object.fromEntries(
  Array.from({ length: films }, (_, n) => [`videos/film-${n}.yaml`, spec(`Film number ${n}`)] as const),
);

interface Part {
  readonly shard: string;
  readonly expect: string;
}

async function partsOf({ reelform }: Stage, flags: string, env = {}): Promise<readonly Part[]> {
  const { code, stdout, stderr } = await reelform(`plan --emulate --format matrix ${flags}`, env);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { readonly include: readonly Part[] }).include;
}

const matrixOf = async (videos: Stage, shards: number): Promise<readonly string[]> =>
  (await partsOf(videos, `--shards ${shards}`)).map(({ shard }) => shard);

test("eight runs at once on one remote make every video once, and one commit has them all", async () => {
  const golpo = await api();
  const first = await stage({ ...specs, "reelform.yaml": project }, { api: golpo });
  const shards = await matrixOf(first, 8);
  expect(shards).toEqual(Array.from({ length: 8 }, (_, n) => `${n + 1}/8`));

  const runners = await Promise.all(shards.map(() => first.clone("--depth", "1")));
  const runs = await Promise.all(
    runners.map((runner, n) => runner.reelform(`reconcile --emulate --yes --shard ${shards[n]}`, { CI: "true" })),
  );
  expect(
    runs.map(({ code }) => code),
    runs.map(({ stderr }) => stderr).join("\n"),
  ).toEqual(shards.map(() => 0));
  expect(golpo.accepted()).toHaveLength(films);
  expect(golpo.accepted().filter(({ duplicateOf }) => duplicateOf !== undefined)).toEqual([]);

  const last = await first.clone();
  const { code, stderr } = await last.reelform("reconcile --emulate --yes --commit --push", { CI: "true" });
  expect(code, stderr).toBe(0);
  expect([...(await last.locks())].filter(([, { state }]) => state === "ready")).toHaveLength(films);
  expect(await last.git("log", "--oneline", "origin/main")).toMatch(/^\w+ videos: .*\n\w+ begin$/);
  expect(golpo.accepted()).toHaveLength(films);
  expect(await matrixOf(last, 8)).toEqual([]);
});

test("no more runs are asked for than the provider gives slots, or than there is work", async () => {
  const golpo = await api();
  const unlimited = await stage(specs, { api: golpo });
  expect(await matrixOf(unlimited, 8)).toHaveLength(3);
  const single = await stage({ "videos/only.yaml": spec("Only") }, { api: golpo });
  expect(await matrixOf(single, 8)).toEqual(["1/1"]);
});

const approvable = (number: number): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Array.from({ length: number }, (_, n) => [`videos/film-${n}.yaml`, spec(`Film number ${n}`)] as const),
  ),
  "reelform.yaml": project,
});

test("parts of an approved plan are approved one by one: what changed since makes its own part stale, and no other", async () => {
  const golpo = await api();
  const first = await stage(approvable(8), { api: golpo });
  const whole = await planned(first);
  const parts = await partsOf(first, `--shards 2 --expect ${whole.digest}`);
  expect(parts.map(({ shard }) => shard)).toEqual(["1/2", "2/2"]);

  const plans = await Promise.all(
    parts.map(async ({ shard, expect: digest }) => {
      const dry = await first.reelform(`reconcile --emulate --dry-run --shard ${shard} --expect ${digest} --json`);
      expect(dry).toMatchObject({ code: 0 });
      expect(planIn(dry.stdout).digest).toBe(`sha256:${digest}`);
      return planIn(dry.stdout).actions.map(({ unit }) => unit);
    }),
  );
  expect(plans.flat().sort()).toEqual(whole.actions.map(({ unit }) => unit).sort());

  const [, ofSecond = []] = plans;
  await first.write({ [`videos/${ofSecond[0]}.yaml`]: spec("Something else entirely") });
  await first.commit("after the review");
  const cut = await first.reelform(`plan --emulate --shards 2 --format matrix --expect ${whole.digest}`);
  expect(cut).toMatchObject({ code: 5, stdout: "" });
  expect(cut.stderr).toMatch(/^refused: the plan is [0-9a-f]{10}, and another one was approved\nhint: /);

  const codes: (number | null)[] = [];
  for (const { shard, expect: digest } of parts) {
    const runner = await first.clone("--depth", "1");
    const flags = `--shard ${shard} --expect ${digest} --max-cost 4`;
    codes.push((await runner.reelform(`reconcile --emulate ${flags}`, { CI: "true" })).code);
  }
  expect(codes).toEqual([0, 5]);
  expect(golpo.accepted()).toHaveLength(8 - ofSecond.length);
});

test("a part whose run was killed goes on under the same approval when its job is run once more, and in no other run", async () => {
  const killAt = 2;
  let kill = (): void => {};
  let submits = 0;
  const golpo = await api({
    watch: (request) => {
      if (request === "POST /golpo/api/v1/videos/generate" && ++submits === killAt) kill();
    },
  });
  const first = await stage(approvable(12), { api: golpo });
  const { digest } = await planned(first);
  const cut = `--shards 2 --expect ${digest}`;
  const parts = await partsOf(first, cut);
  const flags = ({ shard, expect: part }: Part): string => `reconcile --emulate --shard ${shard} --expect ${part}`;
  const [one, other] = parts as [Part, Part];
  const job = (run: number, attempt: number) => ({
    ...{ CI: "true", GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: String(attempt) },
    ...{ GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "acme/videos" },
  });

  const killed = (await first.clone()).begin(`${flags(one)} --concurrency 1`, job(7, 1));
  kill = killed.kill;
  expect(await killed.ended).toMatchObject({ code: null });
  kill = () => {};
  const beside = await (await first.clone()).reelform(flags(other), job(7, 1));
  expect(beside, beside.stderr).toMatchObject({ code: 0 });

  const elsewhere = await (await first.clone()).reelform(`${flags(one)} --json`, job(8, 1));
  expect(elsewhere).toMatchObject({ code: 5 });
  expect(Object.values(outcomes(resultIn(elsewhere.stdout)))).toContain("held");
  const made = golpo.accepted().length;
  expect(made).toBeLessThan(12);

  expect(await partsOf(await first.clone(), cut, job(7, 2))).toEqual(parts);
  const again = await (await first.clone()).reelform(flags(one), job(7, 2));
  expect(again, again.stdout + again.stderr).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(12);
  expect(golpo.accepted().filter(({ duplicateOf }) => duplicateOf !== undefined)).toEqual([]);
});

test("the Action cuts the plan that it has shown, or none: not one that others made another meanwhile", async () => {
  const { videos, runner, real } = await pullRequest(await api(), { branch: "trunk" });
  const push = { name: "push", payload: { ref: "refs/heads/trunk" } };
  const begun = { command: "reconcile", selectors: "tides", "max-cost": "1", commit: "false" };
  expect(await runner.step(push, begun, real)).toMatchObject({ code: 0 });
  const journal = await videos.remote.head("refs/reelform/journal");
  const put = (...to: readonly string[]): readonly string[] => ["-C", videos.remote.path, "update-ref", ...to];
  execFileSync("git", put("-d", "refs/reelform/journal"));
  await videos.git("clean", "--quiet", "-d", "--force");

  // A Git that brings the other run's journal to the remote once the plan is written.
  const temp = await folder();
  const program = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
  const brings = [program, ...put("refs/reelform/journal", journal ?? "")].join(" ");
  const script = `#!/bin/sh\nls ${temp}/reelform-*/plan.json >/dev/null 2>&1 && ${brings}\nexec ${program} "$@"\n`;
  mkdirSync(join(temp, "bin"));
  writeFileSync(join(temp, "bin", "git"), script, { mode: 0o755 });
  const env = { ...real, RUNNER_TEMP: temp, PATH: `${join(temp, "bin")}:${process.env.PATH}`, GITHUB_RUN_ID: "8" };
  const cut = await runner.step(push, { shards: "2", comment: "false" }, env);
  expect(cut, cut.log).toMatchObject({ code: 5, outputs: { paid: "2" } });
  expect(cut.outputs.matrix).toBeUndefined();
});

test.each(["0/4", "5/4", "2", "a/b", "-1/2"])("--shard %s is a usage mistake", async (shard) => {
  const here = await stage({ "videos/only.yaml": spec("Only") });
  expect((await here.reelform(`reconcile --emulate --shard ${shard}`)).code).toBe(64);
});
