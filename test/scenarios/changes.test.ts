import { expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const prompt = "Why the sea rises and falls";
const reconcile = "reconcile --emulate --yes --commit";
const other = "Why the ocean rises and falls";

/** A repository whose one video is made, and how often the API was asked for one. */
async function made(text: string): Promise<{ readonly videos: Stage; readonly golpo: Api }> {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": text }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
  return { videos, golpo };
}

/** Nothing was paid in this run, and afterwards nothing is left to do. */
async function reconciledForFree(videos: Stage, golpo: Api): Promise<void> {
  const plan = await planned(videos);
  expect(plan.totals).toMatchObject({ low: "0.00", high: "0.00", unpriced: 0 });
  const before = golpo.emulator.ledger().length;
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.emulator.ledger()).toHaveLength(before);
  expect(await videos.reelform("plan --emulate --detailed-exitcode")).toMatchObject({ code: 0 });
}

const plain = spec(prompt, { head: { title: "Tides", labels: { team: "sea" } } });

test.each([
  ["a comment", `# the moon\n${plain}# the end\n`],
  [
    "the order of keys",
    spec(prompt, { head: { labels: { team: "sea" }, title: "Tides" } }).replace(
      /with:\n(.*)\n(.*)\n/,
      "with:\n$2\n$1\n",
    ),
  ],
  ["line ends of Windows", plain.replaceAll("\n", "\r\n")],
  ["a byte order mark", `\uFEFF${plain}`],
  ["labels", spec(prompt, { head: { title: "Tides", labels: { team: "moon" } } })],
  ["how a text is quoted", plain.replace(`"${prompt}"`, `>-\n    Why the sea\n    rises and falls`)],
])("%s can change and nothing happens", async (_what, text) => {
  const { videos, golpo } = await made(plain);
  expect(text).not.toBe(plain);
  await videos.write({ "videos/tides.yaml": text });
  expect(inWords(await planned(videos))).toEqual({ tides: "keep" });
  await reconciledForFree(videos, golpo);
});

test("a new title is set in place and costs nothing", async () => {
  const { videos, golpo } = await made(plain);
  await videos.write({ "videos/tides.yaml": plain.replace('"Tides"', '"The tides"') });
  expect(inWords(await planned(videos))).toEqual({ tides: "update title" });
  const before = golpo.seen.length;
  await reconciledForFree(videos, golpo);
  expect(golpo.seen.slice(before).filter((request) => request.startsWith("PATCH"))).toHaveLength(1);
  expect((await videos.locks()).get("tides")).toMatchObject({ metadata: { title: "The tides" } });
});

test("a new prompt is a new video, and the plan says which field and which words", async () => {
  const { videos, golpo } = await made(plain);
  await videos.write({ "videos/tides.yaml": plain.replace(prompt, other) });
  expect(inWords(await planned(videos))).toEqual({ tides: "replace prompt" });
  const { stdout } = await videos.reelform("plan --emulate");
  expect(stdout).toMatch(/~ tides\s+prompt/);
  expect(stdout).toMatch(/sea/);
  expect(stdout).toMatch(/ocean/);
  expect(stdout).toMatch(/emulated estimate \$0\.50/);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect(await videos.reelform("check --emulate")).toMatchObject({ code: 0 });
});

test("a short value that changed is told with its old and its new one", async () => {
  const { videos } = await made(plain);
  await videos.write({ "videos/tides.yaml": plain.replace('"0.25"', '"0.5"') });
  const { stdout } = await videos.reelform("plan --emulate");
  expect(stdout).toMatch(/~ tides\s+timing 0\.25 → 0\.5/);
});

test("a spec that moves with its lock keeps its video", async () => {
  const { videos, golpo } = await made(plain);
  await videos.git("mv", "videos/tides.yaml", "videos/sea.yaml");
  await videos.git("mv", "videos/tides.lock.json", "videos/sea.lock.json");
  await reconciledForFree(videos, golpo);
  expect([...(await videos.lock("videos/sea.lock.json")).keys()]).toEqual(["sea"]);
  expect(await videos.read("videos/tides.lock.json")).toBeUndefined();
});

test("a spec that moves without its lock takes the video along", async () => {
  const { videos, golpo } = await made(plain);
  await videos.git("mv", "videos/tides.yaml", "videos/sea.yaml");
  expect(inWords(await planned(videos))).toEqual({ sea: "move" });
  await reconciledForFree(videos, golpo);
  expect((await videos.lock("videos/sea.lock.json")).get("sea")).toMatchObject({ state: "ready" });
  expect(await videos.read("videos/tides.lock.json")).toBeUndefined();
  expect(await videos.git("status", "--porcelain", "--", "*.lock.json")).toBe("");
});

