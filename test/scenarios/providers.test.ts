import { expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { stage } from "../support/cli/stage.ts";

const veo = (fields: string) =>
  `provider: openrouter\nwith: { model: google/veo-3.1-fast, prompt: Waves, ${fields} }\n`;
const sound = "duration: 6, resolution: 720p, generate_audio: false";
/** What makes runs that are not emulated talk to these APIs, without a key. */
const real = ({ url }: Api) => ({
  OPENROUTER_BASE_URL: `${url}/openrouter`,
  NANOGPT_BASE_URL: `${url}/nanogpt`,
});

interface Told {
  readonly name: string;
  readonly key: { readonly variable: string; readonly kind: string };
  readonly asOf?: string;
  readonly models?: readonly { readonly id: string }[];
}

test("what each provider can do is told without a key and without a network", async () => {
  const here = await stage({ "videos/a.yaml": veo(sound) });
  const { code, stdout } = await here.reelform("providers --json");
  expect(code).toBe(0);
  const { providers } = JSON.parse(stdout) as { readonly providers: readonly Told[] };
  expect(providers.map(({ name, key }) => `${name} ${key.kind}`)).toEqual([
    "golpo not-set",
    "viddyscribe not-set",
    "nanogpt not-set",
    "photogpt not-set",
    "openrouter not-set",
  ]);
  const listed = providers.find(({ name }) => name === "openrouter");
  expect(listed).toMatchObject({ asOf: "2026-10-02" });
  expect(listed?.models?.map(({ id }) => id)).toContain("google/veo-3.1-fast");
  expect((await here.reelform("providers openrouter")).stdout).toContain("duration_seconds_without_audio_720p 0.08");
});

test("--refresh keeps today's lists as files that plans go by from then on", async () => {
  const apis = await api();
  const here = await stage({ "videos/a.yaml": veo(sound) }, { api: apis });
  const ran = await here.reelform("providers --refresh", real(apis));
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await here.git("status", "--porcelain", "--untracked-files=all")).toBe(
    "?? catalogue/nanogpt.json\n?? catalogue/openrouter.json",
  );
  expect((await here.reelform("plan")).stdout).toMatch(/a {2}new +\$0\.48/);

  const list = (await here.read("catalogue/openrouter.json")) ?? "";
  await here.commit("the lists of today");
  await here.write({
    "catalogue/openrouter.json": list.replaceAll(
      '"duration_seconds_without_audio_720p": "0.08"',
      '"duration_seconds_without_audio_720p": "0.09"',
    ),
  });
  expect(await here.git("diff", "--stat")).toMatch(/1 insertion\(\+\), 1 deletion\(-\)/);
  expect((await here.reelform("plan")).stdout).toMatch(/a {2}new +\$0\.54/);
  await here.write({ "catalogue/openrouter.json": list.replace('"asOf"', '"asof"') });
  const broken = await here.reelform("plan");
  expect(broken).toMatchObject({ code: 3 });
  expect(broken.stderr).toMatch(/catalogue\/openrouter\.json:2:3 error unknown key "asof"/);
});

test("what a model does not take is a problem in its spec, before anything is spent", async () => {
  const apis = await api();
  const here = await stage(
    { "videos/a.yaml": veo("duration: 7, resolution: 720p"), "videos/b.yaml": veo("duration: 6, resolution: 480p") },
    { api: apis },
  );
  const ran = await here.reelform("reconcile --emulate");
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr).toMatch(/videos\/a\.yaml:2:\d+ error .*4, 6 (?:and|or) 8/);
  expect(ran.stderr).toMatch(/videos\/b\.yaml:2:\d+ error .*720p/);
  expect(apis.emulator.ledger()).toEqual([]);
});

test.each([
  ["providers nobody", "there is no provider nobody"],
  ["providers --emulate --refresh", "--refresh keeps what providers really offer"],
])("%s is a usage mistake", async (line, words) => {
  const here = await stage({ "videos/a.yaml": veo(sound) });
  const ran = await here.reelform(line);
  expect(ran).toMatchObject({ code: 64 });
  expect(ran.stderr).toContain(words);
});
