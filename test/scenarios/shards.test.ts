import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const films = 24;
const project = "version: 1\nproviders: { golpo: { concurrency: 16, submitsPerMinute: 600 } }\n";
const specs = Object.fromEntries(
  Array.from({ length: films }, (_, n) => [`videos/film-${n}.yaml`, spec(`Film number ${n}`)] as const),
);

async function matrixOf({ reelform }: Stage, shards: number): Promise<readonly string[]> {
  const { code, stdout, stderr } = await reelform(`plan --emulate --shards ${shards} --format matrix`);
  expect(code, stderr).toBe(0);
  const { include } = JSON.parse(stdout) as { readonly include: readonly { readonly shard: string }[] };
  return include.map(({ shard }) => shard);
}

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

test.each(["0/4", "5/4", "2", "a/b", "-1/2"])("--shard %s is a usage mistake", async (shard) => {
  const here = await stage({ "videos/only.yaml": spec("Only") });
  expect((await here.reelform(`reconcile --emulate --shard ${shard}`)).code).toBe(64);
});
