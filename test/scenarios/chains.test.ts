// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how placeholders are written
import { describe, expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { planned } from "../support/cli/plans.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const chain = ({ prompt = "The tide comes in", ad = "standard_ad" } = {}) => `matrix:
  language: [en-US, es-ES]
steps:
  film:
    provider: golpo
    with: { prompt: "${prompt}, \${{ matrix.language }}", timing: "0.25" }
  describe:
    provider: viddyscribe
    with:
      operation: video
      input: \${{ steps.film.video }}
      language: \${{ matrix.language }}
      ad_type: ${ad}
      format: vtt
  track:
    provider: viddyscribe
    with: { operation: audio, input: "\${{ steps.film.video }}", language: "\${{ matrix.language }}", format: json }
`;
const project = 'version: 1\nproviders: { viddyscribe: { prices: { credit: { perCredit: "0.80" } } } }\n';
const files = { "videos/tide.yaml": chain(), "reelform.yaml": project };

const made = ({ accepted }: Api, by: string): number => accepted().filter(({ provider }) => provider === by).length;

const planOf = async (here: Stage): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await planned(here)).actions.map(({ unit, kind }) => [unit, kind]));

const states = async (here: Stage): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries([...(await here.locks())].map(([id, { state }]) => [id, state]));

async function finished(api: Api): Promise<Stage> {
  const here = await stage(files, { api });
  const { code, stderr } = await here.reelform("reconcile --emulate --commit");
  expect(code, stderr).toBe(0);
  return here;
}

describe("a chain of steps", () => {
  test("is made in order in every cell, each step from what the earlier one made", async () => {
    const apis = await api();
    const here = await finished(apis);
    expect(await states(here)).toEqual({
      "tide@en-US#film": "ready",
      "tide@en-US#describe": "ready",
      "tide@en-US#track": "ready",
      "tide@es-ES#film": "ready",
      "tide@es-ES#describe": "ready",
      "tide@es-ES#track": "ready",
    });
    expect([made(apis, "golpo"), made(apis, "viddyscribe")]).toEqual([2, 4]);
    // Both of a film's descriptions take the one upload of it.
    expect(apis.seen.filter((request) => request.endsWith("/upload_media"))).toHaveLength(2);
    const [film, described] = ["film", "describe"].map(async (step) => (await here.locks()).get(`tide@en-US#${step}`));
    const seconds = async (entry: typeof film) => {
      const locked = await entry;
      return locked?.state === "ready" ? locked.outputs.find(({ role }) => role === "video")?.seconds : undefined;
    };
    expect(await seconds(described)).toBeCloseTo((await seconds(film)) ?? Number.NaN, 1);
    expect((await here.reelform("plan --emulate --detailed-exitcode")).code).toBe(0);
  });

  test("whose later step changes is made anew from there on, and nothing before it", async () => {
    const apis = await api();
    const here = await finished(apis);
    await here.write({ "videos/tide.yaml": chain({ ad: "extended_ad" }) });
    expect(await planOf(here)).toEqual({
      "tide@en-US#film": "keep",
      "tide@en-US#describe": "replace",
      "tide@en-US#track": "keep",
      "tide@es-ES#film": "keep",
      "tide@es-ES#describe": "replace",
      "tide@es-ES#track": "keep",
    });
    expect((await here.reelform("reconcile --emulate")).code).toBe(0);
    expect([made(apis, "golpo"), made(apis, "viddyscribe")]).toEqual([2, 6]);
  });

  test("whose first step changes is made anew as a whole", async () => {
    const here = await finished(await api());
    await here.write({ "videos/tide.yaml": chain({ prompt: "The tide goes out" }) });
    expect(new Set(Object.values(await planOf(here)))).toEqual(new Set(["replace"]));
  });
});

describe("a step that fails", () => {
  test("holds what needs it, and nothing else", async () => {
    const apis = await api({ faults: [{ kind: "fails", provider: "golpo", on: "submit", nth: 1 }] });
    const here = await stage(files, { api: apis });
    const { code, stdout } = await here.reelform("reconcile --emulate --concurrency 1");
    expect(code).toBe(1);
    const after = await states(here);
    const failed = Object.keys(after).find((id) => after[id] === "failed") ?? "";
    expect(failed).toMatch(/^tide@(en-US|es-ES)#film$/);
    const cell = failed.replace("#film", "");
    expect(
      Object.entries(after)
        .filter(([id]) => !id.startsWith(cell))
        .map(([, state]) => state),
    ).toEqual(["ready", "ready", "ready"]);
    expect(Object.keys(after).filter((id) => id.startsWith(cell))).toEqual([failed]);
    expect(stdout).toContain(`${failed} has no result yet`);
    expect(apis.accepted()).toHaveLength(4);

    const ofCell = Object.entries(await planOf(here)).filter(([id]) => id.startsWith(cell));
    expect(ofCell.map(([, kind]) => kind)).toEqual(["hold", "hold", "hold"]);
    expect((await here.reelform("reconcile --emulate --retry provider")).code).toBe(0);
    expect(apis.accepted()).toHaveLength(7);
  });

  test("can be selected alone, and brings what it needs", async () => {
    const apis = await api();
    const here = await stage(files, { api: apis });
    expect((await here.reelform("reconcile --emulate tide@en-US#track")).code).toBe(0);
    expect(Object.keys(await states(here)).sort()).toEqual(["tide@en-US#film", "tide@en-US#track"]);
    expect((await here.reelform("reconcile --emulate tide@en-US#describe --exclude tide@en-US#film")).code).toBe(0);
    expect(apis.accepted()).toHaveLength(3);
  });

  test("that is left out must have made what its follower asks for now", async () => {
    const apis = await api();
    const here = await stage(files, { api: apis });
    expect((await here.reelform("reconcile --emulate tide@en-US#film")).code).toBe(0);
    await here.write({ "videos/tide.yaml": chain({ prompt: "The tide goes out" }) });
    const { stdout } = await here.reelform("plan --emulate tide@en-US#describe --exclude tide@en-US#film");
    expect(stdout).toMatch(/! tide@en-US#describe/);
    expect(stdout).not.toMatch(/estimate \$[1-9]/);
  });

  test("whose file is gone from the store stops what needs it before anything is paid for", async () => {
    const apis = await api();
    const here = await stage(files, { api: apis });
    expect((await here.reelform("reconcile --emulate tide@en-US#film")).code).toBe(0);
    await here.remove("out");
    const { code, stderr } = await here.reelform("reconcile --emulate tide@en-US#track");
    expect(code, stderr).not.toBe(0);
    expect(apis.accepted()).toHaveLength(1);
  });
});
