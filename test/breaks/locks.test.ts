import { mkdir, rename, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LockEntry } from "../../src/model/lock.ts";
import { api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes";
const tides = spec("Why the sea rises and falls");
const lock = "videos/tides.lock.json";
const journal = "refs/reelform/journal-emulated";

test("two runs at once on different videos of one spec do not take each other's results out of its lockfile", async () => {
  const golpo = await api({ speed: 1_000 });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const about = spec("Why ${{ matrix.about }}", { head: { matrix: { about: ["a", "b", "c", "d"] } } });
  const project = "version: 1\nproviders: { golpo: { concurrency: 4, submitsPerMinute: 600 } }\n";
  const videos = await stage({ "videos/why.yaml": about, "reelform.yaml": project }, { api: golpo });
  const runs = [`${reconcile} why@a why@b`, `${reconcile} why@c why@d`].map((line) => videos.reelform(line));
  for (const ran of await Promise.all(runs)) expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect([...(await videos.locks())].map(([id, { state }]) => `${id} ${state}`)).toEqual(
    ["a", "b", "c", "d"].map((cell) => `why@${cell} ready`),
  );
  expect(golpo.accepted()).toHaveLength(4);
});

test("a folder in a lockfile's place is told before anything is paid for", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": tides, [`${lock}/README.md`]: "a folder\n" }, { api: golpo });
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr).toMatch(/^videos\/tides\.lock\.json:1:1 error a lockfile is a plain file/m);
  expect(golpo.seen).toEqual([]);
});

test("a lockfile behind a link is not passed over as if nothing had been made", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": tides }, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await mkdir(join(videos.path, "locks"));
  await rename(join(videos.path, lock), join(videos.path, "locks/tides.json"));
  await symlink("../locks/tides.json", join(videos.path, lock));
  await videos.git("update-ref", "-d", journal);
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 3 });
  expect(golpo.accepted()).toHaveLength(1);
});

test("a copied spec is not paid for again where only the first one's lock is at hand", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": tides }, { api: golpo });
  expect(await videos.reelform(`${reconcile} --commit --push`)).toMatchObject({ code: 0 });
  const copy = await videos.clone();
  await copy.write({ "videos/again.yaml": tides });
  expect(inWords(await planned(copy))).toEqual({ again: "reuse", tides: "keep" });
  expect(await copy.reelform(reconcile)).toMatchObject({ code: 0 });
  expect((await copy.locks()).get("again")).toMatchObject({ state: "ready" });
  expect(golpo.accepted()).toHaveLength(1);
});

test("a copy of a spec whose job still runs waits for that job", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": tides }, { api: golpo });
  expect(await videos.reelform(`${reconcile} --commit --push --wait 0`)).toMatchObject({ code: 7 });
  const copy = await videos.clone();
  await copy.write({ "videos/again.yaml": tides });
  expect(await copy.reelform(reconcile)).toMatchObject({ code: 0 });
  expect([...(await copy.locks()).values()].map(({ state }) => state)).toEqual(["ready", "ready"]);
  expect(golpo.accepted()).toHaveLength(1);
});

test("a real job in a lock is nothing that an emulated run asks for", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": tides }, { api: golpo });
  expect(await videos.reelform("reconcile --yes --wait 0", golpo.real)).toMatchObject({ code: 7 });
  await videos.write({ "videos/again.yaml": tides });
  expect(inWords(await planned(videos))).toMatchObject({ again: "create" });
  expect(inWords(await planned(videos, ""))).toEqual({ again: "resume", tides: "reuse" });
});

test.each(["9".repeat(40), "-5", "1e309", "NaN"])(
  "a cost of %s in a lockfile is told, and not counted",
  async (cost) => {
    const golpo = await api();
    const videos = await stage({ "videos/tides.yaml": tides }, { api: golpo });
    expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
    const text = (await videos.read(lock)) ?? "";
    await videos.write({ [lock]: text.replace('"amount": "0.50"', `"amount": "${cost}"`) });
    expect(await videos.reelform(reconcile)).toMatchObject({ code: 3 });
    expect(golpo.accepted()).toHaveLength(1);
  },
);

test("a lockfile that names the job of another video does not pass that video off as its own", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/tides.yaml": tides, "videos/winds.yaml": spec("Wind") }, { api: golpo });
  expect(await videos.reelform(`${reconcile} --wait 0 --commit --push`)).toMatchObject({ code: 7 });
  const copy = await videos.clone();
  const job = (entry: LockEntry | undefined): string => (entry?.state === "submitted" ? JSON.stringify(entry.job) : "");
  const locks = await copy.locks();
  const written = (await copy.read(lock)) ?? "";
  const forged = JSON.parse(written) as { readonly units: { readonly tides: object } };
  const theirs = { ...forged.units.tides, job: JSON.parse(job(locks.get("winds"))) as object };
  await copy.write({ [lock]: JSON.stringify({ ...forged, units: { tides: theirs } }) });
  const ran = await copy.reelform(reconcile);
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stdout).toMatch(/! tides .*another request's/);
  // Nothing here tells which of the two is the true one, so neither is asked for.
  expect([...(await copy.locks()).values()].map(({ state }) => state)).toEqual(["submitted", "submitted"]);
  await copy.write({ [lock]: written });
  expect(await copy.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
});
