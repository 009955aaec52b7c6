import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { outcomes, planIn, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const project = (text: string) => ({ ...specs, "reelform.yaml": `version: 1\n${text}\n` });

test("with the digest of the plan that was reviewed the plan is carried out", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const { stdout } = await videos.reelform("plan --emulate");
  const [, command] = /next: reelform (reconcile .*)$/m.exec(stdout) ?? [];
  expect(command).toMatch(/^reconcile --expect [0-9a-f]{10} --max-cost 1\.00 --emulate$/);
  expect(await videos.reelform(command ?? "")).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});

test("with another digest nothing is submitted", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform("reconcile --emulate --expect 0123456789");
  expect(ran).toMatchObject({ code: 5 });
  expect(ran.stdout).toMatch(/not what was approved/);
  expect(golpo.emulator.ledger()).toEqual([]);
});

test("the plan of an emulated run approves no run that pays, and says of its prices that they are emulated", async () => {
  const golpo = await api();
  const videos = await stage(project("budget: { perRun: 0.99 }"), { api: golpo });
  const [emulated, real] = [await planned(videos), await planned(videos, "")];
  expect(emulated.actions.map(({ digest }) => digest)).toEqual(real.actions.map(({ digest }) => digest));
  const ran = await videos.reelform(`reconcile --expect ${emulated.digest}`, golpo.real);
  expect(ran).toMatchObject({ code: 5 });
  expect(golpo.emulator.ledger()).toEqual([]);
  expect((await videos.reelform("plan --emulate")).stderr).toMatch(
    /^warning reconcile refuses this: by emulated prices/,
  );
  const dear = await videos.reelform("reconcile --emulate --yes");
  expect(dear).toMatchObject({ code: 4 });
  expect(dear.stderr).toContain("refused: by emulated prices this plan may cost");
  expect(
    await videos.reelform(`reconcile tides --expect ${(await planned(videos, "tides")).digest}`, golpo.real),
  ).toMatchObject({
    code: 0,
  });
  expect(golpo.accepted()).toHaveLength(1);
  expect((await videos.reelform("why winds --emulate")).stdout).toMatch(
    /winds will be generated · emulated estimate \$0\.50\n/,
  );
  expect((await videos.reelform("why winds")).stdout).toMatch(/winds will be generated · estimated \$0\.50\n/);
});

test("that nothing was to do is no approval of what there is to do now", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes")).toMatchObject({ code: 0 });
  const empty = (await planned(videos)).digest;
  expect(await videos.reelform(`reconcile --emulate --expect ${empty}`)).toMatchObject({ code: 0 });

  const asked = golpo.seen.length;
  for (const changed of [spec("Why it rains"), spec("Why the sea rises and falls", { head: { title: "Tides" } })]) {
    await videos.write({ "videos/tides.yaml": changed });
    const ran = await videos.reelform(`reconcile --emulate --expect ${empty}`);
    expect(ran).toMatchObject({ code: 5 });
    expect(ran.stdout).toMatch(/! tides\s+not what was approved/);
  }
  await videos.write({ "videos/tides.yaml": specs["videos/tides.yaml"], "videos/rain.yaml": spec("Why it rains") });
  expect(await videos.reelform(`reconcile --emulate --expect ${empty}`)).toMatchObject({ code: 5 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(golpo.seen).toHaveLength(asked);
});

test("a plan file that is missing, or is none, is a mistake of the call for whoever reads it", async () => {
  const videos = await stage(specs);
  await videos.write({ "broken.json": "{" });
  for (const line of ["reconcile --emulate --plan", "comment --plan", "comment --result"]) {
    for (const [file, said] of [
      ["nowhere.json", /^error nowhere\.json cannot be read \(ENOENT\)\nhint: /],
      ["broken.json", /^error broken\.json: .*\nhint: /],
    ] as const) {
      const ran = await videos.reelform(`${line} ${file}`);
      expect(ran, line).toMatchObject({ code: 64, stdout: "" });
      expect(ran.stderr).toMatch(said);
    }
  }
});

test("of a plan file only what changed since is stale", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("plan --emulate --out ../plan.json")).toMatchObject({ code: 0 });
  await videos.write({
    "videos/tides.yaml": spec("Why the ocean rises and falls"),
    "videos/rain.yaml": spec("Why it rains"),
  });
  const ran = await videos.reelform("reconcile --emulate --plan ../plan.json --json");
  expect(ran).toMatchObject({ code: 5 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ rain: "held", tides: "held", winds: "generated" });
  expect(golpo.accepted()).toHaveLength(1);
});

test("a plan file that somebody changed after it was made approves nothing", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform("plan --emulate tides --out ../plan.json")).toMatchObject({ code: 0 });
  const text = (await videos.read("../plan.json")) ?? "";
  await videos.write({ "../plan.json": text.replaceAll('"0.50"', '"50.00"') });
  const ran = await videos.reelform("reconcile --emulate --plan ../plan.json");
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(/was changed after it was made\nhint: .*reelform plan --out/);
  expect(golpo.emulator.ledger()).toEqual([]);
});

