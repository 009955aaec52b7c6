import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { overHttp, overSsh } from "../support/cli/served.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const reconcile = "reconcile --emulate --yes --commit --push";

test.each([
  ["http", overHttp],
  ["ssh", overSsh],
] as const)("a remote that is reached by %s keeps claims, jobs and locks as one on the disk does", async (_, serve) => {
  const golpo = await api();
  const first = await stage(specs, { api: golpo });
  const { url, env } = await serve(first.remote);
  await first.git("remote", "set-url", "origin", url);
  const ran = await first.reelform(reconcile, env);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await first.remote.refs()).toEqual(["refs/heads/main", "refs/reelform/journal-emulated"]);
  expect(ran.stderr + ran.stdout).not.toContain("secret");

  // A fresh runner, with nothing but the last commit, finds the results in the journal.
  const runner = await first.clone("--depth", "1");
  await runner.git("remote", "set-url", "origin", url);
  await runner.write({ "videos/copy.yaml": spec("Why the sea rises and falls"), "videos/rain.yaml": spec("Rain") });
  await runner.commit("two more", false);
  const again = await runner.reelform(reconcile, { ...env, CI: "true" });
  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(3);
  expect(await first.remote.file("main", "videos/copy.lock.json")).toContain('"ready"');
});
