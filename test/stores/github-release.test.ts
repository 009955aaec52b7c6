import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type Github, type GithubFault, type GithubOptions, startGithub } from "../../src/emulator/github.ts";
import type { Pace } from "../../src/io/github-session.ts";
import { StoreError } from "../../src/model/store.ts";
import { type ReleaseStoreOptions, releaseStore } from "../../src/stores/github-release.ts";
import { strayings } from "../io/github-description.ts";
import { hastyClock } from "../support/hasty-clock.ts";
import { contract, finished, newFolder } from "./contract.ts";

const repository = "acme/videos";
const november = Date.UTC(2026, 10, 20);

const open: Github[] = [];
afterEach(async () => {
  const all = open.splice(0);
  for (const github of all) expect(github.exchanges().flatMap(strayings)).toEqual([]);
  await Promise.all(all.map((github) => github.close()));
});

const slept: number[] = [];
afterEach(() => slept.splice(0));
const pace: Pace = {
  spaced: false,
  second: 1,
  sleep: async (ms) => {
    slept.push(ms);
  },
};

async function given(options: Partial<GithubOptions> = {}) {
  const github = await startGithub({
    repository,
    pulls: [],
    accounts: { key: { login: "reelform[bot]" }, fork: { login: "github-actions[bot]", mayWrite: false } },
    ...options,
  });
  open.push(github);
  const store = (changes: Partial<ReleaseStoreOptions> = {}) =>
    releaseStore({
      ...{ apiUrl: github.url, token: "key", repository, tag: "reelform" },
      ...{ pace, clock: { now: () => november } },
      ...changes,
    });
  const uploads = () => github.exchanges().filter(({ method, path }) => method === "POST" && /assets$/.test(path));
  const assets = () => github.releases.list().flatMap((release) => [...release.assets.values()]);
  return { github, store, uploads, assets, ...finished() };
}

const upload = (does: GithubFault["does"], times = 1): GithubFault => ({
  method: "POST",
  path: /assets$/,
  does,
  times,
});

for (const [kind, options] of Object.entries({
  "github-release": {},
  "github-release of a private repository": { private: true },
  "github-release where files have no digest": { digests: false },
  "github-release where files come from the API itself": { storage: false },
} satisfies Record<string, Partial<GithubOptions>>)) {
  contract(kind, async () => {
    const { github, store, assets } = await given(options);
    const first = () => github.releases.list()[0] ?? github.releases.publish({});
    let opened = store();
    const taken = (name: string) => {
      const [id] = [...first().assets].find(([, asset]) => asset.name === name) ?? [];
      if (id !== undefined) first().assets.delete(id);
      // Another run, which has not seen anything yet.
      opened = store();
    };
    return {
      get store() {
        return {
          prepare: () => opened.prepare(),
          isPublic: () => opened.isPublic(),
          put: (file) => opened.put(file),
          has: (output) => opened.has(output),
          get: (output, path) => opened.get(output, path),
        } satisfies typeof opened;
      },
      names: () => assets().map(({ name }) => name),
      damage: (name) => {
        taken(name);
        github.releases.attach(first(), { name, content: Buffer.from("a filn") });
      },
      remove: taken,
      strange: (name) => {
        const there = "https://github.com/acme/videos/releases/download";
        return [
          `https://evil.example/acme/videos/releases/download/reelform-2026-11/${name}`,
          `http://github.com/acme/videos/releases/download/reelform-2026-11/${name}`,
          `${there}/reelform-2026-10/${name}`,
          `${there}/reelform-2026-11/other.mp4`,
          `${there}/reelform-2026-11/../reelform-2026-11/${name}`,
          `${there}/reelform-2026-11/${name}?x=1`,
        ];
      },
    };
  });
}

