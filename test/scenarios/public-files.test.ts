// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how placeholders are written
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startGithub } from "../../src/emulator/github.ts";
import { api } from "../support/cli/api.ts";
import { stage } from "../support/cli/stage.ts";

const project = (store: string) => `version: 1
store: ${store}
providers: { photogpt: { prices: { seedance-2.0: { perSecond: "0.12" } } } }
`;
const reel = `steps:
  film:
    provider: golpo
    with: { prompt: Rain, timing: "0.25" }
  reel:
    provider: photogpt
    with:
      modelID: seedance-2.0
      prompt: The same, at night
      referenceImages: [{ url: ./acme.png, role: reference_image }]
      referenceVideos: [{ url: "\${{ steps.film.video }}", role: reference_video }]
      options: { seedance: { duration: 4 } }
`;
const files = (store: string) => ({
  "reelform.yaml": project(store),
  "videos/reel.yaml": reel,
  "videos/acme.png": readFileSync("videos/assets/acme.png"),
});
const releases = "{ to: github-release, repository: acme/videos }";

test("a provider that fetches files itself gets none from a folder on this machine", async () => {
  const here = await stage(files("{ to: directory }"));
  const { code, stderr } = await here.reelform("validate");
  expect(code).toBe(3);
  expect(stderr).toMatch(/reel\.yaml:10:\d+ error .*a local file is out of its reach/);
  expect(stderr).toMatch(/reel\.yaml:11:\d+ error .*what an earlier step made is out of its reach/);
});

test("an emulated run shows that it would, and nothing leaves this machine", async () => {
  const apis = await api();
  const here = await stage(files(releases), { api: apis });
  const ran = await here.reelform("reconcile --emulate");
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(apis.accepted()).toHaveLength(2);
});

test.each([
  ["public", false, 0, 2],
  ["private", true, 0, 1],
] as const)("from a %s repository's releases it gets what anybody can fetch", async (_kind, hidden, _code, paid) => {
  const apis = await api();
  const token = "token-of-a-test";
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [],
    accounts: { [token]: { login: "reelform[bot]" } },
    private: hidden,
  });
  onTestFinished(() => github.close());
  const here = await stage(files(releases), { api: apis });
  const ran = await here.reelform("reconcile --yes", {
    ...apis.real,
    PHOTOGPT_BASE_URL: `${apis.url}/photogpt`,
    PHOTOGPT_API_KEY: "another-key-of-a-test",
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: token,
  });
  expect(apis.accepted(), ran.stderr).toHaveLength(paid);
  expect(ran.code === 0).toBe(!hidden);
  if (hidden) expect(ran.stderr).toContain("the repository that keeps it is not public");
});
