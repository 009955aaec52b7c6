import { expect, test } from "vitest";
import { memoryState } from "../../src/emulator/state.ts";
import type { Resolution } from "../../src/report/resolve-text.ts";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, outcomes, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const prompt = "Why the sea rises and falls";
const wind = "Where the wind comes from";
const reconcile = "reconcile --emulate --yes --commit";

/** Somebody makes a video with the same account, past our tool. Answers its job. */
async function byHand(golpo: Api, prompt: string): Promise<string> {
  const before = golpo.accepted().length;
  const answer = await fetch(`${golpo.url}/golpo/api/v1/videos/generate`, {
    method: "POST",
    headers: { "x-api-key": "a colleague's", "content-type": "application/json" },
    body: JSON.stringify({ prompt, timing: "0.5" }),
  });
  expect(answer.status).toBe(201);
  return golpo.accepted()[before]?.job ?? "";
}

interface Doubtful {
  readonly videos: Stage;
  readonly golpo: Api;
}

/** `winds` is made. `tides` is held: the answer to its submit was lost, and either of two jobs may be the one. */
async function doubtful(flags = ""): Promise<Doubtful> {
  const golpo = await api({ faults: [{ on: "submit", nth: 3, kind: "accept-then-drop" }] });
  const videos = await stage({ "videos/winds.yaml": spec(wind) }, { api: golpo });
  expect(await videos.reelform(`${reconcile} ${flags}`)).toMatchObject({ code: 0 });
  await byHand(golpo, prompt);
  await videos.write({ "videos/tides.yaml": spec(prompt) });
  await videos.commit("tides");
  expect(await videos.reelform(`${reconcile} ${flags}`)).toMatchObject({ code: 6 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "unknown" });
  expect(golpo.accepted()).toHaveLength(3);
  return { videos, golpo };
}

async function asked(videos: Stage): Promise<Extract<Resolution, { kind: "open" }>> {
  const { code, stdout, stderr } = await videos.reelform("resolve tides --emulate --json");
  expect({ code, stderr }).toEqual({ code: 6, stderr: "" });
  const resolution = JSON.parse(stdout) as Resolution;
  if (resolution.kind !== "open") throw new Error(stdout);
  return resolution;
}

async function candidateOf(videos: Stage): Promise<string> {
  const [first] = (await asked(videos)).candidates ?? [];
  return first?.job.id ?? "";
}

test("without a word it asks: what was sent, what it may have cost, and which jobs may be it", async () => {
  const { videos, golpo } = await doubtful();
  const question = await asked(videos);
  expect(question).toMatchObject({ unit: "tides", provider: "golpo", estimate: "0.50" });
  expect(question.candidates).toHaveLength(2);

  const { stdout } = await videos.reelform("resolve tides --emulate");
  expect(stdout).toMatch(
    /^tides was sent to golpo at \S+Z and no clear answer came back; its emulated price is \$0\.50\.$/m,
  );
  for (const { job } of question.candidates ?? []) expect(stdout).toContain(`\n  ${job.id}  `);
  for (const answer of ["--job <id>", "--none", "--abandon"])
    expect(stdout).toContain(`reelform resolve tides --emulate ${answer}\n`);
  expect(inWords(await planned(videos))).toEqual({ tides: "hold unknown", winds: "keep" });
  expect(golpo.accepted()).toHaveLength(3);
});

test("--job: the lock says at once that it runs, and the next run fetches it", async () => {
  const { videos, golpo } = await doubtful();
  const job = await candidateOf(videos);
  const said = await videos.reelform(`resolve tides --emulate --job ${job}`);
  expect(said).toMatchObject({ code: 0, stderr: "" });
  expect(said.stdout).toBe(`tides: recorded as job ${job}; \`reelform resume --emulate\` fetches it\n`);

  expect((await videos.locks()).get("tides")).toMatchObject({ state: "submitted", job: { id: job } });
  expect((await videos.reelform("status --emulate")).stdout).toMatch(/tides\s+submitted/);
  expect(inWords(await planned(videos))).toEqual({ tides: "resume", winds: "keep" });
  const ran = await videos.reelform(`${reconcile} --json`);
  expect(ran).toMatchObject({ code: 0 });
  expect(outcomes(resultIn(ran.stdout))).toEqual({ tides: "generated", winds: "kept" });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready", job: { id: job } });
  expect(await videos.git("status", "--porcelain")).toBe("");
  expect(golpo.accepted()).toHaveLength(3);
});

