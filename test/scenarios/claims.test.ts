import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from", { head: { labels: { team: "hr" } } }),
};
const nothing = "nothing to claim: no request that a provider took on ended without a result\n";
const reconcile = "reconcile --yes --commit --push";

async function claimsIn(videos: Stage, flags = ""): Promise<string> {
  const { code, stdout, stderr } = await videos.reelform(`status --claims ${flags}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** One job failed, and somebody had it made again. */
async function madeAgain() {
  const golpo = await api({ faults: [{ kind: "fails", message: "no voice available", prompt: "wind" }] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform(reconcile, golpo.real);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stdout).toMatch(/\ncharged for nothing\? reelform status --claims\n/);
  const failed = await videos.clone();
  const again = await videos.reelform(`${reconcile} --retry provider`, golpo.real);
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).not.toContain("--claims");
  const held = (await failed.locks()).get("winds");
  const job = held?.state === "failed" ? held.job?.id : undefined;
  if (job === undefined) throw new Error("the lock does not name the job that failed");
  return { golpo, videos, failed, job };
}

test("a job that failed is claimed with its id, times, price and the provider's words, although it was made again", async () => {
  const { golpo, videos, job } = await madeAgain();
  const seen = golpo.seen.length;
  const letter = await claimsIn(videos);
  expect(letter).toMatch(
    /^To golpo: please check 1 request that ended without a result, and refund what\nwas charged\.\n/,
  );
  const time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC";
  expect(letter).toMatch(new RegExp(`\n1\\. job ${job}\\b.*\n`));
  expect(letter).toMatch(/\n {3}our name {3}winds\n/);
  expect(letter).toMatch(new RegExp(`\n   submitted  ${time}\n   ended      ${time}\n`));
  expect(letter).toContain("\n   charged    your API did not tell us; our estimate is $0.50\n");
  expect(letter).toContain("no voice available\n");
  expect(letter).toMatch(/\nTotal: \$0\.50 by our estimate for 1 request\.\n$/);
  expect(JSON.parse(await claimsIn(videos, "--json"))).toMatchObject({
    emulated: false,
    providers: [{ provider: "golpo", estimated: "0.50", billed: [], requests: [{ unit: "winds", job: { id: job } }] }],
  });

  expect(await claimsIn(videos, "--emulate")).toBe(nothing);
  await videos.remove("videos/winds.yaml");
  await videos.remove("videos/winds.lock.json");
  for (const selector of ["", "winds", "videos/winds.yaml", "provider:golpo"])
    expect(await claimsIn(videos, selector), selector).toBe(letter);
  expect(await claimsIn(videos, "tides")).toBe(nothing);
  expect(await videos.reelform("status --claims provider:openrouter")).toMatchObject({ code: 64, stdout: "" });
  expect(golpo.seen).toHaveLength(seen);
});

test("labels select claims, and a clone without a journal claims what its locks say", async () => {
  const { failed, job } = await madeAgain();
  const told = await failed.reelform("status --claims label:team=hr");
  expect(told).toMatchObject({ code: 0 });
  expect(told.stdout).toContain(`1. job ${job}`);
  const [, fetch = ""] = /hint: `git (fetch .*?)`/.exec(told.stderr) ?? [];
  expect(fetch).toBe("fetch origin refs/reelform/journal:refs/reelform/journal");
  await failed.git(...fetch.split(" "));
  const whole = await claimsIn(failed, "label:team=hr");
  expect(whole).toContain(`1. job ${job}`);
  expect(whole).toContain("our estimate is $0.50");
});

test("a submit whose answer was lost may have been charged, until it is settled", async () => {
  const golpo = await api({
    faults: [
      { on: "submit", prompt: "sea rises", kind: "accept-then-drop" },
      { on: "list", nth: 2, times: "always", kind: "status", status: 500 },
    ],
  });
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile, golpo.real)).toMatchObject({ code: 6 });
  const letter = await claimsIn(videos);
  expect(letter).toContain(
    "1. no job id: the answer to the request was lost\n   what       it may have been taken on, or not\n",
  );
  const [lost] = golpo.accepted().filter(({ unheard }) => unheard !== undefined);
  const settle = `resolve tides --job ${lost?.job}`;
  expect(await videos.reelform(settle, golpo.real)).toMatchObject({ code: 0 });
  expect(await claimsIn(videos)).toBe(nothing);
});

test("what an emulated run lost is no money, and is told where emulated runs are asked for", async () => {
  const golpo = await api({ faults: [{ kind: "fails", prompt: "wind" }] });
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stdout).not.toContain("--claims");
  expect(await claimsIn(videos)).toBe(nothing);
  const letter = await claimsIn(videos, "--emulate");
  expect(letter).toMatch(/^Emulated, so nothing is to be claimed\./);
  expect(letter).toMatch(/\nTotal: \$0\.50 by our emulated estimate for 1 request\.\n$/);
});
