import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { memoryState } from "../../src/emulator/state.ts";
import { pdf, png } from "../io/media-samples.ts";
import { api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const files = {
  "videos/tides.yaml": spec("Why the sea rises and falls", {
    with: { logo: "./assets/logo.png", upload_urls: ["../notes/moon.pdf"] },
  }),
  "videos/assets/logo.png": png,
  "notes/moon.pdf": pdf,
  "notes/secret.pdf": Buffer.concat([pdf, Buffer.from("secret")]),
};

test("a plan lists every file that leaves the machine, and sends none", async () => {
  const golpo = await api();
  const videos = await stage(files, { api: golpo });
  const { stdout } = await videos.reelform("plan --emulate");
  expect(stdout).toMatch(/^2 files leave this machine$/m);
  expect(stdout).toMatch(new RegExp(`videos/assets/logo\\.png .*image/png .*${sha256(png).slice(0, 8)}`));
  expect(stdout).toMatch(new RegExp(`notes/moon\\.pdf .*application/pdf .*${sha256(pdf).slice(0, 8)}`));
  expect(stdout).not.toMatch(/secret/);
  const { uploads } = await planned(videos);
  expect(uploads.map(({ path }) => path).sort()).toEqual(["notes/moon.pdf", "videos/assets/logo.png"]);
  expect(golpo.seen).toEqual([]);
});

test("local files are uploaded as they are, and nothing else is", async () => {
  const state = memoryState();
  const golpo = await api({ state });
  const videos = await stage(files, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes")).toMatchObject({ code: 0 });
  const stored = state.read(0).records.flatMap((record) => (record.kind === "stored" ? [record.sha256] : []));
  expect(stored.sort()).toEqual([sha256(pdf), sha256(png)].sort());
  expect(golpo.accepted()).toHaveLength(1);
  expect((await planned(videos)).uploads).toEqual([]);
});

test("a real run uploads without showing its key to the storage", async () => {
  const golpo = await api();
  const videos = await stage(files, { api: golpo });
  const ran = await videos.reelform("reconcile --yes --wait 0", golpo.real);
  // The storage refuses whoever brings a key, and the submit comes after the uploads.
  expect(ran).toMatchObject({ code: 7 });
  expect(golpo.seen.filter((request) => request.startsWith("PUT /golpo/uploads/"))).toHaveLength(2);
  expect(golpo.accepted()).toHaveLength(1);
});

test("a document serves one job, so each cell uploads its own", async () => {
  const golpo = await api();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const language = "${{ matrix.language }}";
  const cells = spec("Why the sea rises and falls", {
    head: { matrix: { language: ["en", "es"] } },
    with: { language, upload_urls: ["../notes/moon.pdf"] },
  });
  const videos = await stage({ ...files, "videos/tides.yaml": cells }, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes")).toMatchObject({ code: 0 });
  expect(golpo.seen.filter((request) => request.startsWith("PUT "))).toHaveLength(2);
  expect([...(await videos.locks()).values()].map(({ state }) => state)).toEqual(["ready", "ready"]);
});

test("it is the bytes that count: another name is nothing new, other bytes are another video", async () => {
  const golpo = await api();
  const videos = await stage(files, { api: golpo });
  expect(await videos.reelform("reconcile --emulate --yes")).toMatchObject({ code: 0 });
  await videos.git("mv", "videos/assets/logo.png", "videos/assets/acme.png");
  await videos.write({ "videos/tides.yaml": files["videos/tides.yaml"].replace("logo.png", "acme.png") });
  expect(inWords(await planned(videos))).toEqual({ tides: "keep" });
  await videos.write({ "videos/assets/acme.png": Buffer.concat([png, Buffer.from([0])]) });
  expect(inWords(await planned(videos))).toEqual({ tides: "replace logo" });
});

test("a file that the storage does not take fails its unit before anything is paid, and the others go on", async () => {
  const golpo = await api({ faults: [{ on: "put", kind: "status", status: 403, times: "always" }] });
  const videos = await stage({ ...files, "videos/winds.yaml": spec("Where the wind comes from") }, { api: golpo });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stdout + ran.stderr).toMatch(/tides.*upload/);
  expect(golpo.accepted()).toHaveLength(1);
  expect((await videos.locks()).get("winds")).toMatchObject({ state: "ready" });
});