test("a price that rose after the review was not approved, one that fell was", async () => {
  const apis = await api();
  const priced = (perSecond: string) => `version: 1
providers: { photogpt: { prices: { grok-imagine-1.5: { perSecond: "${perSecond}" } } } }
`;
  const reel =
    "provider: photogpt\nwith: { modelID: grok-imagine-1.5, prompt: Rain, options: { grok: { duration: 4 } } }\n";
  const videos = await stage({ "videos/reel.yaml": reel, "reelform.yaml": priced("0.10") }, { api: apis });
  expect(await videos.reelform("plan --emulate --out ../plan.json")).toMatchObject({ code: 0 });
  await videos.write({ "reelform.yaml": priced("0.11") });
  expect(await videos.reelform("reconcile --emulate --plan ../plan.json")).toMatchObject({ code: 5 });
  expect(apis.accepted()).toHaveLength(0);
  await videos.write({ "reelform.yaml": priced("0.09") });
  expect(await videos.reelform("reconcile --emulate --plan ../plan.json")).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(1);
});

test.each([
  ["--max-cost below the plan's price", "", "--max-cost 0.99", /more than --max-cost 0\.99/],
  ["budget.perRun", "budget: { perRun: 0.99 }", "", /more than budget\.perRun of \$0\.99/],
  ["budget.perMonth", "budget: { perMonth: 0.99 }", "", /more than budget\.perMonth of \$0\.99/],
])("%s stops the whole run before the first request", async (_what, budget, flags, said) => {
  const golpo = await api();
  const videos = await stage(project(budget), { api: golpo });
  const ran = await videos.reelform(`reconcile --emulate --yes ${flags}`);
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(said);
  expect(golpo.emulator.ledger()).toEqual([]);
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test("a budget that is enough does not stand in the way", async () => {
  const golpo = await api();
  const videos = await stage(project("budget: { perRun: 1, perMonth: 1 }"), { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes --max-cost 1")).toMatchObject({ code: 0 });
});

test("what was spent this month counts", async () => {
  const golpo = await api();
  const videos = await stage(project("budget: { perMonth: 1.2 }"), { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes")).toMatchObject({ code: 0 });
  await videos.write({ "videos/rain.yaml": spec("Why it rains") });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(/on top of \$1\.00 this month/);
  expect(golpo.emulator.ledger()).toHaveLength(2);
});

test("a spec's own limit holds that spec alone", async () => {
  const golpo = await api();
  const dear = spec("Where the wind comes from", { head: { budget: { max: 0.25 } } });
  const videos = await stage({ ...specs, "videos/winds.yaml": dear }, { api: golpo });
  const ran = await videos.reelform("reconcile --emulate --yes --json");
  expect(ran).toMatchObject({ code: 4 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ tides: "generated", winds: "held" });
  expect(golpo.emulator.ledger()).toHaveLength(1);
});

const unpriced = { "videos/tides.yaml": spec("Why the sea rises and falls", { with: { timing: undefined } }) };

test("an unknown price is never told as nothing", async () => {
  const videos = await stage(unpriced);
  const asked = await videos.reelform("plan");
  expect(asked.stdout).toMatch(/! tides\s+price unknown/);
  const allowed = await videos.reelform("reconcile --dry-run --allow-unknown-cost");
  expect(allowed.stdout).toMatch(/\+ tides\s+new\s+unknown/);
  expect(allowed.stdout).toMatch(/estimated \$0\.00 \+ 1 unknown price/);
  const plan = await planned(videos);
  expect(plan.totals).toMatchObject({ unpriced: 1 });
  expect(plan.actions[0]?.estimate).toMatchObject({ kind: "unknown" });
});

test.each([
  ["ask, unless told", "", "", 4, 0],
  ["ask, and somebody allowed it", "", "--allow-unknown-cost", 7, 1],
  ["deny", "budget: { unknown: deny }", "", 4, 0],
  ["allow", "budget: { unknown: allow }", "", 7, 1],
])("an unknown price by the policy %s", async (_policy, budget, flags, code, submitted) => {
  const golpo = await api();
  const videos = await stage({ ...unpriced, "reelform.yaml": `version: 1\n${budget}\n` }, { api: golpo });
  const ran = await videos.reelform(`reconcile --yes --wait 0 ${flags}`, golpo.real);
  expect(ran).toMatchObject({ code });
  expect(golpo.emulator.ledger()).toHaveLength(submitted);
});

test("where nobody can be asked and nobody has agreed, nothing is sent at all", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const ran = await videos.reelform("reconcile", golpo.real);
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(/hint: add --yes, or --expect/);
  expect(golpo.seen).toEqual([]);
  expect(await videos.git("for-each-ref", "refs/reelform")).toBe("");
});

test("a provider that the policy does not list is refused, each spec where it names it", async () => {
  const golpo = await api();
  const videos = await stage(project("policy: { providers: [openrouter] }"), { api: golpo });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran).toMatchObject({ code: 3 });
  for (const spec of ["tides", "winds"])
    expect(ran.stderr).toMatch(new RegExp(`videos/${spec}.yaml:1:11 error .*policy`));
  expect(golpo.seen).toEqual([]);
});

test("a dry run is a plan, and writes nothing", async () => {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  const dry = await videos.reelform("reconcile --emulate --yes --dry-run");
  const plan = await videos.reelform("plan --emulate");
  expect(dry).toEqual(plan);
  expect(golpo.seen).toEqual([]);
  expect(await videos.git("status", "--porcelain")).toBe("");
});

test("a plan file names the commit it was made for and every price", async () => {
  const videos = await stage(specs);
  expect(await videos.reelform("plan --emulate --out plan.json --quiet")).toMatchObject({ code: 0 });
  const plan = planIn((await videos.read("plan.json")) ?? "");
  expect(plan.head).toBe(await videos.git("rev-parse", "HEAD"));
  expect(plan.actions.map(({ estimate }) => estimate)).toEqual(
    [1, 2].map(() => expect.objectContaining({ kind: "exact", amount: "0.50" })),
  );
});