describe("the releases", () => {
  test("are one a month, say what they are, and are never the latest of the repository", async () => {
    const { github, store, file, name } = await given();
    const url = await store().put(file);
    expect(url).toBe(`https://github.com/acme/videos/releases/download/reelform-2026-11/${name}`);
    const later = store({ clock: { now: () => Date.UTC(2026, 11, 1) } });
    expect(await later.put(finished("another").file)).toContain("/reelform-2026-12/");
    expect(github.releases.list()).toMatchObject([
      { tag: "reelform-2026-11", name: "Videos reelform-2026-11", latest: false, draft: false },
      { tag: "reelform-2026-12", latest: false },
    ]);
    expect(github.releases.list()[0]?.body).toContain("Without this release those links lead nowhere");
  });

  test("are begun with the tag that the project names", async () => {
    const { store, file } = await given();
    expect(await store({ tag: "films" }).put(file)).toContain("/download/films-2026-11/");
  });

  test("are rolled over before they are full, and what is in an earlier one is found there", async () => {
    const { github, store, file, uploads, name } = await given();
    const url = await store().put(file);
    const [first] = github.releases.list();
    if (first === undefined) throw new Error("there is no release");
    for (let at = 0; at < 949; at++) github.releases.attach(first, { name: `${at}.mp4` });
    expect(await store().put(finished("another").file)).toContain("/reelform-2026-11-2/");
    expect(await store().put(file)).toBe(url);
    expect(uploads()).toHaveLength(2);
    expect(first.assets.size).toBe(950);
    expect(name).toContain("mp4");
  });

  test("that GitHub finds full all of a sudden are left for the next", async () => {
    const { github, store, file } = await given({
      onRequest: ({ method, path }) => {
        const [first] = github.releases.list();
        if (method !== "POST" || !/assets$/.test(path) || first === undefined) return;
        for (let at = first.assets.size; at < 1_000; at++) github.releases.attach(first, { name: `${at}.mp4` });
      },
    });
    expect(await store().put(file)).toContain("/reelform-2026-11-2/");
  });

  test("of other people are not touched, whatever their tags", async () => {
    const { github, store, file } = await given();
    const theirs = github.releases.publish({ tag: "reelform-2026-11", body: "Our own" });
    github.releases.attach(theirs, { name: "a.zip" });
    expect(await store().put(file)).toContain("/reelform-2026-11-2/");
    expect(theirs.assets.size).toBe(1);
  });

  test("that somebody made a draft stay one, and take no more files", async () => {
    const { github, store, file, kept } = await given();
    const url = await store().put(file);
    const [first] = github.releases.list();
    if (first === undefined) throw new Error("there is no release");
    first.draft = true;
    expect(await store().has(kept(url))).toBe(false);
    expect(await store().put(file)).toContain("/reelform-2026-11-2/");
    expect(github.releases.list().map(({ draft }) => draft)).toEqual([true, false]);
  });

  test("that somebody deleted are made again, also in the middle of a run", async () => {
    const { github, store, file, kept } = await given();
    const same = store();
    const url = await same.put(file);
    for (const release of github.releases.list()) github.releases.remove(release);
    expect(await store().has(kept(url))).toBe(false);
    const second = finished("another");
    expect(await same.put(second.file)).toContain("/reelform-2026-11/");
    expect(await store().put(file)).toBe(url);
  });

  test("that cannot be changed are told of", async () => {
    const { github, store, file } = await given();
    await store().put(file);
    for (const release of github.releases.list()) release.immutable = true;
    await expect(store().put(finished("another").file)).rejects.toThrow(/immutable/);
  });

  test("are made once when two runs need them at the same time", async () => {
    const { github, store, file } = await given();
    const other = finished("another");
    await Promise.all([store().put(file), store().put(other.file)]);
    expect(github.releases.list().map(({ tag }) => tag)).toEqual(["reelform-2026-11"]);
  });

  test.each(["lost", "truncated"] as const)("are made once when the answer is %s", async (kind) => {
    const { github, store, file } = await given({ faults: [{ method: "POST", path: /releases$/, does: { kind } }] });
    await store().put(file);
    expect(github.releases.list()).toHaveLength(1);
  });

  test("keep their files when the repository is renamed", async () => {
    const { store, file, kept } = await given();
    const url = (await store().put(file)).replace("acme/videos", "acme-inc/films");
    expect(await store().has(kept(url))).toBe(true);
  });
});

