import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { effectsOf } from "../report/effects.ts";
import { type Api, api } from "../support/cli/api.ts";
import { planned } from "../support/cli/plans.ts";
import { branch, pullRequest } from "../support/cli/pull-request.ts";
import { spec } from "../support/cli/spec.ts";
import type { Stage } from "../support/cli/stage.ts";

const tides = "videos/tides.lock.json";
const winds = "videos/winds.lock.json";

/** A server that nobody has any business with. */
async function canary() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("x");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => new Promise((done) => server.close(() => done())));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4` };
}

/** What the base has: tides, made and locked. */
const made = (golpo: Api) => async (videos: Stage) => {
  await videos.write({ "videos/tides.yaml": spec("Why the sea rises and falls") });
  await videos.commit("tides");
  expect(await videos.reelform("reconcile --yes --commit --push", golpo.real)).toMatchObject({ code: 0 });
};

/** The true lock of tides, and the parts that a forger needs for one of winds, which was never made. */
async function forgery(videos: Stage) {
  const written = (await videos.read(tides)) ?? "";
  const truth = JSON.parse(written) as { readonly units: { readonly tides: JsonObject } };
  const digest = (await planned(videos, "")).actions.find(({ unit }) => unit === "winds")?.digest ?? "";
  const film = (truth.units.tides.outputs as readonly JsonObject[])[0] ?? {};
  const lock = (units: JsonObject, version = 1) => JSON.stringify({ lockVersion: version, units });
  const own = { ...truth.units.tides, digest };
  return {
    written,
    done: (url: string) => lock({ winds: { ...own, outputs: [{ ...film, url }] } }),
    running: (id: string) => {
      const { completedAt: _, outputs: __, cost: ___, ...begun } = own as JsonObject;
      return lock({ winds: { ...begun, state: "submitted", job: { id } } });
    },
    tides: (more: JsonObject) => lock({ tides: { ...truth.units.tides, ...more } }),
    lock,
    job: (truth.units.tides.job as { readonly id: string }).id,
  };
}

type Forgery = Awaited<ReturnType<typeof forgery>>;

/** What is forged, and what is left of it in a branch of our own: the plan's warning, or a mistake of the file. */
const forged: readonly (readonly [string, string, (parts: Forgery, evil: string) => string | undefined, 0 | 3])[] = [
  ["a video that is done, elsewhere", winds, ({ done }) => done("https://evil.example/x.mp4"), 0],
  ["a video that is done, on this machine", winds, ({ done }, evil) => done(evil), 0],
  ["a video that is a script", winds, ({ done }) => done("javascript:alert(1)"), 0],
  ["a video that is a page", winds, ({ done }) => done("data:text/html,<script>alert(1)</script>"), 0],
  ["a video that is a file of the runner", winds, ({ done }) => done("../../.git/config"), 0],
  ["a signed address", winds, ({ done }) => done("https://evil.example/x.mp4?sig=1"), 3],
  ["the job of another video", winds, ({ running, job }) => running(job), 0],
  ["a job that leads to another address", winds, ({ running }) => running(".."), 3],
  ["a job of endless name", winds, ({ running }) => running("x".repeat(300)), 3],
  ["another request", tides, ({ tides: of }) => of({ digest: `sha256:${"0".repeat(64)}` }), 0],
  ["an older version", tides, ({ lock }) => lock({}, 0), 3],
  ["a newer version", tides, ({ lock }) => lock({}, 99), 3],
  ["a unit that every object has", tides, ({ written }) => written.replace('"tides"', '"__proto__"'), 0],
  ["a unit of an impossible name", tides, ({ written }) => written.replace('"tides"', '"<img src=x>"'), 3],
  ["a file of thirty million bytes", tides, ({ written }) => written + " ".repeat(34_000_000), 3],
  ["both sides of a merge", tides, ({ written }) => `<<<<<<< ours\n${written}=======\n${written}>>>>>>> theirs\n`, 3],
  ["nothing at all", tides, () => undefined, 0],
];

async function put(videos: Stage, path: string, text: string | undefined): Promise<void> {
  await videos.git("checkout", "--quiet", "main", "--", tides);
  if ((await videos.read(winds)) !== undefined) await videos.remove(winds);
  if (text === undefined) await videos.remove(path);
  else await videos.write({ [path]: text });
  await videos.commit("as it should be");
}

const proposal = { "videos/winds.yaml": spec("Where the wind comes from") };

test("a lock that a fork forges is an error, and its plan is made by the locks of the base", async () => {
  const golpo = await api();
  const setting = { fork: true, files: proposal, before: made(golpo) };
  const { videos, runner, at, real } = await pullRequest(golpo, setting);
  const evil = await canary();
  const parts = await forgery(videos);
  const before = golpo.seen.length;
  for (const [what, path, make] of forged) {
    await put(videos, path, make(parts, evil.url));
    const step = await runner.step(at(await videos.git("rev-parse", "HEAD"), { action: "synchronize" }), {}, real);
    expect(step, `${what}\n${step.log}`).toMatchObject({ code: 3, outputs: { paid: "1", changes: "1" } });
    expect(step.log, what).toContain(`::error file=${path},line=1,`);
    expect(step.summary, what).toContain("### 🎬 1 to generate");
    expect(step.summary, what).toContain(`\`${path}:1\` \`this changes a lockfile`);
    expect(effectsOf(step.summary).links, what).toEqual([]);
  }
  expect(golpo.seen).toHaveLength(before);
  expect(evil.asked).toEqual([]);
});

