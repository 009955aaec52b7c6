import { expect, test } from "vitest";
import { film } from "../emulator/viddyscribe-client.ts";
import { api } from "../support/cli/api.ts";
import { inWords, planned } from "../support/cli/plans.ts";
import { stage } from "../support/cli/stage.ts";

const priced = "version: 1\nproviders: { viddyscribe: { prices: { credit: { perCredit: 2 } } } }\n";

/** A spec of one operation for each of its cells, told in YAML. */
const described = (operations: readonly string[], input = "../films/tour.mp4"): string => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const operation = "${{ matrix.operation }}";
  return [
    `matrix: { operation: [${operations.join(", ")}] }`,
    "provider: viddyscribe",
    `with: { operation: "${operation}", input: "${input}", format: vtt, ad_type: standard_ad }`,
    "",
  ].join("\n");
};

const files = {
  "reelform.yaml": priced,
  "films/tour.mp4": film(90),
  "videos/tour.yaml": described(["text", "audio", "video"]),
};

const real = (url: string) => ({
  VIDDYSCRIBE_BASE_URL: `${url}/viddyscribe`,
  VIDDYSCRIBE_API_KEY: "key-of-a-test",
});

test("a film goes up once for all that is made of it, and a second run does nothing", async () => {
  const served = await api();
  const videos = await stage(files, { api: served });
  const plan = await videos.reelform("plan --emulate");
  expect(plan.stdout).toMatch(/tour@video +new +\$3\.00 to \$4\.00/);
  expect(plan.stdout).toMatch(/^1 file leaves this machine$/m);
  expect(served.seen).toEqual([]);

  expect(await videos.reelform("reconcile --emulate --yes --commit")).toMatchObject({ code: 0 });
  expect(served.seen.filter((request) => request.endsWith("/upload_media"))).toHaveLength(1);
  const made = [...(await videos.locks())].map(([unit, entry]) =>
    entry.state === "ready" ? `${unit} ${entry.outputs.map(({ mediaType }) => mediaType)}` : `${unit} ${entry.state}`,
  );
  expect(made.sort()).toEqual([
    "tour@audio audio/wav,text/vtt",
    "tour@text text/vtt",
    "tour@video video/mp4,audio/wav,text/vtt",
  ]);
  const seconds = [...(await videos.locks()).values()].flatMap((entry) =>
    entry.state === "ready" ? entry.outputs.map((output) => output.seconds) : [],
  );
  expect(seconds.filter((length) => length !== undefined)).toEqual([90, 90, 90]);

  expect(await videos.reelform("reconcile --emulate --yes --commit")).toMatchObject({ code: 0 });
  expect(served.accepted()).toHaveLength(3);
  expect(Object.values(inWords(await planned(videos)))).toEqual(["keep", "keep", "keep"]);
});

test("a film too large for one piece goes to the storage without the key, and is waited for", async () => {
  const served = await api();
  const room = new Uint8Array(32_000_000);
  new DataView(room.buffer).setUint32(0, room.length);
  room.set(new TextEncoder().encode("free"), 4);
  const large = { "films/tour.mp4": Buffer.concat([film(90), room]), "videos/tour.yaml": described(["text"]) };
  const videos = await stage({ ...files, ...large }, { api: served });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const steps = served.seen.map((request) => request.replace(/.*\//, ""));
  const upload = steps.indexOf("upload_media");
  expect(steps.slice(upload, upload + 4)).toEqual([
    "upload_media",
    "tour.mp4",
    "notify_upload_complete",
    "get_upload_status",
  ]);
  expect(served.accepted()).toMatchObject([{ price: "0.75" }]);
});

test("a file without pictures fails its units before anything is paid, and the others go on", async () => {
  const served = await api({ faults: [{ on: "upload", kind: "status", status: 415 }] });
  const other = { "videos/far.yaml": described(["text"], "https://films.example/a.mp4") };
  const videos = await stage({ ...files, "videos/tour.yaml": described(["video"]), ...other }, { api: served });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stdout + ran.stderr).toMatch(/tour@video.*upload.*no video stream/);
  expect(served.accepted()).toHaveLength(1);
  expect((await videos.locks()).get("far@text")).toMatchObject({ state: "ready" });
});

test("a film whose price nobody knows waits for a word, and says how many credits it takes", async () => {
  const videos = await stage({ ...files, "reelform.yaml": "version: 1\n" });
  const { stdout } = await videos.reelform("plan");
  expect(stdout).toMatch(/it takes 0\.75 to 1 credits, and\s+providers\.viddyscribe\.prices\.credit\.perCredit/);
});

test("a submit whose answer was lost is held for a person: no list could show it", async () => {
  const served = await api({ faults: [{ on: "submit", kind: "accept-then-drop" }] });
  const videos = await stage({ ...files, "videos/tour.yaml": described(["text"]) }, { api: served });
  expect(await videos.reelform("reconcile --yes --max-cost 9", real(served.url))).toMatchObject({ code: 6 });
  expect(await videos.reelform("reconcile --yes --max-cost 9", real(served.url))).toMatchObject({ code: 6 });
  expect(served.accepted()).toHaveLength(1);
});

test("a wrong key stops a run before anything is sent up", async () => {
  const served = await api();
  const videos = await stage(files, { api: served });
  const env = { ...real(served.url), VIDDYSCRIBE_API_KEY: "invalid" };
  const ran = await videos.reelform("reconcile --yes --max-cost 99", env);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toMatch(/viddyscribe answered 401.*\n.*VIDDYSCRIBE_API_KEY/);
  expect(served.seen).toEqual(["GET /viddyscribe/enterprise/api/get_results"]);
});

test("what an earlier step made is described without anybody touching it", async () => {
  const served = await api();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const input = "${{ steps.generate.video }}";
  const chain = [
    "steps:",
    "  generate: { provider: golpo, with: { prompt: How tides work, timing: '0.25' } }",
    `  describe: { provider: viddyscribe, with: { operation: video, input: "${input}", format: json, ad_type: standard_ad } }`,
    "",
  ].join("\n");
  const videos = await stage({ "reelform.yaml": priced, "videos/tides.yaml": chain }, { api: served });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  const entry = (await videos.locks()).get("tides#describe");
  expect(entry).toMatchObject({ state: "ready", outputs: [{ role: "video", seconds: 15 }, {}, { role: "data" }] });
});
