import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { type Asked, impostor, json, routes } from "../support/cli/impostor.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes --commit";

/** Makes a process's minutes pass in half a second, where it counts how long something has lasted. */
const hasty = {
  NODE_OPTIONS: "--import=data:text/javascript,let/**/n=performance.now.bind(performance);performance.now=()=>n()*128",
};

test("a result that the store and the provider have lost is held, and another take of it is made when a person says so", async () => {
  const golpo = await api();
  let isGone = false;
  const isPoll = ({ method, path }: Asked): boolean => method === "GET" && path.startsWith(`${routes.list}/`);
  const it = await impostor(golpo.url, async (asked, pass) =>
    isGone && isPoll(asked) ? json({ detail: "Job not found" }, 404) : pass(),
  );
  const videos = await stage({ "videos/tides.yaml": spec("Why the sea rises and falls") }, { api: it });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await videos.remove("out");
  await videos.remove("videos/tides.lock.json");
  isGone = true;

  const lost = await videos.reelform(reconcile, hasty);
  expect(lost).toMatchObject({ code: 1 });
  expect(lost.stdout).toContain("reelform plan --replace tides --emulate");
  expect((await videos.locks()).get("tides")).toMatchObject({
    state: "failed",
    class: "lost-output",
    message: expect.stringMatching(/^the store has lost its file, and the provider does not know job /),
  });
  expect(inWords(await planned(videos))).toEqual({ tides: "hold failed" });
  expect(inWords(await planned(videos, "--emulate --retry lost-output"))).toEqual({ tides: "reuse" });
  const polls = () => it.asked.filter(isPoll).length;
  const before = polls();
  const held = await videos.reelform(reconcile);
  expect(held).toMatchObject({ code: 1 });
  expect(held.stdout).toContain("reelform plan --replace tides --emulate");
  expect(polls()).toBe(before);

  isGone = false;
  const advised = await videos.reelform("plan --replace tides --emulate");
  expect(advised).toMatchObject({ code: 0 });
  expect(advised.stdout).toContain("$0.50");
  expect(await videos.reelform(`${reconcile} --replace tides`)).toMatchObject({ code: 0 });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(2);
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready", take: 2 });
});
