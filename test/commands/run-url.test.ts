import { expect, test } from "vitest";
import { ciRunOf } from "../../src/commands/run-journal.ts";
import { processWorld } from "../../src/process.ts";

const run = (env: Readonly<Record<string, string>>) =>
  ciRunOf({ ...processWorld(new AbortController().signal, "0"), env });

test("a CI run is named by its address, and by its id where nobody says whose it is", () => {
  const github = { GITHUB_RUN_ID: "7", GITHUB_REPOSITORY: "acme/videos" };
  expect(run(github)).toEqual({ id: "7", attempt: 1, url: "https://github.com/acme/videos/actions/runs/7" });
  expect(run({ ...github, GITHUB_SERVER_URL: "https://git.acme.example", GITHUB_RUN_ATTEMPT: "2" })).toMatchObject({
    attempt: 2,
    url: "https://git.acme.example/acme/videos/actions/runs/7",
  });
  expect(run({ GITHUB_RUN_ID: "7" })).toEqual({ id: "7", attempt: 1, url: "run 7" });
  expect(run({})).toBeUndefined();
});
