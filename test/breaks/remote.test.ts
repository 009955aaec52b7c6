import { renameSync } from "node:fs";
import { rename } from "node:fs/promises";
import { expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls"),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const reconcile = "reconcile --emulate --yes --commit --push";

/** A remote that is gone from the first request of one kind on, until it is back. */
async function vanishing(request: RegExp) {
  const found: { videos?: Stage } = {};
  const golpo = await api({
    watch: (seen) => {
      const { videos } = found;
      if (videos === undefined || !request.test(seen)) return;
      renameSync(videos.remote.path, `${videos.remote.path}.gone`);
      delete found.videos;
    },
  });
  const videos = await stage(specs, { api: golpo });
  found.videos = videos;
  const back = () => rename(`${videos.remote.path}.gone`, videos.remote.path);
  return { golpo, videos, back };
}

const ready = async (videos: Stage): Promise<readonly string[]> =>
  [...(await videos.locks())].map(([unit, { state }]) => `${unit} ${state}`).sort();

async function endsWell(videos: Stage, golpo: Api): Promise<void> {
  const ran = await videos.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await ready(videos)).toEqual(["tides ready", "winds ready"]);
  expect(golpo.accepted()).toHaveLength(2);
}

test.each([
  ["when the first request is sent", /^POST .*\/generate$/],
  ["while jobs run", /^GET .*\/status\//],
])("a remote that vanishes %s stops nothing that was paid for, and is told all once it is back", async (_when, at) => {
  const { golpo, videos, back } = await vanishing(at);
  const ran = await videos.reelform(reconcile);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toMatch(
    /^warning the journal is not pushed yet [\s\S]*it is safe here and the next run pushes it$/m,
  );
  const paid = golpo.accepted().length;
  expect(paid).toBeGreaterThan(0);
  expect((await ready(videos)).filter((unit) => unit.endsWith("ready"))).toHaveLength(paid);
  await back();
  await endsWell(videos, golpo);
});

test("when the disk is lost as well, the claims that the remote has lead a new machine to every job", async () => {
  const { golpo, videos, back } = await vanishing(/^POST .*\/generate$/);
  expect(await videos.reelform(reconcile, { CI: "true" })).toMatchObject({ code: 1 });
  await back();
  await endsWell(await videos.clone(), golpo);
});
