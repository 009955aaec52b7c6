import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { start } from "../support/cli/process.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const prompt = "Why the sea rises and falls";
const tides = { "videos/tides.yaml": spec(prompt) };

test("a plan that was made with --emulate approves no real spending", async () => {
  const golpo = await api();
  const videos = await stage(tides, { api: golpo });
  expect(await videos.reelform("plan --emulate --out ../plan.json")).toMatchObject({ code: 0 });
  const ran = await videos.reelform("reconcile --plan ../plan.json --wait 0", golpo.real);
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(/nobody approved to pay/);
  expect(golpo.seen).toEqual([]);
  expect(await videos.reelform("reconcile --emulate --plan ../plan.json")).toMatchObject({ code: 0 });
});

test.each(["0.0000001", "1e-320", '"0x10"', '"1e308"', "9999", '"0.26"'])(
  "a length of %s, which nobody sells, has no price",
  async (timing) => {
    const unsold = `${spec(prompt, { with: { timing: undefined } })}  extra: { timing: ${timing} }\n`;
    const golpo = await api();
    const videos = await stage({ "videos/tides.yaml": unsold }, { api: golpo });
    const ran = await videos.reelform("reconcile --yes --max-cost 0", golpo.real);
    expect(ran).toMatchObject({ code: 4 });
    expect(ran.stdout).toMatch(/! tides\s+price unknown/);
    expect(golpo.accepted()).toEqual([]);
  },
);

test.each(["99999999999999999999", "NaN", "-1", "1e309", "Infinity", "0x10"])(
  "a ceiling of %s is refused",
  async (ceiling) => {
    const golpo = await api();
    const videos = await stage(tides, { api: golpo });
    expect(await videos.reelform(`reconcile --emulate --yes --max-cost ${ceiling}`)).toMatchObject({ code: 64 });
    expect(golpo.seen).toEqual([]);
  },
);

test("a selector that names no commit selects nothing, and says so", async () => {
  const videos = await stage(tides);
  const ran = await videos.reelform("plan changed:nowhere");
  expect(ran).toMatchObject({ code: 64 });
  expect(ran.stderr).toMatch(/changed:nowhere/);
});

/** A unit whose submit is in doubt, because somebody else's job asks for the same. */
async function doubtful(): Promise<Stage> {
  const golpo = await api({ faults: [{ on: "submit", prompt: "sea", nth: 2, kind: "accept-then-drop" }] });
  const videos = await stage({ ...tides, "videos/winds.yaml": spec("Wind") }, { api: golpo });
  await fetch(`${golpo.url}/golpo/api/v1/videos/generate`, {
    method: "POST",
    headers: { "x-api-key": "a colleague's", "content-type": "application/json" },
    body: JSON.stringify({ prompt, timing: "0.5" }),
  });
  expect(await videos.reelform("reconcile --emulate --yes")).toMatchObject({ code: 6 });
  return videos;
}

test("what cannot be a job's id is not written down as one", async () => {
  const videos = await doubtful();
  const { PATH = "" } = process.env;
  for (const id of ["", "..", " ", "a\nb", "x".repeat(5_000), "a?b", "--none"]) {
    const env = { PATH, HOME: videos.path, GIT_CONFIG_NOSYSTEM: "1" };
    const ran = await start(["resolve", "tides", "--emulate", "--job", id], videos.path, env).ended;
    expect(ran, JSON.stringify(id)).toMatchObject({ code: 64 });
  }
  expect((await videos.reelform("resolve tides --emulate")).stdout).toMatch(/no clear answer came back/);
});
