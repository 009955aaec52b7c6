import { expect, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { type Asked, impostor, json, type Reply, routes } from "../support/cli/impostor.ts";
import type { Running } from "../support/cli/process.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const tides = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const reconcile = "reconcile --yes --commit --push";
const team = "key-of-the-team";

/** Words that would lead a person to pay twice. */
const invitation = /try again|retry|re-?submit it|run (?:it|this) again/i;

interface Shared {
  readonly golpo: Api;
  readonly videos: Stage;
  /** What makes a run use this key. */
  readonly as: (key: string) => Readonly<Record<string, string>>;
}

/** What an account that has no jobs is told of the jobs of others. */
function stranger(path: string): Reply | undefined {
  if (path === routes.list) return json({ videos: [], total: 0 });
  const isOfOne = path.startsWith(`${routes.list}/`) && path !== routes.generate;
  return isOfOne ? json({ detail: "Job not found" }, 404) : undefined;
}

/** An API where the team's account is not shown what Ada's has. `submitted` may lose the answer to a submit. */
async function shared(submitted: (asked: Asked) => boolean = () => true): Promise<Shared> {
  const golpo = await api();
  const it = await impostor(golpo.url, async (asked, pass) => {
    const told = asked.headers["x-api-key"] === team ? stranger(asked.path) : undefined;
    if (told !== undefined) return told;
    const reply = await pass();
    return asked.path !== routes.generate || submitted(asked) ? reply : undefined;
  });
  const as = (key: string) => ({ GOLPO_BASE_URL: `${it.url}/golpo`, GOLPO_API_KEY: key });
  return { golpo, videos: await stage(tides), as };
}

test("a submit that was lost with one key is not sent with another, whose list cannot have it", async () => {
  let first: Running | undefined;
  const { golpo, videos, as } = await shared(() => {
    first?.kill();
    return first === undefined;
  });
  first = videos.begin(reconcile, as("key-of-ada"));
  expect(await first.ended).toMatchObject({ signal: "SIGKILL" });
  expect(golpo.accepted()).toHaveLength(1);

  const elsewhere = await videos.clone();
  for (const command of [reconcile, "resume --commit --push", reconcile]) {
    const ran = await elsewhere.reelform(command, as(team));
    expect(ran, command).toMatchObject({ code: 6 });
    expect(ran.stdout).toContain("it was begun with another key or address of golpo");
    expect(ran.stdout).toContain("reelform resolve tides");
    expect(ran.stdout + ran.stderr).not.toMatch(invitation);
    expect((await elsewhere.locks()).get("tides")).toMatchObject({ state: "unknown" });
  }
  const asked = await elsewhere.reelform("resolve tides", as(team));
  expect(asked).toMatchObject({ code: 6 });
  expect(asked.stdout).toContain("It was begun with another key or address of golpo");
  expect(asked.stdout).not.toContain("lists no job");
  const named = await elsewhere.reelform(`resolve tides --job ${golpo.accepted()[0]?.job}`, as(team));
  expect(named).toMatchObject({ code: 64 });
  expect(named.stderr).toContain("hint: it was begun with another key or address of golpo; name its job with that one");
  expect(golpo.accepted()).toHaveLength(1);

  const again = await videos.clone();
  expect(await again.reelform(reconcile, as("key-of-ada"))).toMatchObject({ code: 0 });
  expect((await again.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(golpo.accepted()).toHaveLength(1);
});

test.each(["key-of-ada", "a-new-key-of-ada"])(
  "a job that another account does not know runs on, and %s collects it",
  async (key) => {
    const { golpo, videos, as } = await shared();
    expect(await videos.reelform(`${reconcile} --wait 0`, as("key-of-ada"))).toMatchObject({ code: 7 });

    const elsewhere = await videos.clone();
    for (const command of [reconcile, "resume --commit --push"]) {
      const ran = await elsewhere.reelform(command, as(team));
      expect(ran, command).toMatchObject({ code: 7 });
      expect(ran.stdout + ran.stderr).toContain("begun with another key or address of golpo");
      expect((await elsewhere.locks()).get("tides")).toMatchObject({ state: "submitted" });
    }

    const again = await videos.clone();
    expect(await again.reelform(reconcile, as(key))).toMatchObject({ code: 0 });
    expect((await again.locks()).get("tides")).toMatchObject({ state: "ready" });
    expect(golpo.accepted()).toHaveLength(1);
  },
);

test("the journal tells accounts apart and names no key", async () => {
  const { videos, as } = await shared();
  expect(await videos.reelform(`${reconcile} --wait 0`, as("key-of-ada"))).toMatchObject({ code: 7 });
  const [path = ""] = (await videos.git("ls-tree", "-r", "--name-only", "refs/reelform/journal")).split("\n");
  const entry = await videos.git("cat-file", "blob", `refs/reelform/journal:${path}`);
  expect(JSON.parse(entry)).toMatchObject({ attempts: [{ account: expect.stringMatching(/^[0-9a-f]{12}$/) }] });
  expect(entry).not.toContain("key-of-ada");
});