test("--none: the lock holds nothing any more, and the next run submits it, once", async () => {
  const { videos, golpo } = await doubtful();
  const said = await videos.reelform("resolve tides --emulate --none --json");
  expect(said).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(said.stdout)).toEqual({ kind: "not-begun", unit: "tides" });

  expect((await videos.locks()).get("tides")).toBeUndefined();
  expect((await videos.reelform("status --emulate")).stdout).toMatch(/tides\s+not generated/);
  expect(inWords(await planned(videos))).toEqual({ tides: "create", winds: "keep" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
});

test("--abandon: it counts as failed, stays as it is, and only another spec is submitted", async () => {
  const { videos, golpo } = await doubtful();
  expect(await videos.reelform("resolve tides --emulate --abandon")).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "failed", class: "unknown" });
  expect(inWords(await planned(videos))).toEqual({ tides: "hold failed", winds: "keep" });

  const held = await videos.reelform(reconcile);
  expect(held).toMatchObject({ code: 1 });
  // There is nothing left to resolve, so nobody is sent there.
  expect(held.stdout).toMatch(/given up/);
  expect(held.stdout).toMatch(/next: reelform why tides --emulate\n$/);
  expect(await videos.reelform(`${reconcile} --retry failed`)).toMatchObject({ code: 1 });
  expect(golpo.accepted()).toHaveLength(3);

  await videos.write({ "videos/tides.yaml": spec("Why the ocean rises and falls") });
  expect(inWords(await planned(videos))).toEqual({ tides: "replace prompt", winds: "keep" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);
});

test("what is settled is settled: asked again, nothing is open", async () => {
  const { videos } = await doubtful();
  expect(await videos.reelform("resolve tides --emulate --none")).toMatchObject({ code: 0 });
  for (const answer of ["", "--abandon", "--job anything"])
    expect(await videos.reelform(`resolve tides --emulate ${answer}`)).toMatchObject({
      code: 0,
      stdout: "tides: nothing is open\n",
    });
  expect(inWords(await planned(videos))).toEqual({ tides: "create", winds: "keep" });
});

test("a job that the provider does not know is a mistake, and nothing is written down", async () => {
  const { videos } = await doubtful();
  const lock = await videos.read("videos/tides.lock.json");
  const journal = await videos.git("rev-parse", "refs/reelform/journal-emulated");
  const ran = await videos.reelform("resolve tides --emulate --job 7d0c2f5e");
  expect(ran).toMatchObject({ code: 64, stdout: "" });
  expect(ran.stderr).toMatch(/^error golpo knows no job 7d0c2f5e\nhint: /);
  expect(await videos.read("videos/tides.lock.json")).toBe(lock);
  expect(await videos.git("rev-parse", "refs/reelform/journal-emulated")).toBe(journal);
});

test("the job of another unit is a mistake, by whichever of its ids it is named", async () => {
  const { videos } = await doubtful();
  const winds = (await videos.locks()).get("winds");
  const ids = winds?.state === "ready" ? Object.values(winds.job ?? {}) : [];
  expect(ids).not.toEqual([]);
  for (const id of ids) {
    const ran = await videos.reelform(`resolve tides --emulate --job ${id}`);
    expect(ran).toMatchObject({ code: 64, stdout: "" });
    expect(ran.stderr).toContain(`error job ${id} is that of winds`);
  }
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "unknown" });
});

test("a job is recorded with the name that the list has for it too, so that no other request is given it", async () => {
  const { videos, golpo } = await doubtful();
  const candidates = (await asked(videos)).candidates ?? [];
  const [, , lost] = golpo.accepted();
  const ran = await videos.reelform(`resolve tides --emulate --job ${lost?.job}`);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  const tides = (await videos.locks()).get("tides");
  const job = tides?.state === "submitted" ? tides.job : undefined;
  expect(job?.id).toBe(lost?.job);
  expect(candidates.map(({ job: { video } }) => video)).toContain(job?.video);
});