describe("an upload", () => {
  test("that broke off is cleared away and sent again", async () => {
    const { store, file, assets, uploads } = await given({ faults: [upload({ kind: "cut", after: 0 })] });
    const url = await store().put(file);
    expect(assets().map(({ state }) => state)).toEqual(["uploaded"]);
    expect(uploads()).toHaveLength(1);
    expect(url).toContain("/reelform-2026-11/");
  });

  test("that a killed run left behind is cleared away and sent again", async () => {
    const { github, store, file, name, assets } = await given();
    await store().prepare();
    const [release] = github.releases.list();
    if (release === undefined) throw new Error("there is no release");
    const createdAt = new Date(november - 2 * 3_600_000).toISOString();
    github.releases.attach(release, { name, state: "starter", createdAt });
    await store().put(file);
    expect(assets()).toMatchObject([{ name, state: "uploaded" }]);
    expect(slept).toEqual([]);
  });

  test("that may still be under way is looked at for a while before it is cleared away", async () => {
    const { github, store, file, name, assets } = await given();
    await store().prepare();
    const [release] = github.releases.list();
    if (release === undefined) throw new Error("there is no release");
    github.releases.attach(release, { name, state: "starter", createdAt: new Date(november).toISOString() });
    await store().put(file);
    expect(assets()).toMatchObject([{ name, state: "uploaded" }]);
    expect(slept).toEqual([5, 5, 5]);
  });

  test("that another run finishes meanwhile is not sent again", async () => {
    let others = 1;
    const { github, store, file, name, uploads, assets } = await given({
      onRequest: ({ method, path }) => {
        const [release] = github.releases.list();
        if (method !== "POST" || !/assets$/.test(path) || release === undefined || others-- <= 0) return;
        github.releases.attach(release, { name, content: readFileSync(file.path) });
      },
    });
    expect(await store().put(file)).toContain(name);
    expect(uploads()).toMatchObject([{ status: 422 }]);
    expect(assets()).toHaveLength(1);
  });

  test.each(["lost", "truncated"] as const)("whose answer was %s is looked for, not sent again", async (kind) => {
    const { store, file, uploads, assets } = await given({ faults: [upload({ kind })] });
    await store().put(file);
    expect(uploads()).toHaveLength(1);
    expect(assets()).toHaveLength(1);
  });

  test("that GitHub answers with 502 is cleared away and sent again", async () => {
    const { store, file, uploads, assets } = await given({ faults: [upload({ kind: "stump", status: 502 }, 2)] });
    await store().put(file);
    expect(uploads().map(({ status }) => status)).toEqual([502, 502, 201]);
    expect(assets()).toMatchObject([{ state: "uploaded" }]);
  });

  test("that GitHub damages is not called kept", async () => {
    const { store, file, assets } = await given({ faults: [upload({ kind: "damaged" })] });
    await store().put(file);
    expect(assets().map(({ sha256 }) => sha256)).toEqual([file.sha256]);
  });

  test("that GitHub damages is not called kept where it gives no digest either", async () => {
    const { store, file, assets } = await given({ digests: false, faults: [upload({ kind: "damaged" })] });
    await store().put(file);
    expect(assets().map(({ content }) => content.toString())).toEqual(["a film"]);
  });

  test("is given up when GitHub stays broken", async () => {
    const { store, file } = await given({ faults: [upload({ kind: "stump", status: 502 }, 99)] });
    await expect(store().put(file)).rejects.toThrow(/could not be kept in a release: GitHub answered 502/);
  });

  test("waits as long as GitHub asks", async () => {
    const { store, file, uploads } = await given({
      faults: [
        upload({ kind: "limited", retryAfter: 61 }),
        { method: "GET", does: { kind: "limited", retryAfter: 7 } },
      ],
    });
    await store().put(file);
    expect(slept).toEqual([7_000, 61_000]);
    expect(uploads().map(({ status }) => status)).toEqual([403, 201]);
  });

  test("waits until the hour's requests are there again", async () => {
    const { store, file, uploads } = await given({ faults: [upload({ kind: "exhausted", resetIn: 90 })] });
    await store().put(file);
    expect(uploads().map(({ status }) => status)).toEqual([429, 201]);
    expect(slept).toHaveLength(1);
    expect(slept[0]).toBeGreaterThan(85_000);
    expect(slept[0]).toBeLessThanOrEqual(91_000);
  });

  test("of the same file by several runs at once leaves one file, whoever clears away whose stump", async () => {
    const { store, assets } = await given();
    const { file, kept } = finished("a long film ".repeat(100_000));
    const patient = { ...pace, second: 1000, sleep: (ms: number) => hastyClock.sleep(ms) };
    const urls = await Promise.all(Array.from({ length: 3 }, () => store({ pace: patient }).put(file)));
    expect(new Set(urls).size).toBe(1);
    expect(assets().map(({ state, sha256 }) => [state, sha256])).toEqual([["uploaded", file.sha256]]);
    expect(await store().has(kept(urls[0] ?? ""))).toBe(true);
  });

  test("is left to another run when GitHub asks for hours", async () => {
    const { store, file } = await given({ faults: [upload({ kind: "limited", retryAfter: 3_600 })] });
    await expect(store().put(file)).rejects.toThrow(/secondary rate limit/);
    expect(slept).toEqual([]);
  });

  test("of 2 GiB is too large for GitHub, and is not begun", async () => {
    const { store, file, uploads } = await given();
    await expect(store().put({ ...file, bytes: 2 ** 31 })).rejects.toThrow(/2 GiB/);
    expect(uploads()).toEqual([]);
  });

  test("gets a name that GitHub leaves as it is", async () => {
    const { store, uploads } = await given();
    const { file, kept } = finished("a film", "a..b/...c");
    const url = await store().put(file);
    expect(await store().put(file)).toBe(url);
    expect(await store().has(kept(url))).toBe(true);
    expect(uploads()).toHaveLength(1);
  });
});