test("a spec that moves and changes is replaced where a reviewer sees it, and has one lock in the end", async () => {
  const { videos, golpo } = await made(plain);
  await videos.git("mv", "videos/tides.yaml", "videos/sea.yaml");
  await videos.write({ "videos/sea.yaml": `id: tides\n${plain.replace(prompt, other)}` });
  expect(inWords(await planned(videos))).toEqual({ tides: "replace prompt" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect((await videos.lock("videos/sea.lock.json")).get("tides")).toMatchObject({ state: "ready" });
  expect(await videos.read("videos/tides.lock.json")).toBeUndefined();
  expect(await videos.git("status", "--porcelain", "--", "*.lock.json")).toBe("");
  expect(await videos.reelform("check --emulate")).toMatchObject({ code: 0 });
});

test("a video that gets an id of its own is moved to it", async () => {
  const { videos, golpo } = await made(plain);
  await videos.write({ "videos/tides.yaml": `id: sea/tides\n${plain}` });
  expect(inWords(await planned(videos))).toEqual({ "sea/tides": "move" });
  await reconciledForFree(videos, golpo);
  expect([...(await videos.lock("videos/tides.lock.json")).keys()]).toEqual(["sea/tides"]);
});

test("a prompt that is taken back brings the first video back", async () => {
  const { videos, golpo } = await made(plain);
  const first = (await videos.locks()).get("tides");
  await videos.write({ "videos/tides.yaml": plain.replace(prompt, other) });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);

  await videos.write({ "videos/tides.yaml": plain });
  expect(inWords(await planned(videos))).toEqual({ tides: "reuse" });
  await reconciledForFree(videos, golpo);
  const again = (await videos.locks()).get("tides");
  expect(again).toMatchObject({ state: "ready", digest: first?.digest });
  expect(again).toHaveProperty("outputs", first !== undefined && "outputs" in first ? first.outputs : []);
});

test("a copy of a spec gets the video that there is", async () => {
  const { videos, golpo } = await made(plain);
  await videos.write({ "videos/copy.yaml": plain });
  expect(inWords(await planned(videos))).toEqual({ copy: "reuse", tides: "keep" });
  await reconciledForFree(videos, golpo);
});

test("two new specs that ask for the same are paid once", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/one.yaml": plain, "videos/two.yaml": plain }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);
  expect([...(await videos.locks()).values()].map(({ state }) => state)).toEqual(["ready", "ready"]);
});

test("a spec that is gone is forgotten, and its files stay", async () => {
  const { videos, golpo } = await made(plain);
  const entry = (await videos.locks()).get("tides");
  const [output] = entry?.state === "ready" ? entry.outputs : [];
  await videos.remove("videos/tides.yaml");
  expect(inWords(await planned(videos))).toEqual({ tides: "forget" });
  await reconciledForFree(videos, golpo);
  expect(await videos.read("videos/tides.lock.json")).toBeUndefined();
  expect(await videos.git("status", "--porcelain", "--", "*.lock.json")).toBe("");
  expect(await videos.read(output?.url ?? "")).toBeDefined();
  expect(golpo.seen.filter((request) => request.startsWith("DELETE"))).toEqual([]);
});

test("a part of the specs can be planned without forgetting the rest", async () => {
  const { videos } = await made(plain);
  await videos.write({ "videos/winds.yaml": spec("Where the wind comes from") });
  await videos.remove("videos/tides.yaml");
  const { stdout } = await videos.reelform("plan winds --emulate --json");
  expect(stdout).not.toMatch(/"forget": [1-9]|"kind": "forget"/);
});

test("a protected video is never replaced", async () => {
  const { videos, golpo } = await made(`protect: true\n${plain}`);
  await videos.write({ "videos/tides.yaml": `protect: true\n${plain.replace(prompt, other)}` });
  expect(inWords(await planned(videos))).toEqual({ tides: "hold protected" });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stdout).toMatch(/protect: true/);
  expect(golpo.emulator.ledger()).toHaveLength(1);
});

test("a new cell of a matrix is the only one that is made", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const language = "${{ matrix.language }}";
  const matrix = (languages: readonly string[]): string =>
    spec(prompt, {
      head: { matrix: { language: [...languages] } },
      with: { language },
    });
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": matrix(["en", "es"]) }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await videos.write({ "videos/tides.yaml": matrix(["es", "fr", "en"]) });
  expect(inWords(await planned(videos))).toEqual({ "tides@es": "keep", "tides@fr": "create", "tides@en": "keep" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
});

test("another take that is under way is the one that is meant when it is asked for again", async () => {
  const { videos, golpo } = await made(plain);
  expect(await videos.reelform(`${reconcile} --replace tides --wait 0`)).toMatchObject({ code: 7 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "submitted", take: 2 });
  expect(await videos.reelform(`${reconcile} --replace tides`)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready", take: 2 });
  await reconciledForFree(videos, golpo);
});

test("another take is made of a video that is fine, once", async () => {
  const { videos, golpo } = await made(plain);
  expect(await videos.reelform(`${reconcile} --replace tides`)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready", take: 2 });
  await reconciledForFree(videos, golpo);
});

test.each([
  ["renamed", "move"],
  ["copied", "reuse"],
])("another take stays with a video that is %s, where no journal tells of it either", async (how, kind) => {
  const { videos, golpo } = await made(plain);
  expect(await videos.reelform(`${reconcile} --replace tides`)).toMatchObject({ code: 0 });
  await videos.git("push", "--quiet");
  const other = await videos.clone();
  if (how === "renamed") await other.git("mv", "videos/tides.yaml", "videos/sea.yaml");
  else await other.write({ "videos/sea.yaml": plain });
  expect(inWords(await planned(other))).toEqual({ ...(how === "copied" ? { tides: "keep" } : {}), sea: kind });
  await reconciledForFree(other, golpo);
});