test("a fork that takes a video away, or calls it something else, has nothing to answer for", async () => {
  const golpo = await api();
  const { videos, runner, opened, real } = await pullRequest(golpo, { fork: true, files: {}, before: made(golpo) });
  await videos.git("mv", "videos/tides.yaml", "videos/sea.yaml");
  await videos.git("mv", tides, "videos/sea.lock.json");
  await videos.commit("another name");
  const moved = await runner.step(opened, {}, real);
  expect(moved, moved.log).toMatchObject({ code: 0, outputs: { paid: "0" } });
  expect(moved.summary).toContain("1 to move");
  await videos.remove("videos/sea.yaml");
  await videos.remove("videos/sea.lock.json");
  await videos.commit("gone");
  expect(await runner.step(opened, {}, real)).toMatchObject({ code: 0, outputs: { paid: "0" } });
});

test("a lock that was changed by hand in a branch of our own is told in the plan, and what it says leads nowhere", async () => {
  const golpo = await api();
  const { videos, github, runner, pushed, labelled, real } = await pullRequest(golpo, {
    files: proposal,
    before: made(golpo),
  });
  const evil = await canary();
  const parts = await forgery(videos);
  const before = golpo.seen.length;
  for (const [what, path, make, code] of forged) {
    await put(videos, path, make(parts, evil.url));
    const step = await runner.step(await pushed(), {}, real);
    expect(step, `${what}\n${step.log}`).toMatchObject({ code });
    if (code === 3) expect(step.log, what).toContain(`::error file=${path},line=`);
    else {
      const body = github.comments(12)[0]?.body ?? "";
      expect(body, what).toContain(
        `\`${path}:1\` \`the lock was changed by something else than a commit of Reelform's\``,
      );
      expect(effectsOf(body).links, what).toEqual([]);
    }
  }
  expect(golpo.seen).toHaveLength(before);

  // Approved all the same, another name for it makes no link of what the lock says.
  await put(videos, winds, parts.done(evil.url));
  await videos.git("mv", "videos/winds.yaml", "videos/breeze.yaml");
  await videos.commit("another name");
  await runner.step(await pushed(), {}, real);
  const run = await runner.step(
    labelled(await videos.git("rev-parse", "HEAD"), "grace"),
    { command: "reconcile" },
    real,
  );
  expect(run, run.log).toMatchObject({ code: 0 });
  expect(github.comments(12)[0]?.body).toContain("1 moved");
  expect(effectsOf(github.comments(12)[0]?.body ?? "").links).toEqual([]);
  expect(await videos.reelform("pull", real)).toMatchObject({ code: 1 });
  expect(golpo.accepted()).toHaveLength(1);
  expect(evil.asked).toEqual([]);
});

test("a lock that a commit of ours wrote is nobody's doing, wherever that commit is taken", async () => {
  const golpo = await api();
  const { videos, runner, pushed, real } = await pullRequest(golpo, { files: proposal, before: made(golpo) });
  const told = async (): Promise<boolean> => {
    const { code, log, summary } = await runner.step(await pushed(), { comment: "false" }, real);
    expect(code, log).toBe(0);
    return (log + summary).includes("something else than a commit of Reelform's");
  };
  expect(await videos.reelform("reconcile --yes --commit --push", golpo.real)).toMatchObject({ code: 0 });
  expect(await told()).toBe(false);

  await videos.git("switch", "--quiet", "main");
  await videos.write({ "videos/rain.yaml": spec("Why it rains") });
  await videos.commit("rain");
  expect(await videos.reelform("reconcile --yes --commit --push", golpo.real)).toMatchObject({ code: 0 });
  await videos.git("switch", "--quiet", branch);
  expect(await told(), "the base moved on").toBe(false);
  await videos.git("rebase", "--quiet", "main");
  await videos.git("push", "--quiet", "--force");
  expect(await told(), "rebased").toBe(false);
  await videos.write({ [winds]: ((await videos.read(winds)) ?? "").replace('"0.50"', '"0.01"') });
  await videos.commit("cheaper");
  expect(await told(), "by hand").toBe(true);
});