describe("who may", () => {
  test("without a token, what is public can be had and nothing can be kept", async () => {
    const { store, file, kept, uploads } = await given();
    const url = await store().put(file);
    const nobody = store({ token: undefined });
    await nobody.get(kept(url), join(newFolder(), "copy"));
    await expect(nobody.prepare()).rejects.toThrow(/GITHUB_TOKEN is not set/);
    await expect(nobody.put(finished("another").file)).rejects.toThrow(/GITHUB_TOKEN is not set/);
    expect(uploads()).toHaveLength(1);
  });

  test.each([
    ["fork", /403: Resource not accessible by integration; GITHUB_TOKEN must be allowed to write contents/],
    ["stolen", /401: Bad credentials/],
    ["SEC\nRET", /the token is empty or no token/],
  ])("a token that may not, such as %j, is found out before anything is paid for", async (token, why) => {
    const { store } = await given();
    await expect(store({ token }).prepare()).rejects.toThrow(why);
    await expect(store({ token }).prepare()).rejects.toBeInstanceOf(StoreError);
    await expect(store({ token }).prepare()).rejects.not.toThrow(/SEC|RET/);
  });

  test("addresses are public where the repository is, and never on a company's own server", async () => {
    const shown = await given();
    expect(await shown.store().isPublic()).toBe(true);
    expect(await shown.store({ apiUrl: `${shown.github.url}/api/v3` }).isPublic()).toBe(false);
    const hidden = await given({ private: true });
    expect(await hidden.store().isPublic()).toBe(false);
  });

  test("nobody answers at all", async () => {
    const { store, file, kept } = await given();
    const url = await store().put(file);
    const nowhere = store({ apiUrl: "http://127.0.0.1:9" });
    await expect(nowhere.prepare()).rejects.toThrow(/GitHub cannot be reached/);
    await expect(nowhere.has(kept(url))).rejects.toBeInstanceOf(StoreError);
    await expect(nowhere.get(kept(url), join(newFolder(), "copy"))).rejects.toBeInstanceOf(StoreError);
  });
});

test("a download that is cut is asked for again", async () => {
  const { store, file, kept } = await given({
    storage: false,
    faults: [{ method: "GET", path: /assets\/\d+$/, does: { kind: "truncated" } }],
  });
  const url = await store().put(file);
  const path = join(newFolder(), "copy");
  await store().get(kept(url), path);
  expect(readFileSync(path, "utf8")).toBe("a film");
});