test("a job that asks for something else is taken at a person's word, with a warning", async () => {
  const { videos, golpo } = await doubtful();
  const other = await byHand(golpo, "Why it rains");
  const ran = await videos.reelform(`resolve tides --emulate --job ${other}`);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(/^warning in golpo's list job \S+ does not look like this request/);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "submitted", job: { id: other } });
});

test("while the provider cannot be asked, a person's word is written down all the same", async () => {
  const state = memoryState();
  const deaf = await api({
    state,
    faults: [
      { on: "submit", kind: "accept-then-drop" },
      { on: "list", nth: 2, times: "always", kind: "status", status: 503 },
      { on: "poll", times: "always", kind: "status", status: 503 },
    ],
  });
  const videos = await stage({ "videos/tides.yaml": spec(prompt) }, { api: deaf });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 6 });
  const [lost] = deaf.accepted();
  const ran = await videos.reelform(`resolve tides --emulate --job ${lost?.job}`);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(/^warning golpo could not be asked about job \S+ \(.*503.*\); recorded as you say\n$/);

  const well = await api({ state });
  expect(await videos.reelform("resume --emulate --commit", { REELFORM_EMULATOR_URL: well.url })).toMatchObject({
    code: 0,
  });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(well.accepted()).toHaveLength(1);
});

test("a unit that is not held stays as it is, and one that is not there is a mistake", async () => {
  const { videos } = await doubtful();
  const lock = await videos.read("videos/winds.lock.json");
  for (const answer of ["", "--none", "--abandon", "--job 7d0c2f5e"]) {
    const ran = await videos.reelform(`resolve winds --emulate --json ${answer}`);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ran.stdout)).toEqual({ kind: "nothing-open", unit: "winds" });
  }
  expect(await videos.read("videos/winds.lock.json")).toBe(lock);

  const ran = await videos.reelform("resolve rain --emulate --none");
  expect(ran).toMatchObject({ code: 64, stdout: "" });
  expect(ran.stderr).toBe("error there is no unit rain\nhint: `reelform status` lists every unit\n");
});

test.each(["--none --abandon", "--job 7d0c2f5e --none", "--job 7d0c2f5e --abandon"])(
  "two answers at once (%s) are none",
  async (answers) => {
    const { videos } = await doubtful();
    const ran = await videos.reelform(`resolve tides --emulate ${answers}`);
    expect(ran).toMatchObject({ code: 64, stdout: "" });
    expect(ran.stderr).toMatch(/cannot be used with option/);
    expect((await videos.locks()).get("tides")).toMatchObject({ state: "unknown" });
  },
);

test("of two people who answer at once, the one who saw the job is right, and nothing is paid again", async () => {
  const { videos, golpo } = await doubtful();
  const job = await candidateOf(videos);
  const answers = await Promise.all([
    videos.reelform("resolve tides --emulate --none"),
    videos.reelform(`resolve tides --emulate --job ${job}`),
  ]);
  // Whoever comes second finds it settled, or adds to it: either way the run that follows is the judge.
  expect(answers.map(({ code }) => code)).toEqual([0, 0]);
  const said = answers.map(({ stdout }) => stdout);
  const submits = said[1] === "tides: nothing is open\n" ? 1 : 0;
  expect(inWords(await planned(videos))).toEqual({ tides: submits === 1 ? "create" : "resume", winds: "keep" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(golpo.accepted()).toHaveLength(3 + submits);
});

test("a colleague whose clone has the lock and not the journal settles it for all", async () => {
  const { videos, golpo } = await doubtful("--push");
  const colleague = await videos.clone();
  const job = await candidateOf(colleague);
  expect(await colleague.reelform(`resolve tides --emulate --job ${job}`)).toMatchObject({ code: 0 });
  expect(await colleague.reelform("resume --emulate --commit --push")).toMatchObject({ code: 0 });

  await videos.git("pull", "--quiet", "--rebase");
  expect(await videos.reelform(`${reconcile} --push`)).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready", job: { id: job } });
  expect(golpo.accepted()).toHaveLength(3);
});

test("a doubt about what the spec asked for before can be settled after it changed", async () => {
  const { videos, golpo } = await doubtful();
  await videos.write({ "videos/tides.yaml": spec("Why the ocean rises and falls") });
  const asked = await videos.reelform("resolve tides --emulate");
  expect(asked).toMatchObject({ code: 6 });
  expect(await videos.reelform("resolve tides --emulate --abandon")).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "failed", class: "unknown" });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(4);

  await videos.write({ "videos/tides.yaml": spec(prompt) });
  expect(inWords(await planned(videos))).toEqual({ tides: "hold failed", winds: "keep" });
});
