import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const reconcile = "reconcile --emulate --yes --commit --push --verbose";
const attempt = (nth: number) => ({ CI: "true", GITHUB_RUN_ID: "77", GITHUB_RUN_ATTEMPT: String(nth) });

test("a claim whose push is answered only after a later attempt took its run for dead is not sent", async () => {
  const golpo = await api({ speed: 60 });
  const videos = await stage({ "videos/tides.yaml": spec("Why the sea rises and falls") }, { api: golpo });
  // The remote takes the claim at once, and answers late.
  await videos.remote.hook(
    "post-receive",
    `while read -r old new ref; do case "$ref" in refs/reelform/*) mkdir once 2>/dev/null && sleep 16;; esac; done; true`,
  );
  const late = videos.begin(reconcile, attempt(1));
  await expect
    .poll(() => videos.remote.refs(), { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/^refs\/reelform\/journal/));

  const other = await videos.clone();
  const ran = await other.reelform(reconcile, attempt(2));
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(golpo.accepted()).toHaveLength(1);

  const ended = await late.ended;
  expect(golpo.accepted(), ended.stderr).toHaveLength(1);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
}, 120_000);
